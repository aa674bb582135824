using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Operators;

/// <summary>log Σ exp(xᵢ) of all entries, or down the columns, or along the rows, without overflow.</summary>
/// <remarks>d lse(x) = softmax(x)' dx.</remarks>
internal sealed class LogSumExp : TensorOperator
{
    /// <inheritdoc/>
    public override string Name => "lse";

    /// <inheritdoc/>
    public override (int Least, int Most) Arity => (1, 2);

    /// <inheritdoc/>
    public override string Summary => "log(sum(exp(X))) without overflow; lse(X, 1) down the columns, lse(X, 2) along the rows.";

    /// <inheritdoc/>
    public override string Example => "lse([1, 2, 3]')";

    /// <inheritdoc/>
    public override Shape Infer(ShapeRule rule) => Reduction.Infer(rule, Name);

    /// <inheritdoc/>
    public override Term Define(Definition d) => Reduction.Define(d, this);

    /// <inheritdoc/>
    public override bool IgnoresTransposition => true;

    /// <inheritdoc/>
    public override IReadOnlyList<Dimension> ResultAxes(IReadOnlyList<Dimension> operated) => [];

    /// <inheritdoc/>
    public override string? Differential => "softmax(x)'*dx";

    /// <inheritdoc/>
    public override Node Jacobian(Tensors t, Node x, Node y, int operated) => t.Apply(OperatorTable.Get<Softmax>(), x, operated);

    /// <inheritdoc/>
    public override Value Evaluate(Arguments a) => Reduction.Evaluate(a, Of);

    private static double Of(double[] x)
    {
        double top = x.Length == 0 ? double.NegativeInfinity : x.Max();
        return double.IsInfinity(top) || x.Any(double.IsNaN) ? x.Aggregate(top, (sum, e) => double.IsNaN(e) ? e : sum) : top + Math.Log(x.Sum(e => Math.Exp(e - top)));
    }
}
