using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Operators;

/// <summary>The determinant of a square matrix.</summary>
/// <remarks>d det X = det(X) tr(X⁻¹ dX), written so; where X may be singular, tr(C' dX) with the <see cref="Cofactors"/> C. Magnus and Neudecker (2019), section 8.3.</remarks>
internal sealed class Determinant : TensorOperator
{
    /// <inheritdoc/>
    public override string Name => "det";

    /// <inheritdoc/>
    public override string Summary => "The determinant of a square matrix.";

    /// <inheritdoc/>
    public override string Example => "det([1 2; 3 4])";

    /// <inheritdoc/>
    public override Shape Infer(ShapeRule rule)
    {
        rule.Square(0, Name);
        return Shape.Scalar;
    }

    /// <inheritdoc/>
    public override Term Define(Definition d) => d.ShapeOf(0).IsScalar ? d[0] : base.Define(d);

    /// <inheritdoc/>
    public override bool IgnoresTransposition => true;

    /// <inheritdoc/>
    public override IReadOnlyList<Dimension> ResultAxes(IReadOnlyList<Dimension> operated) => [];

    /// <inheritdoc/>
    public override string? Differential => "det(X)*tr(inv(X)*dX)";

    /// <inheritdoc/>
    public override Node Jacobian(Tensors t, Node x, Node y, int operated) =>
        t.TakesCofactors
            ? t.Apply(OperatorTable.Get<Cofactors>(), x, operated)
            : t.Einsum("...,...lk->...kl", y, t.Apply(OperatorTable.Get<Inverse>(), x, operated));

    /// <inheritdoc/>
    public override IReadOnlyList<Rule> Rules =>
    [
        new("det-of-inverse", "det(inv(A))", "1/det(A)", "A in R^(n x n)"),
        new("det-of-diagonal", "det(diag(x))", "prod(x)", "x in R^n"),
    ];

    /// <inheritdoc/>
    public override Node? Simplify(Tensors t, Node x, int operated)
    {
        if (x is ApplyNode { Function: Inverse } inverse) return t.Power(t.Apply(this, inverse.Argument, operated), -1);
        return Patterns.Diagonal(t, x) is { } diagonal ? t.Apply(OperatorTable.Get<Product>(), diagonal, 1) : null;
    }

    /// <inheritdoc/>
    public override Value Evaluate(Arguments a) => Value.Scalar(LinearAlgebra.Determinant(a.Matrix(0)));
}
