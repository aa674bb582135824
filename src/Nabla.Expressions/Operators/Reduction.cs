using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Operators;

/// <summary>What the reductions along an axis have in common: <c>f(X)</c> of all entries, <c>f(X, 1)</c> down the columns, <c>f(X, 2)</c> along the rows.</summary>
/// <remarks>Along an axis that a vector lacks there is one entry to reduce, and each of these functions gives it back.</remarks>
internal static class Reduction
{
    /// <summary>The shape rule.</summary>
    public static Shape Infer(ShapeRule rule, string function)
    {
        var X = rule[0];
        return (Axis(rule, function), X.Kind) switch
        {
            (null, _) => Shape.Scalar,
            (1, Kind.Column) or (2, Kind.Row) => Shape.Scalar,
            (1, Kind.Matrix) => Shape.Row(X.Columns),
            (2, Kind.Matrix) => Shape.Column(X.Rows),
            _ => X,
        };
    }

    /// <summary>The axis that the second argument names; null without one.</summary>
    public static int? Axis(ShapeRule rule, string function)
    {
        if (rule.Arguments.Count == 1) return null;
        var axis = rule.Literal(1);
        return axis == 1 ? 1 : axis == 2 ? 2
            : throw rule.Error($"The second argument of {function} is the axis, 1 (down the columns) or 2 (along the rows), but it is {axis?.ToString() ?? rule.Text(1)}.", ErrorCode.Kind);
    }

    /// <summary>The definition, for a function of whole tensors.</summary>
    public static Term Define(Definition d, TensorOperator function)
    {
        var X = d.ShapeOf(0);
        return (Axis(d), X.Kind) switch
        {
            (_, Kind.Scalar) or (1, Kind.Row) or (2, Kind.Column) => d[0],
            (1, Kind.Matrix) => d.Apply(function, d.Einsum("ij->ji", d[0]), 1),
            (2, Kind.Matrix) => d.Apply(function, d[0], 1),
            _ => d.Apply(function, d[0], X.Axes.Count),
        };
    }

    /// <summary>The axis that the second argument names; null without one.</summary>
    public static int? Axis(Definition d) => d.Count == 1 ? null : d.Literal(1) == 1 ? 1 : 2;

    /// <summary>The value, given that for a list of entries.</summary>
    public static Value Evaluate(Arguments a, Func<double[], double> function)
    {
        var X = a.Real(0);
        int? axis = a.Count == 1 ? null : (int)a[1].Real[0];
        if (axis is null || X.IsScalar || (axis, X.Kind) is (1, Kind.Column) or (2, Kind.Row)) return Value.Scalar(function(X.Real.ToArray()));
        if (X.Kind != Kind.Matrix) return Value.Of(X.Kind, X.Rows, X.Columns, X.Real.ToArray().Select(x => function([x])).ToArray());
        return axis == 1
            ? Value.Row([.. Enumerable.Range(0, X.Columns).Select(j => function(Enumerable.Range(0, X.Rows).Select(i => X.Real[i * X.Columns + j]).ToArray()))])
            : Value.Column([.. Enumerable.Range(0, X.Rows).Select(i => function(X.Real.Slice(i * X.Columns, X.Columns).ToArray()))]);
    }
}
