using Nabla.Expressions.Core;

namespace Nabla.Expressions.Operators;

/// <summary>The absolute value of every entry.</summary>
/// <remarks>d |x| = sign(x) dx, with sign(0) = 0 at the kink.</remarks>
internal sealed class Abs : ElementwiseOperator
{
    /// <inheritdoc/>
    public override string Name => "abs";

    /// <inheritdoc/>
    public override string Summary => "The absolute value of every entry.";

    /// <inheritdoc/>
    public override string Example => "abs([1 -2; 3 -4])";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Derivatives => ["sign(x)"];

    /// <inheritdoc/>
    public override int Parity => 1;

    /// <inheritdoc/>
    public override IReadOnlyList<Rule> Rules =>
    [
        new("abs-of-positive", "abs(x)", "x", "x in R^n positive"),
        new("abs-of-multiple", "abs(-2*x)", "2*abs(x)", "x in R^n"),
    ];

    /// <inheritdoc/>
    public override Node? Simplify(Tensors t, ReadOnlySpan<Node> x)
    {
        if (Signs.IsPositive(x[0]) || x[0] is AddNode { IsZero: true }) return x[0];
        return Patterns.Content(t, x[0]) is var (c, z) ? t.Scale(c.Sign < 0 ? -c : c, t.Map(this, z)) : null;
    }

    /// <inheritdoc/>
    public override double Evaluate(ReadOnlySpan<double> x) => Math.Abs(x[0]);

    /// <inheritdoc/>
    public override bool IsKink(ReadOnlySpan<double> x) => x[0] == 0;

    /// <inheritdoc/>
    public override Sign SignOf(ReadOnlySpan<Sign> x) => x[0] | Sign.Nonnegative;
}
