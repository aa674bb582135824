using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Operators;

/// <summary>The product of all entries, or down the columns, or along the rows.</summary>
/// <remarks>
/// The derivative by an entry is the product of the others. It is itself a product: of the rows of a matrix whose diagonal is
/// 1 and whose other entries in column j are x[j], so that zeros among the entries, and higher derivatives, need no care. Where no entry can be zero it is prod(x)./x.
/// </remarks>
internal sealed class Product : TensorOperator
{
    /// <inheritdoc/>
    public override string Name => "prod";

    /// <inheritdoc/>
    public override (int Least, int Most) Arity => (1, 2);

    /// <inheritdoc/>
    public override string Summary => "The product of all entries; prod(X, 1) down the columns, prod(X, 2) along the rows.";

    /// <inheritdoc/>
    public override string Example => "prod([1 2; 3 4])";

    /// <inheritdoc/>
    public override Shape Infer(ShapeRule rule) => Reduction.Infer(rule, Name);

    /// <inheritdoc/>
    public override Term Define(Definition d) => Reduction.Define(d, this);

    /// <inheritdoc/>
    public override bool IgnoresTransposition => true;

    /// <inheritdoc/>
    public override IReadOnlyList<Dimension> ResultAxes(IReadOnlyList<Dimension> operated) => [];

    /// <inheritdoc/>
    public override string? Differential => "prod((1 - eye(rows(x)))*diag(x) + eye(rows(x)), 2)'*dx";

    /// <inheritdoc/>
    public override Node Jacobian(Tensors t, Node x, Node y, int operated)
    {
        var (ij, kl) = (Axes(operated), OtherAxes(operated));
        if (Signs.IsNonzero(x)) return t.Einsum($"...,...{ij}->...{ij}", y, t.Power(x, -1));
        var one = t.Constant(1, [.. x.Axes.TakeLast(operated)]);
        var own = t.Einsum($"{ij}->{ij}{ij}", one);
        var other = t.Subtract(t.Einsum($"{ij},{kl}->{ij}{kl}", one, one), own);
        var others = t.Einsum($"...{kl},{ij}{kl}->...{ij}{kl}", x, other);
        var batch = t.Constant(1, [.. x.Axes.SkipLast(operated)]);
        return t.Apply(this, t.Add(others, t.Einsum($"...,{ij}{kl}->...{ij}{kl}", batch, own)), operated);
    }

    /// <inheritdoc/>
    public override Sign SignOf(Sign x) => x;

    /// <inheritdoc/>
    public override IReadOnlyList<Rule> Rules =>
    [
        new("product-of-exponentials", "prod(exp(x))", "exp(sum(x))", "x in R^n"),
        new("product-of-constant", "prod(ones(3))", "1"),
    ];

    /// <inheritdoc/>
    public override Node? Simplify(Tensors t, Node x, int operated)
    {
        if (Patterns.Constant(x) is { } c && (c.IsOne || c.IsZero)) return t.Constant(c, [.. x.Axes.Take(x.Order - operated)]);
        return Patterns.ArgumentOf<Exp>(x) is { } z ? t.Map(OperatorTable.Get<Exp>(), t.Einsum($"...{Axes(operated)}->...", z)) : null;
    }

    /// <inheritdoc/>
    public override Value Evaluate(Arguments a) => Reduction.Evaluate(a, x => x.Aggregate(1.0, (product, e) => product * e));
}
