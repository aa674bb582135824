using Nabla.Expressions.Core;

namespace Nabla.Expressions.Compilation;

/// <content>Sums of products under roots, logarithms and fraction bars, which may be within the range of the type where the sums are not.</content>
internal sealed partial class Lowering
{
    private readonly HashSet<(Node Sums, double Power)> _inRange = [];

    /// <summary>The value of a sum of products, after a look at its range.</summary>
    /// <param name="sums">The sum.</param>
    /// <param name="power">The power that is taken of it.</param>
    public View InRange(Node sums, double power)
    {
        var view = Value(sums);
        if (!_inRange.Add((sums, Math.Abs(power)))) return view;
        var roots = new List<ReductionStep>();
        Emit(new RangeStep(Contiguous(view), power, CountNonzero(sums, roots) ? roots : null));
        return view;
    }

    // A sum of squares that is zero has underflowed unless what is squared is zero: the steps that count where it is not. They run for a sum that is zero only.
    private bool CountNonzero(Node squares, List<ReductionStep> counts)
    {
        if (squares is AddNode { IsZero: false } sum) return sum.Terms.All(t => t.Coefficient.Sign > 0 && CountNonzero(t.Node, counts));
        if (squares is not ContractNode c || Squares.Roots(c) is not { } roots) return false;
        var (leaves, substitutions, sizes) = Opened(c, roots);
        if (substitutions.Count > 0 && c.Order > 0 || c.Result.Distinct().Count() < c.Order) return false;
        int[] summed = [.. leaves.SelectMany(l => l.Labels).Distinct().Where(l => !c.Result.Contains(l))], walk = [.. c.Result, .. summed];
        var target = Temporary([.. c.Result.Select(l => sizes[l])]);
        counts.Add(new Fusion(this, c, Roots(c, leaves), walk, [.. walk.Select(l => sizes[l])]).CountNonzero(leaves, summed.Length, new(target, [.. c.Result], 1, false)));
        return true;
    }
}
