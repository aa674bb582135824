using Nabla.Expressions.Core;

namespace Nabla.Expressions.Operators;

/// <summary>log(1 + exp(x)) of every entry, without overflow.</summary>
/// <remarks>d softplus x = σ(x) dx.</remarks>
internal sealed class Softplus : ElementwiseOperator
{
    /// <inheritdoc/>
    public override string Name => "softplus";

    /// <inheritdoc/>
    public override string Summary => "log(1 + exp(x)) of every entry, without overflow.";

    /// <inheritdoc/>
    public override string Example => "softplus([0 0.5; 1 -1])";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Derivatives => ["sigmoid(x)"];

    /// <inheritdoc/>
    public override double Evaluate(ReadOnlySpan<double> x) => Scalars.Softplus(x[0]);

    /// <inheritdoc/>
    public override Sign SignOf(ReadOnlySpan<Sign> x) => Sign.Positive;
}
