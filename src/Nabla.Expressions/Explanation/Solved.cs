using Nabla.Expressions.Core;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Explanation;

/// <summary>A first derivative that was found and written, ready to be explained.</summary>
/// <param name="Program">The program.</param>
/// <param name="Variable">The variable.</param>
/// <param name="Derivative">The derivative as a tensor.</param>
/// <param name="Form">Its written forms.</param>
/// <param name="DeclaredDimensions">The names of declared dimensions.</param>
/// <param name="Implied">What the function's domain implies of its variables.</param>
/// <param name="Layout">The layout in which it is written.</param>
/// <param name="Points">Points of the domain.</param>
internal sealed record Solved(
    TypedProgram Program,
    Variable Variable,
    Node Derivative,
    DerivativeForm Form,
    IReadOnlySet<string> DeclaredDimensions,
    IReadOnlyDictionary<string, Properties> Implied,
    Layout Layout,
    IReadOnlyList<(IReadOnlyDictionary<string, NDArray<double>> Values, IReadOnlyDictionary<string, long> Sizes)> Points);
