using Nabla.Expressions.Core;

namespace Nabla.Expressions.Operators;

/// <summary>Every entry to a power; a scalar is broadcast.</summary>
/// <remarks>d xʸ = y xʸ⁻¹ dx + xʸ log(x) dy. With a rational exponent it is a power of the core and not this function.</remarks>
internal sealed class ElementwisePower : ElementwiseOperator
{
    /// <inheritdoc/>
    public override string Name => "elementwise-power";

    /// <inheritdoc/>
    public override string? Symbol => ".^";

    /// <inheritdoc/>
    public override (int Least, int Most) Arity => (2, 2);

    /// <inheritdoc/>
    public override string Summary => "Every entry to a power; a scalar is broadcast.";

    /// <inheritdoc/>
    public override string Example => "[1 2; 3 4].^2";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Derivatives => ["y.*x.^(y - 1)", "f.*log(x)"];

    /// <inheritdoc/>
    public override Term Define(Definition d) => d.Literal(1) is { IsExact: true } exponent ? d.Power(d[0], exponent) : base.Define(d);

    /// <inheritdoc/>
    public override IReadOnlyList<Rule> Rules =>
    [
        new("power-of-one", "vector(1).^x", "ones(rows(x))", "x in R^n"),
    ];

    /// <inheritdoc/>
    public override Node? Simplify(Tensors t, ReadOnlySpan<Node> x)
    {
        if (Patterns.Constant(x[1]) is { IsExact: true } exponent) return t.Power(x[0], exponent);
        return Patterns.Constant(x[0]) is { IsOne: true } ? x[0] : null;
    }

    /// <inheritdoc/>
    public override double Evaluate(ReadOnlySpan<double> x) => Math.Pow(x[0], x[1]);

    /// <inheritdoc/>
    public override Sign SignOf(ReadOnlySpan<Sign> x) => x[0] == Sign.Positive ? Sign.Positive : x[0] & Sign.Nonnegative;
}
