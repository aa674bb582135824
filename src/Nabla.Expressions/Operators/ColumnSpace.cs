using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Operators;

/// <summary>An orthonormal basis of the column space, in the columns.</summary>
/// <remarks>Its number of columns is known by value only.</remarks>
internal sealed class ColumnSpace : NumericOperator
{
    /// <inheritdoc/>
    public override string Name => "orth";

    /// <inheritdoc/>
    public override string Summary => "An orthonormal basis of the column space, in the columns.";

    /// <inheritdoc/>
    public override string Example => "orth([1 2; 2 4])";

    /// <inheritdoc/>
    public override Shape Infer(ShapeRule rule) => Shape.Matrix(rule.Matrix(0, Name).Rows, rule.Fresh());

    /// <inheritdoc/>
    public override Value Evaluate(Arguments a) => Value.Of(Kind.Matrix, LinearAlgebra.ColumnSpace(a.Matrix(0)));
}
