using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Operators;

/// <summary>max |xᵢ| over all entries.</summary>
/// <remarks>The largest entry of abs(x): equal shares where several are largest.</remarks>
internal sealed class MaximumNorm : Operator
{
    /// <inheritdoc/>
    public override string Name => "norminf";

    /// <inheritdoc/>
    public override string Summary => "The largest absolute value of an entry.";

    /// <inheritdoc/>
    public override string Example => "norminf([1, -2, 3]')";

    /// <inheritdoc/>
    public override Shape Infer(ShapeRule rule) => Shape.Scalar;

    /// <inheritdoc/>
    public override Term Define(Definition d) => d.ShapeOf(0).IsScalar
        ? d.Map(OperatorTable.Get<Abs>(), d[0])
        : d.Apply(OperatorTable.Get<LargestEntry>(), d.Map(OperatorTable.Get<Abs>(), d[0]), d.ShapeOf(0).Axes.Count);

    /// <inheritdoc/>
    public override Value Evaluate(Arguments a)
    {
        double[] x = a.Real(0).Real.ToArray();
        double largest = x.Aggregate(0.0, (top, e) => Math.Max(top, Math.Abs(e)));
        if (largest == 0 || x.Count(e => Math.Abs(e) == largest) > 1) a.HitKink();
        return Value.Scalar(largest);
    }
}
