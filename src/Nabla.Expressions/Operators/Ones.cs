using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Operators;

/// <summary>A column or matrix whose entries are all 1.</summary>
/// <remarks>A constant.</remarks>
internal sealed class Ones : Operator
{
    /// <inheritdoc/>
    public override string Name => "ones";

    /// <inheritdoc/>
    public override (int Least, int Most) Arity => (1, 2);

    /// <inheritdoc/>
    public override bool TakesSizes => true;

    /// <inheritdoc/>
    public override string Summary => "ones(n): a column whose entries are all 1; ones(m, n): a matrix of them.";

    /// <inheritdoc/>
    public override string Example => "ones(2, 3)";

    /// <inheritdoc/>
    public override Shape Infer(ShapeRule rule) =>
        rule.Arguments.Count == 1 ? Shape.Column(rule.SizeOf(0)) : Shape.Matrix(rule.SizeOf(0), rule.SizeOf(1));

    /// <inheritdoc/>
    public override Term Define(Definition d) => d.Ones(d.Shape);

    /// <inheritdoc/>
    public override Value Evaluate(Arguments a)
    {
        var (rows, columns) = a.Sizes();
        return Value.Of(a.Shape.Kind, rows, columns, (_, _) => 1);
    }
}
