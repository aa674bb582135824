using Nabla.Expressions.Core;

namespace Nabla.Expressions.Operators;

/// <summary>The exponential of every entry.</summary>
/// <remarks>d exp x = exp(x) dx.</remarks>
internal sealed class Exp : ElementwiseOperator
{
    /// <inheritdoc/>
    public override string Name => "exp";

    /// <inheritdoc/>
    public override string Summary => "The exponential of every entry.";

    /// <inheritdoc/>
    public override string Example => "exp([0 1; 2 3])";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Derivatives => ["f"];

    /// <inheritdoc/>
    public override IReadOnlyList<Rule> Rules =>
    [
        new("exponential-of-log", "exp(log(x))", "x", "x in R^n positive"),
    ];

    /// <inheritdoc/>
    public override Node? Simplify(Tensors t, ReadOnlySpan<Node> x) =>
        Patterns.ArgumentOf<Log>(x[0]) is { } z && Signs.IsNonnegative(z) ? z : null;

    /// <inheritdoc/>
    public override double Evaluate(ReadOnlySpan<double> x) => Math.Exp(x[0]);

    /// <inheritdoc/>
    public override Sign SignOf(ReadOnlySpan<Sign> x) => Sign.Positive;
}
