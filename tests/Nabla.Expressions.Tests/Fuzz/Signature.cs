using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Tests.Fuzz;

/// <summary>One way of applying an operator: the shapes that it takes and the one that it gives, over the dimensions p, q, r, s.</summary>
/// <param name="Operator">The operator's name or sign.</param>
/// <param name="IsSign">Whether it is written as a sign.</param>
/// <param name="Arguments">The shapes of the arguments; null for the number of an axis, which is <paramref name="Axis"/>.</param>
/// <param name="Axis">The axis.</param>
/// <param name="Result">The shape of the result.</param>
internal sealed record Signature(string Operator, bool IsSign, IReadOnlyList<Shape?> Arguments, int Axis, Shape Result)
{
    /// <summary>How many signatures the operator has; filled in by the catalogue so that every operator is equally likely.</summary>
    public double Weight { get; init; } = 1;
}
