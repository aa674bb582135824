using Nabla.Expressions.Core;

namespace Nabla.Expressions.Operators;

/// <summary>The sign of every entry: -1, 0 or 1.</summary>
/// <remarks>The derivative is 0 wherever there is one, and taken as 0 at the jump.</remarks>
internal sealed class Signum : ElementwiseOperator
{
    /// <inheritdoc/>
    public override string Name => "sign";

    /// <inheritdoc/>
    public override string Summary => "The sign of every entry: -1, 0 or 1.";

    /// <inheritdoc/>
    public override string Example => "sign([1 -2; 0 4])";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Derivatives => ["0"];

    /// <inheritdoc/>
    public override int Parity => -1;

    /// <inheritdoc/>
    public override IReadOnlyList<Rule> Rules =>
    [
        new("sign-of-positive", "sign(x)", "ones(rows(x))", "x in R^n positive"),
        new("sign-of-sign", "sign(sign(x))", "sign(x)", "x in R^n"),
        new("sign-of-multiple", "sign(-2*x)", "-sign(x)", "x in R^n"),
    ];

    /// <inheritdoc/>
    public override Node? Simplify(Tensors t, ReadOnlySpan<Node> x)
    {
        if (Signs.IsPositive(x[0])) return t.Constant(1, x[0].Axes);
        if (x[0] is AddNode { IsZero: true } or MapNode { Function: Signum }) return x[0];
        return Patterns.Content(t, x[0]) is var (c, z) ? t.Scale(c.Sign, t.Map(this, z)) : null;
    }

    /// <inheritdoc/>
    public override double Evaluate(ReadOnlySpan<double> x) => double.IsNaN(x[0]) ? double.NaN : Math.Sign(x[0]);

    /// <inheritdoc/>
    public override bool IsKink(ReadOnlySpan<double> x) => x[0] == 0;

    /// <inheritdoc/>
    public override Sign SignOf(ReadOnlySpan<Sign> x) => x[0];
}
