using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Operators;

/// <summary>A row echelon form.</summary>
internal sealed class RowEchelonForm : NumericOperator
{
    /// <inheritdoc/>
    public override string Name => "ref";

    /// <inheritdoc/>
    public override string Summary => "The row echelon form, by elimination with row exchanges.";

    /// <inheritdoc/>
    public override string Example => "ref([1 2; 3 4])";

    /// <inheritdoc/>
    public override Shape Infer(ShapeRule rule) => rule.Matrix(0, Name);

    /// <inheritdoc/>
    public override Value Evaluate(Arguments a) => Value.Of(Kind.Matrix, new RowReduction<double>(a.Matrix(0), reduced: false).Form);
}
