using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Operators;

/// <summary>√(Σ xᵢⱼ²) over all entries.</summary>
/// <remarks>d normF(X) = tr(X' dX)/normF(X), and 0 at X = 0.</remarks>
internal sealed class FrobeniusNorm : Operator
{
    /// <inheritdoc/>
    public override string Name => "normF";

    /// <inheritdoc/>
    public override string Summary => "The Frobenius norm of a matrix, the Euclidean norm of a vector.";

    /// <inheritdoc/>
    public override string Example => "normF([1 2; 3 4])";

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
