using Nabla.Expressions.Core;

namespace Nabla.Expressions.Operators;

/// <summary>The arc sine of every entry.</summary>
/// <remarks>d asin x = dx / √(1 - x²). The entries must lie between -1 and 1.</remarks>
internal sealed class Asin : ElementwiseOperator
{
    /// <inheritdoc/>
    public override string Name => "asin";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["arcsin"];

    /// <inheritdoc/>
    public override string Summary => "The arc sine of every entry.";

    /// <inheritdoc/>
    public override string Example => "asin([0 0.5; 1 -1])";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Derivatives => ["1./sqrt(1 - x.^2)"];

    /// <inheritdoc/>
    public override int Parity => -1;

    /// <inheritdoc/>
    public override double Evaluate(ReadOnlySpan<double> x) => Math.Asin(x[0]);

    /// <inheritdoc/>
    public override Sign SignOf(ReadOnlySpan<Sign> x) => x[0];
}
