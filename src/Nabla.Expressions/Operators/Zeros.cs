using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Operators;

/// <summary>A column or matrix whose entries are all 0.</summary>
/// <remarks>A constant.</remarks>
internal sealed class Zeros : Operator
{
    /// <inheritdoc/>
    public override string Name => "zeros";

    /// <inheritdoc/>
    public override (int Least, int Most) Arity => (1, 2);

    /// <inheritdoc/>
    public override bool TakesSizes => true;

    /// <inheritdoc/>
    public override string Summary => "zeros(n): a column whose entries are all 0; zeros(m, n): a matrix of them.";

    /// <inheritdoc/>
    public override string Example => "zeros(2, 3)";

    /// <inheritdoc/>
    public override Shape Infer(ShapeRule rule) =>
        rule.Arguments.Count == 1 ? Shape.Column(rule.SizeOf(0)) : Shape.Matrix(rule.SizeOf(0), rule.SizeOf(1));

    /// <inheritdoc/>
    public override Term Define(Definition d) => d.Scale(0, d.Ones(d.Shape));

    /// <inheritdoc/>
    public override Value Evaluate(Arguments a)
    {
        var (rows, columns) = a.Sizes();
        return Value.Of(a.Shape.Kind, rows, columns, (_, _) => 0);
    }
}
