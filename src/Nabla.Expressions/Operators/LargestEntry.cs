using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Operators;

/// <summary>The largest entry: what <c>max(X)</c> of one argument stands for.</summary>
/// <remarks>The derivative by x is s/sum(s) with s = 1 + sign(x - y) and y the value: equal shares where several entries are largest.</remarks>
internal sealed class LargestEntry : TensorOperator
{
    /// <inheritdoc/>
    public override string Name => "max";

    /// <inheritdoc/>
    public override bool InNotation => false;

    /// <inheritdoc/>
    public override string Summary => "The largest entry.";

    /// <inheritdoc/>
    public override string Example => "max([1 2; 3 4])";

    /// <inheritdoc/>
    public override Shape Infer(ShapeRule rule) => Shape.Scalar;

    /// <inheritdoc/>
    public override Term Define(Definition d) => d.ShapeOf(0).IsScalar ? d[0] : base.Define(d);

    /// <inheritdoc/>
    public override bool IgnoresTransposition => true;

    /// <inheritdoc/>
    public override IReadOnlyList<Dimension> ResultAxes(IReadOnlyList<Dimension> operated) => [];

    /// <inheritdoc/>
    public override string? Differential => "s = 1 + sign(x - max(x)); s'*dx/sum(s)";

    /// <inheritdoc/>
    public override Node Jacobian(Tensors t, Node x, Node y, int operated)
    {
        string ij = Axes(operated);
        var one = t.Constant(1, x.Axes);
        var behind = t.Add(Closed.Of(t, x), t.Scale(-1, t.Einsum($"...,...{ij}->...{ij}", y, one)));
        var s = t.Add(one, t.Map(OperatorTable.Get<Signum>(), behind));
        return t.Einsum($"...{ij},...->...{ij}", s, t.Power(t.Einsum($"...{ij}->...", s), -1));
    }

    /// <inheritdoc/>
    public override Sign SignOf(Sign x) => x;

    /// <inheritdoc/>
    public override Value Evaluate(Arguments a)
    {
        double[] x = a.Real(0).Real.ToArray();
        if (x.Length == 0) throw a.Error(ErrorCode.Domain, "max needs at least one entry, but its argument is empty.");
        double largest = x.Aggregate(Math.Max);
        if (x.Count(e => e == largest) > 1) a.HitKink();
        return Value.Scalar(largest);
    }
}
