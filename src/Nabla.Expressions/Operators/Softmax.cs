using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Operators;

/// <summary>exp(x) / Σ exp(xᵢ) over all entries, or over each column, or over each row.</summary>
/// <remarks>dy = (diag(y) - y y') dx.</remarks>
internal sealed class Softmax : TensorOperator
{
    /// <inheritdoc/>
    public override string Name => "softmax";

    /// <inheritdoc/>
    public override (int Least, int Most) Arity => (1, 2);

    /// <inheritdoc/>
    public override string Summary => "exp(X)/sum(exp(X)) without overflow; softmax(X, 1) of each column, softmax(X, 2) of each row.";

    /// <inheritdoc/>
    public override string Example => "softmax([1 2; 3 4], 2)";

    /// <inheritdoc/>
    public override Shape Infer(ShapeRule rule)
    {
        Reduction.Axis(rule, Name);
        return rule[0].IsScalar ? throw rule.Error($"{Name} takes a vector or a matrix, but {rule.Describe(0)}.") : rule[0];
    }

    /// <inheritdoc/>
    public override Term Define(Definition d)
    {
        var X = d.ShapeOf(0);
        return (Reduction.Axis(d), X.Kind) switch
        {
            (1, Kind.Row) or (2, Kind.Column) => d.Ones(X),
            (1, Kind.Matrix) => d.Einsum("ij->ji", d.Apply(this, d.Einsum("ij->ji", d[0]), 1)),
            (2, Kind.Matrix) => d.Apply(this, d[0], 1),
            _ => d.Apply(this, d[0], X.Axes.Count),
        };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Dimension> ResultAxes(IReadOnlyList<Dimension> operated) => operated;

    /// <inheritdoc/>
    public override string? Differential => "s = softmax(x); (diag(s) - s*s')*dx";

    /// <inheritdoc/>
    public override Node Jacobian(Tensors t, Node x, Node y, int operated)
    {
        var (ij, kl) = (Axes(operated), OtherAxes(operated));
        return t.Add(t.Einsum($"...{ij}->...{ij}{ij}", y), t.Scale(-1, t.Einsum($"...{ij},...{kl}->...{ij}{kl}", y, y)));
    }

    /// <inheritdoc/>
    public override Sign SignOf(Sign x) => Sign.Positive;

    /// <inheritdoc/>
    public override Value Evaluate(Arguments a)
    {
        var X = a.Real(0);
        int? axis = a.Count == 1 ? null : (int)a[1].Real[0];
        int Group(int i, int j) => axis switch { null => 0, 1 => j, _ => i };
        double[] top = new double[Math.Max(X.Rows, X.Columns) + 1], sum = new double[top.Length];
        Array.Fill(top, double.NegativeInfinity);
        for (int i = 0; i < X.Rows; i++)
            for (int j = 0; j < X.Columns; j++) top[Group(i, j)] = Math.Max(top[Group(i, j)], X.Real[i * X.Columns + j]);
        double Shifted(int i, int j) => Math.Exp(X.Real[i * X.Columns + j] - top[Group(i, j)]);
        for (int i = 0; i < X.Rows; i++)
            for (int j = 0; j < X.Columns; j++) sum[Group(i, j)] += Shifted(i, j);
        return Value.Of(X.Kind, X.Rows, X.Columns, (i, j) => Shifted(i, j) / sum[Group(i, j)]);
    }
}
