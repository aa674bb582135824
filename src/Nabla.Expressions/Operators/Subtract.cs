using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Operators;

/// <summary>The difference of equal shapes, or the negative; a scalar is broadcast.</summary>
/// <remarks>d(x - y) = dx - dy.</remarks>
internal sealed class Subtract : Operator
{
    /// <inheritdoc/>
    public override string Name => "subtract";

    /// <inheritdoc/>
    public override string? Symbol => "-";

    /// <inheritdoc/>
    public override (int Least, int Most) Arity => (1, 2);

    /// <inheritdoc/>
    public override string Summary => "The difference of two, or the negative of one; a scalar is broadcast.";

    /// <inheritdoc/>
    public override string Example => "[1 2; 3 4] - 1";

    /// <inheritdoc/>
    public override Shape Infer(ShapeRule rule) => rule.Arguments.Count == 1 ? rule[0] : rule.Broadcast("-");

    /// <inheritdoc/>
    public override Term Define(Definition d) => d.Count == 1 ? d.Scale(-1, d[0]) : d.Add(d[0], d.Scale(-1, d[1]));

    /// <inheritdoc/>
    public override Value Evaluate(Arguments a) => a.Count == 2
        ? a.ElementByElement((x, y) => x - y, (x, y) => x - y)
        : Value.OfComplex(a[0].Kind, a[0].Rows, a[0].Columns, (i, j) => -a[0][i, j]);
}
