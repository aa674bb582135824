using Nabla.Expressions.Core;

namespace Nabla.Expressions.Operators;

/// <summary>The hyperbolic sine of every entry.</summary>
/// <remarks>d sinh x = cosh(x) dx.</remarks>
internal sealed class Sinh : ElementwiseOperator
{
    /// <inheritdoc/>
    public override string Name => "sinh";

    /// <inheritdoc/>
    public override string Summary => "The hyperbolic sine of every entry.";

    /// <inheritdoc/>
    public override string Example => "sinh([0 0.5; 1 -1])";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Derivatives => ["cosh(x)"];

    /// <inheritdoc/>
    public override int Parity => -1;

    /// <inheritdoc/>
    public override double Evaluate(ReadOnlySpan<double> x) => Math.Sinh(x[0]);

    /// <inheritdoc/>
    public override Sign SignOf(ReadOnlySpan<Sign> x) => x[0];
}
