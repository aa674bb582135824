using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Operators;

/// <summary>The number of rows.</summary>
/// <remarks>A constant.</remarks>
internal sealed class RowCount : Operator
{
    /// <inheritdoc/>
    public override string Name => "rows";

    /// <inheritdoc/>
    public override string Summary => "The number of rows.";

    /// <inheritdoc/>
    public override string Example => "rows([1 2 3; 4 5 6])";

    /// <inheritdoc/>
    public override Shape Infer(ShapeRule rule) => rule[0] is var _ ? Shape.Scalar : default;

    /// <inheritdoc/>
    public override Term Define(Definition d) => d.Size(d.ShapeOf(0).Rows);

    /// <inheritdoc/>
    public override Value Evaluate(Arguments a) => Value.Scalar(a[0].Rows);
}
