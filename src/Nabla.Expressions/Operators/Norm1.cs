using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Operators;

/// <summary>Σ |xᵢ| over all entries.</summary>
/// <remarks>d norm1(x) = sign(x)' dx, with sign(0) = 0 at a kink.</remarks>
internal sealed class Norm1 : Operator
{
    /// <inheritdoc/>
    public override string Name => "norm1";

    /// <inheritdoc/>
    public override string Summary => "The sum of the absolute values of all entries.";

    /// <inheritdoc/>
    public override string Example => "norm1([1, -2, 3]')";

    /// <inheritdoc/>
    public override Shape Infer(ShapeRule rule) => Shape.Scalar;

    /// <inheritdoc/>
    public override Term Define(Definition d) => d.Sum(d.Map(OperatorTable.Get<Abs>(), d[0]));

    /// <inheritdoc/>
    public override Value Evaluate(Arguments a)
    {
        double[] x = a.Real(0).Real.ToArray();
        if (x.Contains(0)) a.HitKink();
        return Value.Scalar(x.Sum(Math.Abs));
    }
}
