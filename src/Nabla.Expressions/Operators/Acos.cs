using Nabla.Expressions.Core;

namespace Nabla.Expressions.Operators;

/// <summary>The arc cosine of every entry.</summary>
/// <remarks>d acos x = -dx / √(1 - x²). The entries must lie between -1 and 1.</remarks>
internal sealed class Acos : ElementwiseOperator
{
    /// <inheritdoc/>
    public override string Name => "acos";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["arccos"];

    /// <inheritdoc/>
    public override string Summary => "The arc cosine of every entry.";

    /// <inheritdoc/>
    public override string Example => "acos([0 0.5; 1 -1])";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Derivatives => ["-1./sqrt(1 - x.^2)"];

    /// <inheritdoc/>
    public override double Evaluate(ReadOnlySpan<double> x) => Math.Acos(x[0]);

    /// <inheritdoc/>
    public override Sign SignOf(ReadOnlySpan<Sign> x) => Sign.Nonnegative;
}
