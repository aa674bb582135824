namespace Nabla.Expressions.Operators;

/// <summary>The sine of every entry.</summary>
/// <remarks>d sin x = cos(x) dx.</remarks>
internal sealed class Sin : ElementwiseOperator
{
    /// <inheritdoc/>
    public override string Name => "sin";

    /// <inheritdoc/>
    public override string Summary => "The sine of every entry.";

    /// <inheritdoc/>
    public override string Example => "sin([0 1; 2 3])";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Derivatives => ["cos(x)"];

    /// <inheritdoc/>
    public override int Parity => -1;

    /// <inheritdoc/>
    public override double Evaluate(ReadOnlySpan<double> x) => Math.Sin(x[0]);
}
