using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Operators;

/// <summary>The lower triangular factor of a positive definite matrix, A = LL'.</summary>
internal sealed class CholeskyFactor : NumericOperator
{
    /// <inheritdoc/>
    public override string Name => "chol";

    /// <inheritdoc/>
    public override string Summary => "The lower triangular L with A = L*L', of a positive definite matrix.";

    /// <inheritdoc/>
    public override string Example => "chol([4 2; 2 3])";

    /// <inheritdoc/>
    public override Shape Infer(ShapeRule rule)
    {
        var n = rule.Square(0, Name);
        return rule[0].IsScalar ? Shape.Scalar : Shape.Matrix(n, n);
    }

    /// <inheritdoc/>
    public override Value Evaluate(Arguments a) => Value.Of(a[0].Kind, new Cholesky<double>(a.Matrix(0)).L);
}
