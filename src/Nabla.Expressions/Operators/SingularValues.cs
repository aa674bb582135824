using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Operators;

/// <summary>The singular values of a matrix, descending.</summary>
/// <remarks>dσᵢ = uᵢ' dA vᵢ for distinct positive singular values, with uᵢvᵢ' = A Pᵢ/σᵢ and the eigenprojections Pᵢ of A'A. Magnus and Neudecker (2019), section 8.9.</remarks>
internal sealed class SingularValues : TensorOperator
{
    /// <inheritdoc/>
    public override string Name => "svdvals";

    /// <inheritdoc/>
    public override string Summary => "The singular values, descending; differentiable where they are distinct and positive.";

    /// <inheritdoc/>
    public override string Example => "svdvals([1 2; 3 4])";

    /// <inheritdoc/>
    public override Shape Infer(ShapeRule rule)
    {
        var A = rule.Matrix(0, Name);
        return Shape.Column(rule.Smaller(A.Rows, A.Columns));
    }

    /// <inheritdoc/>
    public override Term Define(Definition d) => Smaller(d.ShapeOf(0).Axes) is not null
        ? base.Define(d)
        : throw new NablaException(ErrorCode.Unsupported, $"{Name} has a derivative rule only where it is known which side of the matrix is the shorter: give the sizes of the {d.ShapeOf(0)} matrix as numbers.");

    /// <inheritdoc/>
    public override bool IgnoresTransposition => true;

    /// <inheritdoc/>
    public override IReadOnlyList<Dimension> ResultAxes(IReadOnlyList<Dimension> operated) => [Smaller(operated)!];

    /// <inheritdoc/>
    public override string? Differential => "U, s, V = svd(X); diag(U'*dX*V)";

    /// <inheritdoc/>
    public override Node Jacobian(Tensors t, Node x, Node y, int operated)
    {
        // The eigenvalues of -A'A ascend where the singular values descend.
        var reciprocal = t.Power(y, -1);
        var projections = OperatorTable.Get<Eigenprojections>();
        return x.Axes[^1] == y.Axes[^1]
            ? t.Einsum("...kp,...ipl,...i->...ikl", x, t.Apply(projections, t.Scale(-1, t.Einsum("...pk,...pl->...kl", x, x)), 2), reciprocal)
            : t.Einsum("...ikp,...pl,...i->...ikl", t.Apply(projections, t.Scale(-1, t.Einsum("...kp,...lp->...kl", x, x)), 2), x, reciprocal);
    }

    /// <inheritdoc/>
    public override Sign SignOf(Sign x) => Sign.Nonnegative;

    /// <inheritdoc/>
    public override Value Evaluate(Arguments a) => Value.Column(new SVD<double>(a.Matrix(0), withVectors: false).S.AsSpan());

    /// <inheritdoc/>
    public override string? NoDerivativeAt(ReadOnlySpan<double> value) =>
        // A zero is a kink, as that of an absolute value, and rounding hides it.
        value.Length > 0 && value[^1] <= 1e-12 * value.Length * value[0]
            ? $"The derivative exists where all singular values are above zero, but the smallest is {value[^1]:G9} and the largest {value[0]:G9}."
            : Repeated(value) is { } k ? $"The derivative exists where all singular values are distinct, but {value[k]:G9} and {value[k + 1]:G9} are among them." : null;

    // As close as the squares may not be: those are the eigenvalues whose projections the derivative is made of.
    private static int? Repeated(ReadOnlySpan<double> value)
    {
        for (int k = 0; k + 1 < value.Length; k++)
            if ((value[k] - value[k + 1]) * (value[k] + value[k + 1]) <= Eigenprojections.LeastGap(value.Length, value[0] * value[0])) return k;
        return null;
    }

    private static Dimension? Smaller(IReadOnlyList<Dimension> axes) =>
        axes[0] == axes[1] ? axes[0] : axes[0].Size is { } m && axes[1].Size is { } n ? Dimension.Of(Math.Min(m, n)) : null;
}
