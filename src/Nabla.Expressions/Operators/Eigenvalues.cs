using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Operators;

/// <summary>The eigenvalues of a matrix, ascending when it is symmetric.</summary>
/// <remarks>dλᵢ = tr(Pᵢ dS) with the projection Pᵢ on the i-th eigenspace, for symmetric S with distinct eigenvalues. Magnus and Neudecker (2019), section 8.9.</remarks>
internal sealed class Eigenvalues : TensorOperator
{
    /// <inheritdoc/>
    public override string Name => "eigvals";

    /// <inheritdoc/>
    public override string Summary => "The eigenvalues, ascending; differentiable where a symmetric matrix has distinct ones.";

    /// <inheritdoc/>
    public override string Example => "eigvals([2 1; 1 2])";

    /// <inheritdoc/>
    public override Shape Infer(ShapeRule rule)
    {
        var n = rule.Square(0, Name);
        return rule[0].IsScalar ? throw rule.Error($"{Name} takes a square matrix, but {rule.Describe(0)}.") : Shape.Column(n);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Dimension> ResultAxes(IReadOnlyList<Dimension> operated) => [operated[0]];

    /// <inheritdoc/>
    public override string? Differential => "w, V = eig(X); diag(V'*dX*V)";

    /// <inheritdoc/>
    public override Node Jacobian(Tensors t, Node x, Node y, int operated) =>
        Signs.IsSymmetric(x) || (x.Order == 2 && ReferenceEquals(t.Einsum("ij->ji", x), x))
            ? t.Apply(OperatorTable.Get<Eigenprojections>(), x, operated)
            : throw new NablaException(ErrorCode.Unsupported, $"{Name} has a derivative rule for a symmetric matrix only: declare it symmetric.");

    /// <inheritdoc/>
    public override double[] EvaluateEntries(Arguments a) => Evaluate(a) is { IsComplex: false } values
        ? values.Real.ToArray()
        : throw a.Error(ErrorCode.Unsupported, $"{Name} must be real here, but some eigenvalues are complex.");

    /// <inheritdoc/>
    public override Value Evaluate(Arguments a)
    {
        var A = a.Matrix(0);
        if (Eigendecomposition.IsSymmetric(A)) return Value.Column(new SymmetricEigen<double>(A, withVectors: false).Values.AsSpan());
        var values = new Eigen<double>(A, withVectors: false).Values;
        Array.Sort(values, Eigendecomposition.Compare);
        return Value.OfComplex(Kind.Column, values.Length, 1, (i, _) => values[i]);
    }
}
