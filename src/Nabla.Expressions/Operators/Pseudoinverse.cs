using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Operators;

/// <summary>The Moore-Penrose inverse.</summary>
internal sealed class Pseudoinverse : NumericOperator
{
    /// <inheritdoc/>
    public override string Name => "pinv";

    /// <inheritdoc/>
    public override string Summary => "The Moore-Penrose inverse.";

    /// <inheritdoc/>
    public override string Example => "pinv([1 2; 3 4; 5 6])";

    /// <inheritdoc/>
    public override Shape Infer(ShapeRule rule)
    {
        var A = rule.Matrix(0, Name);
        return Shape.Matrix(A.Columns, A.Rows);
    }

    /// <inheritdoc/>
    public override Value Evaluate(Arguments a) => Value.Of(Kind.Matrix, LinearAlgebra.PseudoInverse(a.Matrix(0)));
}
