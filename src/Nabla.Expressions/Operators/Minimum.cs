using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Operators;

/// <summary>The smaller of two, element by element, or the smallest entry of one.</summary>
/// <remarks>d min(x, y) = (1 - sign(x - y))/2 dx + (1 + sign(x - y))/2 dy: one half to each side at a tie. Of one argument see <see cref="SmallestEntry"/>.</remarks>
internal sealed class Minimum : ElementwiseOperator
{
    /// <inheritdoc/>
    public override string Name => "min";

    /// <inheritdoc/>
    public override (int Least, int Most) Arity => (1, 2);

    /// <inheritdoc/>
    public override string Summary => "min(x, y): the smaller of two, element by element; min(X): the smallest entry.";

    /// <inheritdoc/>
    public override string Example => "min([1 -2; 3 -4], 0)";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Derivatives => ["(1 - sign(x - y))/2", "(1 + sign(x - y))/2"];

    /// <inheritdoc/>
    public override Shape Infer(ShapeRule rule) => rule.Arguments.Count == 1 ? Shape.Scalar : base.Infer(rule);

    /// <inheritdoc/>
    public override Term Define(Definition d) => d.Count == 1 ? OperatorTable.Get<SmallestEntry>().Define(d) : base.Define(d);

    /// <inheritdoc/>
    public override Value Evaluate(Arguments a) => a.Count == 1 ? OperatorTable.Get<SmallestEntry>().Evaluate(a) : base.Evaluate(a);

    /// <inheritdoc/>
    public override IReadOnlyList<Rule> Rules =>
    [
        new("minimum-of-equals", "min(x, x)", "x", "x in R^n"),
    ];

    /// <inheritdoc/>
    public override Node? Simplify(Tensors t, ReadOnlySpan<Node> x) => ReferenceEquals(x[0], x[1]) ? x[0] : null;

    /// <inheritdoc/>
    public override double Evaluate(ReadOnlySpan<double> x) => Math.Min(x[0], x[1]);

    /// <inheritdoc/>
    public override bool IsKink(ReadOnlySpan<double> x) => x[0] == x[1];

    /// <inheritdoc/>
    public override Sign SignOf(ReadOnlySpan<Sign> x) => x[0] & x[1];
}
