using System.Numerics;
using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Operators;

/// <summary>The sum of all entries, or down the columns, or along the rows.</summary>
/// <remarks>d sum(X) = sum(dX).</remarks>
internal sealed class Sum : Operator
{
    /// <inheritdoc/>
    public override string Name => "sum";

    /// <inheritdoc/>
    public override (int Least, int Most) Arity => (1, 2);

    /// <inheritdoc/>
    public override string Summary => "The sum of all entries; sum(X, 1) down the columns, a row; sum(X, 2) along the rows, a column.";

    /// <inheritdoc/>
    public override string Example => "sum([1 2; 3 4], 1)";

    /// <inheritdoc/>
    public override Shape Infer(ShapeRule rule) => Reduction.Infer(rule, Name);

    /// <inheritdoc/>
    public override Term Define(Definition d) => (Reduction.Axis(d), d.ShapeOf(0).Kind) switch
    {
        (1, Kind.Row) or (2, Kind.Column) => d[0],
        (1, Kind.Matrix) => d.Einsum("ij->j", d[0]),
        (2, Kind.Matrix) => d.Einsum("ij->i", d[0]),
        _ => d.Sum(d[0]),
    };

    /// <inheritdoc/>
    public override Value Evaluate(Arguments a)
    {
        var X = a[0];
        if (!X.IsComplex) return Reduction.Evaluate(a, x => x.Sum());
        if (a.Count == 1) return Value.Scalar(Enumerable.Range(0, X.Count).Aggregate(Complex.Zero, (sum, k) => sum + X[k]));
        bool down = a[1].Real[0] == 1;
        if (X.Kind != Kind.Matrix) return X.Kind == Kind.Scalar || X.Kind == Kind.Column != down ? X : Value.Scalar(Enumerable.Range(0, X.Count).Aggregate(Complex.Zero, (sum, k) => sum + X[k]));
        return down
            ? Value.OfComplex(Kind.Row, 1, X.Columns, (_, j) => Enumerable.Range(0, X.Rows).Aggregate(Complex.Zero, (sum, i) => sum + X[i, j]))
            : Value.OfComplex(Kind.Column, X.Rows, 1, (i, _) => Enumerable.Range(0, X.Columns).Aggregate(Complex.Zero, (sum, j) => sum + X[i, j]));
    }
}
