using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Operators;

/// <summary>The number of singular values above max(m, n) ε σ₁.</summary>
internal sealed class Rank : NumericOperator
{
    /// <inheritdoc/>
    public override string Name => "rank";

    /// <inheritdoc/>
    public override string Summary => "The rank: the number of singular values that are not zero to working precision.";

    /// <inheritdoc/>
    public override string Example => "rank([1 2; 2 4])";

    /// <inheritdoc/>
    public override Shape Infer(ShapeRule rule) => rule.Matrix(0, Name) is var _ ? Shape.Scalar : default;

    /// <inheritdoc/>
    public override Value Evaluate(Arguments a) => Value.Scalar(LinearAlgebra.Rank(a.Matrix(0)));
}
