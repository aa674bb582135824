namespace Nabla.Expressions.Operators;

/// <summary>The cosine of every entry.</summary>
/// <remarks>d cos x = -sin(x) dx.</remarks>
internal sealed class Cos : ElementwiseOperator
{
    /// <inheritdoc/>
    public override string Name => "cos";

    /// <inheritdoc/>
    public override string Summary => "The cosine of every entry.";

    /// <inheritdoc/>
    public override string Example => "cos([0 1; 2 3])";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Derivatives => ["-sin(x)"];

    /// <inheritdoc/>
    public override int Parity => 1;

    /// <inheritdoc/>
    public override double Evaluate(ReadOnlySpan<double> x) => Math.Cos(x[0]);
}
