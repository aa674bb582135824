using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Operators;

/// <summary>The identity matrix of a size.</summary>
/// <remarks>A constant.</remarks>
internal sealed class IdentityMatrix : Operator
{
    /// <inheritdoc/>
    public override string Name => "eye";

    /// <inheritdoc/>
    public override bool TakesSizes => true;

    /// <inheritdoc/>
    public override string Summary => "The identity matrix: eye(n) is n x n.";

    /// <inheritdoc/>
    public override string Example => "eye(2)";

    /// <inheritdoc/>
    public override Shape Infer(ShapeRule rule) => rule.SizeOf(0) is var n ? Shape.Matrix(n, n) : default;

    /// <inheritdoc/>
    public override Term Define(Definition d) => d.Identity(d.Shape.Rows);

    /// <inheritdoc/>
    public override Value Evaluate(Arguments a)
    {
        int n = a.Sizes().Rows;
        return Value.Of(Kind.Matrix, n, n, (i, j) => i == j ? 1 : 0);
    }
}
