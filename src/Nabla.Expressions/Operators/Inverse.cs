using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Operators;

/// <summary>X⁻¹ of an invertible matrix; 1/c of a scalar.</summary>
/// <remarks>d X⁻¹ = -X⁻¹ dX X⁻¹. Magnus and Neudecker (2019), section 8.3.</remarks>
internal sealed class Inverse : TensorOperator
{
    /// <inheritdoc/>
    public override string Name => "inv";

    /// <inheritdoc/>
    public override string Summary => "The inverse of a square matrix.";

    /// <inheritdoc/>
    public override string Example => "inv([1 2; 3 4])";

    /// <inheritdoc/>
    public override Shape Infer(ShapeRule rule)
    {
        var n = rule.Square(0, Name);
        return rule[0].IsScalar ? Shape.Scalar : Shape.Matrix(n, n);
    }

    /// <inheritdoc/>
    public override Term Define(Definition d) => d.ShapeOf(0).IsScalar ? d.Power(d[0], -1) : base.Define(d);

    /// <inheritdoc/>
    public override bool KeepsSymmetry => true;

    /// <inheritdoc/>
    public override IReadOnlyList<Dimension> ResultAxes(IReadOnlyList<Dimension> operated) => operated;

    /// <inheritdoc/>
    public override Node Jacobian(Tensors t, Node x, Node y, int operated) => t.Scale(-1, t.Einsum("...ik,...lj->...ijkl", y, y));

    /// <inheritdoc/>
    public override Value Evaluate(Arguments a) => Value.Of(a[0].Kind, LinearAlgebra.Inverse(a.Matrix(0)));
}
