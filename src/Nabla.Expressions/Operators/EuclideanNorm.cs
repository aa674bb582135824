using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Operators;

/// <summary>√(Σ xᵢ²) over all entries, which has a name for vectors and one for matrices.</summary>
internal abstract class EuclideanNorm : Operator
{
    /// <inheritdoc/>
    public override Shape Infer(ShapeRule rule) => Shape.Scalar;

    /// <inheritdoc/>
    public override Term Define(Definition d) => d.ShapeOf(0).Axes.Count switch
    {
        0 => d.Map(OperatorTable.Get<Abs>(), d[0]),
        1 => d.Power(d.Einsum("i,i->", d[0], d[0]), Coefficient.Rational(1, 2)),
        _ => d.Power(d.Einsum("ij,ij->", d[0], d[0]), Coefficient.Rational(1, 2)),
    };

    /// <inheritdoc/>
    public override Value Evaluate(Arguments a)
    {
        double[] x = a.Real(0).Real.ToArray();
        double norm = Scalars.Norm(x);
        if (norm == 0) a.HitKink();
        return Value.Scalar(norm);
    }
}
