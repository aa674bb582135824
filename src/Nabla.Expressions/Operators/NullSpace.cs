using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Operators;

/// <summary>An orthonormal basis of the null space, in the columns.</summary>
/// <remarks>Its number of columns is known by value only.</remarks>
internal sealed class NullSpace : NumericOperator
{
    /// <inheritdoc/>
    public override string Name => "null";

    /// <inheritdoc/>
    public override string Summary => "An orthonormal basis of the null space, in the columns.";

    /// <inheritdoc/>
    public override string Example => "null([1 2; 2 4])";

    /// <inheritdoc/>
    public override Shape Infer(ShapeRule rule) => Shape.Matrix(rule.Matrix(0, Name).Columns, rule.Fresh());

    /// <inheritdoc/>
    public override Value Evaluate(Arguments a) => Value.Of(Kind.Matrix, LinearAlgebra.NullSpace(a.Matrix(0)));
}
