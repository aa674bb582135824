using Nabla.Expressions.Core;

namespace Nabla.Expressions.Operators;

/// <summary>The tangent of every entry.</summary>
/// <remarks>d tan x = (1 + tan(x)²) dx.</remarks>
internal sealed class Tan : ElementwiseOperator
{
    /// <inheritdoc/>
    public override string Name => "tan";

    /// <inheritdoc/>
    public override string Summary => "The tangent of every entry.";

    /// <inheritdoc/>
    public override string Example => "tan([0 0.5; 1 -1])";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Derivatives => ["1 + f.^2"];

    /// <inheritdoc/>
    public override int Parity => -1;

    /// <inheritdoc/>
    public override IReadOnlyList<Rule> Rules =>
    [
        new("tangent-of-arc-tangent", "tan(atan(x))", "x", "x in R^n"),
    ];

    /// <inheritdoc/>
    public override Node? Simplify(Tensors t, ReadOnlySpan<Node> x) => Patterns.ArgumentOf<Atan>(x[0]);

    /// <inheritdoc/>
    public override double Evaluate(ReadOnlySpan<double> x) => Math.Tan(x[0]);
}
