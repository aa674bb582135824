namespace Nabla.Expressions.Core;

/// <summary>One factor of a contraction: an operand, the labels of its axes, and the power that its entries are raised to.</summary>
/// <param name="Operand">The tensor.</param>
/// <param name="Labels">A label for every axis.</param>
/// <param name="Exponent">A rational exponent.</param>
internal readonly record struct Factor(Node Operand, int[] Labels, Coefficient Exponent)
{
    /// <summary>Whether the factor is the operand itself.</summary>
    public bool IsPlain => Exponent.IsOne;
}
