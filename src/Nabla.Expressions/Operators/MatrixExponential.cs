using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Operators;

/// <summary>The matrix exponential, Σ Aᵏ/k!.</summary>
internal sealed class MatrixExponential : NumericOperator
{
    /// <inheritdoc/>
    public override string Name => "expm";

    /// <inheritdoc/>
    public override string Summary => "The matrix exponential of a square matrix.";

    /// <inheritdoc/>
    public override string Example => "expm([0 1; 0 0])";

    /// <inheritdoc/>
    public override Shape Infer(ShapeRule rule)
    {
        var n = rule.Square(0, Name);
        return rule[0].IsScalar ? Shape.Scalar : Shape.Matrix(n, n);
    }

    /// <inheritdoc/>
    public override Value Evaluate(Arguments a) => Value.Of(a[0].Kind, MatrixFunctions.Exp(a.Matrix(0)));
}
