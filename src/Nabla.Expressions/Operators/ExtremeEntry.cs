using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Operators;

/// <summary>The largest or the smallest entry: what <c>max(X)</c> and <c>min(X)</c> of one argument stand for.</summary>
/// <remarks>The derivative by x is s/sum(s) with s = 1 + sign(x - y) for the largest, 1 - sign(x - y) for the smallest, and y the value: equal shares where several entries have it.</remarks>
internal abstract class ExtremeEntry : TensorOperator
{
    /// <inheritdoc/>
    public override bool InNotation => false;

    /// <inheritdoc/>
    public override Shape Infer(ShapeRule rule) => Shape.Scalar;

    /// <inheritdoc/>
    public override Term Define(Definition d) => d.ShapeOf(0).IsScalar ? d[0] : base.Define(d);

    /// <inheritdoc/>
    public override bool IgnoresTransposition => true;

    /// <inheritdoc/>
    public override IReadOnlyList<Dimension> ResultAxes(IReadOnlyList<Dimension> operated) => [];

    /// <inheritdoc/>
    public override string? Differential => $"s = 1 {(IsLargest ? '+' : '-')} sign(x - {Name}(x)); s'*dx/sum(s)";

    /// <inheritdoc/>
    public override Node Jacobian(Tensors t, Node x, Node y, int operated)
    {
        string ij = Axes(operated);
        var one = t.Constant(1, x.Axes);
        var behind = t.Add(Closed.Of(t, x), t.Scale(-1, t.Einsum($"...,...{ij}->...{ij}", y, one)));
        var s = t.Add(one, t.Scale(IsLargest ? 1 : -1, t.Map(OperatorTable.Get<Signum>(), behind)));
        return t.Einsum($"...{ij},...->...{ij}", s, t.Power(t.Einsum($"...{ij}->...", s), -1));
    }

    /// <inheritdoc/>
    public override Sign SignOf(Sign x) => x;

    /// <inheritdoc/>
    public override Value Evaluate(Arguments a)
    {
        double[] x = a.Real(0).Real.ToArray();
        if (x.Length == 0) throw a.Error(ErrorCode.Domain, $"{Name} needs at least one entry, but its argument is empty.");
        double extreme = x.Aggregate(IsLargest ? Math.Max : Math.Min);
        if (x.Count(e => e == extreme) > 1) a.HitKink();
        return Value.Scalar(extreme);
    }

    /// <summary>Whether the largest is meant.</summary>
    protected abstract bool IsLargest { get; }
}
