using Nabla.Expressions.Core;

namespace Nabla.Expressions.Operators;

/// <summary>log(1 + x) of every entry, accurate near 0.</summary>
/// <remarks>d log1p x = dx / (1 + x). The entries must exceed -1.</remarks>
internal sealed class Log1p : ElementwiseOperator
{
    /// <inheritdoc/>
    public override string Name => "log1p";

    /// <inheritdoc/>
    public override string Summary => "log(1 + x) of every entry, accurate near 0.";

    /// <inheritdoc/>
    public override string Example => "log1p([0 0.5; 1 2])";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Derivatives => ["1./(1 + x)"];

    /// <inheritdoc/>
    public override IReadOnlyList<Rule> Rules =>
    [
        new("log1p-of-expm1", "log1p(expm1(x))", "x", "x in R^n"),
        new("log1p-of-exponential", "log1p(exp(x))", "softplus(x)", "x in R^n"),
    ];

    /// <inheritdoc/>
    public override Node? Simplify(Tensors t, ReadOnlySpan<Node> x) =>
        Patterns.ArgumentOf<Expm1>(x[0]) ?? (Patterns.ArgumentOf<Exp>(x[0]) is { } z ? t.Map(OperatorTable.Get<Softplus>(), z) : null);

    /// <inheritdoc/>
    public override double Evaluate(ReadOnlySpan<double> x) => Scalars.Log1p(x[0]);

    /// <inheritdoc/>
    public override Sign SignOf(ReadOnlySpan<Sign> x) => x[0];
}
