using Nabla.Expressions.Core;

namespace Nabla.Expressions.Operators;

/// <summary>The positive part of every entry.</summary>
/// <remarks>d relu x = sign(relu(x)) dx: 1 for positive entries, 0 for negative ones and at the kink.</remarks>
internal sealed class Relu : ElementwiseOperator
{
    /// <inheritdoc/>
    public override string Name => "relu";

    /// <inheritdoc/>
    public override string Summary => "The positive part of every entry.";

    /// <inheritdoc/>
    public override string Example => "relu([0 0.5; 1 -1])";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Derivatives => ["sign(f)"];

    /// <inheritdoc/>
    public override IReadOnlyList<Rule> Rules =>
    [
        new("relu-of-positive", "relu(x)", "x", "x in R^n positive"),
    ];

    /// <inheritdoc/>
    public override Node? Simplify(Tensors t, ReadOnlySpan<Node> x) => Signs.IsPositive(x[0]) || x[0] is AddNode { IsZero: true } ? x[0] : null;

    /// <inheritdoc/>
    public override double Evaluate(ReadOnlySpan<double> x) => Math.Max(x[0], 0);

    /// <inheritdoc/>
    public override bool IsKink(ReadOnlySpan<double> x) => x[0] == 0;

    /// <inheritdoc/>
    public override Sign SignOf(ReadOnlySpan<Sign> x) => Sign.Nonnegative | (x[0] == Sign.Positive ? Sign.Positive : Sign.Unknown);
}
