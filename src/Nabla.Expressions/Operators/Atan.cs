using Nabla.Expressions.Core;

namespace Nabla.Expressions.Operators;

/// <summary>The arc tangent of every entry.</summary>
/// <remarks>d atan x = dx / (1 + x²).</remarks>
internal sealed class Atan : ElementwiseOperator
{
    /// <inheritdoc/>
    public override string Name => "atan";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["arctan"];

    /// <inheritdoc/>
    public override string Summary => "The arc tangent of every entry.";

    /// <inheritdoc/>
    public override string Example => "atan([0 0.5; 1 -1])";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Derivatives => ["1./(1 + x.^2)"];

    /// <inheritdoc/>
    public override int Parity => -1;

    /// <inheritdoc/>
    public override double Evaluate(ReadOnlySpan<double> x) => Math.Atan(x[0]);

    /// <inheritdoc/>
    public override Sign SignOf(ReadOnlySpan<Sign> x) => x[0];
}
