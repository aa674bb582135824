using Nabla.Expressions.Core;

namespace Nabla.Expressions.Operators;

/// <summary>1/(1 + exp(-x)) of every entry, the logistic function.</summary>
/// <remarks>d σ(x) = σ(x) (1 - σ(x)) dx.</remarks>
internal sealed class Sigmoid : ElementwiseOperator
{
    /// <inheritdoc/>
    public override string Name => "sigmoid";

    /// <inheritdoc/>
    public override string Summary => "1/(1 + exp(-x)) of every entry, the logistic function.";

    /// <inheritdoc/>
    public override string Example => "sigmoid([0 0.5; 1 -1])";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Derivatives => ["f.*(1 - f)"];

    /// <inheritdoc/>
    public override double Evaluate(ReadOnlySpan<double> x) => Scalars.Sigmoid(x[0]);

    /// <inheritdoc/>
    public override Sign SignOf(ReadOnlySpan<Sign> x) => Sign.Positive;
}
