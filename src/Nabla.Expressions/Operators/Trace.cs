using System.Numerics;
using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Operators;

/// <summary>The sum of the diagonal of a square matrix.</summary>
/// <remarks>d tr X = tr dX.</remarks>
internal sealed class Trace : Operator
{
    /// <inheritdoc/>
    public override string Name => "tr";

    /// <inheritdoc/>
    public override string Summary => "The trace: the sum of the diagonal of a square matrix.";

    /// <inheritdoc/>
    public override string Example => "tr([1 2; 3 4])";

    /// <inheritdoc/>
    public override Shape Infer(ShapeRule rule)
    {
        rule.Square(0, Name);
        return Shape.Scalar;
    }

    /// <inheritdoc/>
    public override Term Define(Definition d) => d.ShapeOf(0).IsScalar ? d[0] : d.Einsum("ii->", d[0]);

    /// <inheritdoc/>
    public override Value Evaluate(Arguments a)
    {
        var X = a[0];
        return Value.Scalar(Enumerable.Range(0, X.Rows).Aggregate(Complex.Zero, (sum, i) => sum + X[i, i]));
    }
}
