using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Operators;

/// <summary>The mean of all entries, or down the columns, or along the rows.</summary>
/// <remarks>d mean(X) = mean(dX).</remarks>
internal sealed class Mean : Operator
{
    /// <inheritdoc/>
    public override string Name => "mean";

    /// <inheritdoc/>
    public override (int Least, int Most) Arity => (1, 2);

    /// <inheritdoc/>
    public override string Summary => "The mean of all entries; mean(X, 1) down the columns, a row; mean(X, 2) along the rows, a column.";

    /// <inheritdoc/>
    public override string Example => "mean([1 2; 3 4], 2)";

    /// <inheritdoc/>
    public override Shape Infer(ShapeRule rule) => Reduction.Infer(rule, Name);

    /// <inheritdoc/>
    public override Term Define(Definition d)
    {
        var X = d.ShapeOf(0);
        int? axis = Reduction.Axis(d);
        var rows = d.Power(d.Size(X.Rows), -1);
        var columns = d.Power(d.Size(X.Columns), -1);
        return (axis, X.Kind) switch
        {
            (_, Kind.Scalar) or (1, Kind.Row) or (2, Kind.Column) => d[0],
            (_, Kind.Column) => d.Multiply(d.Sum(d[0]), rows),
            (_, Kind.Row) => d.Multiply(d.Sum(d[0]), columns),
            (1, _) => d.Multiply(d.Einsum("ij->j", d[0]), rows),
            (2, _) => d.Multiply(d.Einsum("ij->i", d[0]), columns),
            _ => d.Multiply(d.Multiply(d.Sum(d[0]), rows), columns),
        };
    }

    /// <inheritdoc/>
    public override Value Evaluate(Arguments a) => Reduction.Evaluate(a, x => x.Sum() / x.Length);
}
