using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;

namespace Nabla.Expressions.Explanation;

/// <summary>A named intermediate quantity of a derivation.</summary>
/// <param name="Name">Its name: the user's own, or one that is chosen.</param>
/// <param name="Value">What it stands for, in terms of variables and quantities before it.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Inputs">The names of the variable and the quantities that it depends on directly.</param>
internal sealed record Quantity(string Name, SyntaxNode Value, Shape Shape, IReadOnlyList<string> Inputs);
