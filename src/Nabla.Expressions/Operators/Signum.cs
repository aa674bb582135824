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
    public override double Evaluate(ReadOnlySpan<double> x) => double.IsNaN(x[0]) ? double.NaN : Math.Sign(x[0]);

    /// <inheritdoc/>
    public override bool IsKink(ReadOnlySpan<double> x) => x[0] == 0;

    /// <inheritdoc/>
    public override Sign SignOf(ReadOnlySpan<Sign> x) => x[0];
}
