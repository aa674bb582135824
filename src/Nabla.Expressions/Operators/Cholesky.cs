using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Operators;

/// <summary>The lower triangular factor of a positive definite matrix, A = LL'.</summary>
internal sealed class Cholesky : NumericOperator
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
    public override Value Evaluate(Arguments a) => LinearAlgebra.Cholesky(a, a.Real(0));
}
