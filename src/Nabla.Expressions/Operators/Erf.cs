using Nabla.Expressions.Core;

namespace Nabla.Expressions.Operators;

/// <summary>2/√π ∫₀ˣ exp(-t²) dt of every entry, the error function.</summary>
/// <remarks>d erf x = 2/√π exp(-x²) dx.</remarks>
internal sealed class Erf : ElementwiseOperator
{
    /// <inheritdoc/>
    public override string Name => "erf";

    /// <inheritdoc/>
    public override string Summary => "2/√π ∫₀ˣ exp(-t²) dt of every entry, the error function.";

    /// <inheritdoc/>
    public override string Example => "erf([0 0.5; 1 -1])";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Derivatives => ["2/sqrt(pi)*exp(-x.^2)"];

    /// <inheritdoc/>
    public override int Parity => -1;

    /// <inheritdoc/>
    public override double Evaluate(ReadOnlySpan<double> x) => Scalars.Erf(x[0]);

    /// <inheritdoc/>
    public override Sign SignOf(ReadOnlySpan<Sign> x) => x[0];
}
