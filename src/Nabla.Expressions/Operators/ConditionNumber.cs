using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Operators;

/// <summary>The ratio of the largest and the smallest singular value.</summary>
internal sealed class ConditionNumber : NumericOperator
{
    /// <inheritdoc/>
    public override string Name => "cond";

    /// <inheritdoc/>
    public override string Summary => "The condition number: the largest singular value by the smallest.";

    /// <inheritdoc/>
    public override string Example => "cond([1 2; 3 4])";

    /// <inheritdoc/>
    public override Shape Infer(ShapeRule rule) => rule.Matrix(0, Name) is var _ ? Shape.Scalar : default;

    /// <inheritdoc/>
    public override Value Evaluate(Arguments a) => Value.Scalar(LinearAlgebra.Condition(a.Matrix(0)));
}
