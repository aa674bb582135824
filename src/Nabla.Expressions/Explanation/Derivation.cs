using Nabla.Expressions.Notation;

namespace Nabla.Expressions;

/// <summary>A derivation: how a derivative follows from the rules, step by step.</summary>
/// <param name="View">How it is told.</param>
/// <param name="Function">The name of the function in it.</param>
/// <param name="Variable">The variable.</param>
/// <param name="FunctionShape">The shape of the function.</param>
/// <param name="Steps">The steps; the last one ends in the derivative.</param>
public sealed record Derivation(DerivationView View, string Function, Variable Variable, Shape FunctionShape, IReadOnlyList<DerivationStep> Steps)
{
    /// <summary>The derivative in the layouts of different books; empty where they do not differ, and for higher orders.</summary>
    public IReadOnlyList<LaidOutDerivative> Layouts { get; init; } = [];
}
