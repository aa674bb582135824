namespace Nabla.Expressions.Operators;

/// <summary>The natural logarithm of every entry.</summary>
/// <remarks>d log x = dx / x. The entries must be positive.</remarks>
internal sealed class Log : ElementwiseOperator
{
    /// <inheritdoc/>
    public override string Name => "log";

    /// <inheritdoc/>
    public override string Summary => "The natural logarithm of every entry.";

    /// <inheritdoc/>
    public override string Example => "log([1 2; 3 4])";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Derivatives => ["1./x"];

    /// <inheritdoc/>
    public override double Evaluate(ReadOnlySpan<double> x) => Math.Log(x[0]);
}
