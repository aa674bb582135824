namespace Nabla.Expressions.Evaluation;

/// <summary>A value of the notation: a scalar, column, row or matrix of real or complex numbers.</summary>
public sealed class Value
{
}
