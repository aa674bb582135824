using Nabla.Expressions.Core;

namespace Nabla.Expressions.Operators;

/// <summary>The hyperbolic tangent of every entry.</summary>
/// <remarks>d tanh x = (1 - tanh(x)²) dx.</remarks>
internal sealed class Tanh : ElementwiseOperator
{
    /// <inheritdoc/>
    public override string Name => "tanh";

    /// <inheritdoc/>
    public override string Summary => "The hyperbolic tangent of every entry.";

    /// <inheritdoc/>
    public override string Example => "tanh([0 0.5; 1 -1])";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Derivatives => ["1 - f.^2"];

    /// <inheritdoc/>
    public override int Parity => -1;

    /// <inheritdoc/>
    public override double Evaluate(ReadOnlySpan<double> x) => Math.Tanh(x[0]);

    /// <inheritdoc/>
    public override Sign SignOf(ReadOnlySpan<Sign> x) => x[0];
}
