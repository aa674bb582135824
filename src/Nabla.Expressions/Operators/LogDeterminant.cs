using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Operators;

/// <summary>log det X of a matrix with positive determinant.</summary>
/// <remarks>d log det X = tr(X⁻¹ dX). Magnus and Neudecker (2019), section 8.4.</remarks>
internal sealed class LogDeterminant : TensorOperator
{
    /// <inheritdoc/>
    public override string Name => "logdet";

    /// <inheritdoc/>
    public override string Summary => "The logarithm of a positive determinant, without overflow.";

    /// <inheritdoc/>
    public override string Example => "logdet([2 1; 1 2])";

    /// <inheritdoc/>
    public override Shape Infer(ShapeRule rule)
    {
        rule.Square(0, Name);
        return Shape.Scalar;
    }

    /// <inheritdoc/>
    public override Term Define(Definition d) => d.ShapeOf(0).IsScalar ? d.Map(OperatorTable.Get<Log>(), d[0]) : base.Define(d);

    /// <inheritdoc/>
    public override bool IgnoresTransposition => true;

    /// <inheritdoc/>
    public override IReadOnlyList<Dimension> ResultAxes(IReadOnlyList<Dimension> operated) => [];

    /// <inheritdoc/>
    public override string? Differential => "tr(inv(X)*dX)";

    /// <inheritdoc/>
    public override Node Jacobian(Tensors t, Node x, Node y, int operated) =>
        t.Einsum("...lk->...kl", t.Apply(OperatorTable.Get<Inverse>(), x, operated));

    /// <inheritdoc/>
    public override IReadOnlyList<Rule> Rules =>
    [
        new("logdet-of-inverse", "logdet(inv(A))", "-logdet(A)", "A in R^(n x n) positive definite"),
        new("logdet-of-diagonal", "logdet(diag(x))", "sum(log(x))", "x in R^n positive"),
    ];

    /// <inheritdoc/>
    public override Node? Simplify(Tensors t, Node x, int operated)
    {
        if (x is ApplyNode { Function: Inverse } inverse) return t.Scale(-1, t.Apply(this, inverse.Argument, operated));
        return Patterns.Diagonal(t, x) is { } diagonal && Signs.IsPositive(diagonal) ? t.Einsum("i->", t.Map(OperatorTable.Get<Log>(), diagonal)) : null;
    }

    /// <inheritdoc/>
    public override Value Evaluate(Arguments a)
    {
        var lu = new LU<double>(a.Matrix(0));
        return lu.DeterminantSign switch
        {
            > 0 => Value.Scalar(lu.LogAbsDeterminant),
            0 => throw a.Error(ErrorCode.Singular, $"{Name} needs a matrix with positive determinant, but the matrix is singular."),
            _ => throw a.Error(ErrorCode.Domain, $"{Name} needs a matrix with positive determinant, but the determinant is {lu.Determinant:G6}."),
        };
    }
}
