using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Operators;

/// <summary>The reduced row echelon form.</summary>
internal sealed class ReducedRowEchelonForm : NumericOperator
{
    /// <inheritdoc/>
    public override string Name => "rref";

    /// <inheritdoc/>
    public override string Summary => "The reduced row echelon form.";

    /// <inheritdoc/>
    public override string Example => "rref([1 2; 3 4])";

    /// <inheritdoc/>
    public override Shape Infer(ShapeRule rule) => rule.Matrix(0, Name);

    /// <inheritdoc/>
    public override Value Evaluate(Arguments a) => Value.Of(Kind.Matrix, new RowReduction<double>(a.Matrix(0)).Form);
}
