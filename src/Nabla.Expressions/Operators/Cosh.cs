using Nabla.Expressions.Core;

namespace Nabla.Expressions.Operators;

/// <summary>The hyperbolic cosine of every entry.</summary>
/// <remarks>d cosh x = sinh(x) dx.</remarks>
internal sealed class Cosh : ElementwiseOperator
{
    /// <inheritdoc/>
    public override string Name => "cosh";

    /// <inheritdoc/>
    public override string Summary => "The hyperbolic cosine of every entry.";

    /// <inheritdoc/>
    public override string Example => "cosh([0 0.5; 1 -1])";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Derivatives => ["sinh(x)"];

    /// <inheritdoc/>
    public override int Parity => 1;

    /// <inheritdoc/>
    public override double Evaluate(ReadOnlySpan<double> x) => Math.Cosh(x[0]);

    /// <inheritdoc/>
    public override Sign SignOf(ReadOnlySpan<Sign> x) => Sign.Positive;
}
