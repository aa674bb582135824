using Nabla.Expressions.Core;

namespace Nabla.Expressions.Operators;

/// <summary>exp(x) - 1 of every entry, accurate near 0.</summary>
/// <remarks>d expm1 x = exp(x) dx.</remarks>
internal sealed class Expm1 : ElementwiseOperator
{
    /// <inheritdoc/>
    public override string Name => "expm1";

    /// <inheritdoc/>
    public override string Summary => "exp(x) - 1 of every entry, accurate near 0.";

    /// <inheritdoc/>
    public override string Example => "expm1([0 0.5; 1 2])";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Derivatives => ["exp(x)"];

    /// <inheritdoc/>
    public override IReadOnlyList<Rule> Rules =>
    [
        new("expm1-of-log1p", "expm1(log1p(x))", "x", "x in R^n nonnegative"),
    ];

    /// <inheritdoc/>
    public override Node? Simplify(Tensors t, ReadOnlySpan<Node> x) =>
        Patterns.ArgumentOf<Log1p>(x[0]) is { } z && Signs.IsNonnegative(z) ? z : null;

    /// <inheritdoc/>
    public override double Evaluate(ReadOnlySpan<double> x) => Scalars.Expm1(x[0]);

    /// <inheritdoc/>
    public override Sign SignOf(ReadOnlySpan<Sign> x) => x[0];
}
