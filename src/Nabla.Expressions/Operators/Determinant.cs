using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Operators;

/// <summary>The determinant of a square matrix.</summary>
/// <remarks>d det X = det(X) tr(X⁻¹ dX). Magnus and Neudecker (2019), section 8.3.</remarks>
internal sealed class Determinant : TensorOperator
{
    /// <inheritdoc/>
    public override string Name => "det";

    /// <inheritdoc/>
    public override string Summary => "The determinant of a square matrix.";

    /// <inheritdoc/>
    public override string Example => "det([1 2; 3 4])";

    /// <inheritdoc/>
    public override Shape Infer(ShapeRule rule)
    {
        rule.Square(0, Name);
        return Shape.Scalar;
    }

    /// <inheritdoc/>
    public override Term Define(Definition d) => d.ShapeOf(0).IsScalar ? d[0] : base.Define(d);

    /// <inheritdoc/>
    public override bool IgnoresTransposition => true;

    /// <inheritdoc/>
    public override IReadOnlyList<Dimension> ResultAxes(IReadOnlyList<Dimension> operated) => [];

    /// <inheritdoc/>
    public override Node Jacobian(Tensors t, Node x, Node y, int operated) =>
        t.Einsum("...,...lk->...kl", y, t.Apply(OperatorTable.Get<Inverse>(), x, operated));

    /// <inheritdoc/>
    public override Value Evaluate(Arguments a) => Value.Scalar(LinearAlgebra.Determinant(a.Matrix(0)));
}
