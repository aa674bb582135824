using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Operators;

/// <summary>The number of columns.</summary>
/// <remarks>A constant.</remarks>
internal sealed class ColumnCount : Operator
{
    /// <inheritdoc/>
    public override string Name => "cols";

    /// <inheritdoc/>
    public override string Summary => "The number of columns.";

    /// <inheritdoc/>
    public override string Example => "cols([1 2 3; 4 5 6])";

    /// <inheritdoc/>
    public override Shape Infer(ShapeRule rule) => rule[0] is var _ ? Shape.Scalar : default;

    /// <inheritdoc/>
    public override Term Define(Definition d) => d.Size(d.ShapeOf(0).Columns);

    /// <inheritdoc/>
    public override Value Evaluate(Arguments a) => Value.Scalar(a[0].Columns);
}
