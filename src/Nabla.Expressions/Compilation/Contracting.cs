using Nabla.Expressions.Core;
using Nabla.Expressions.Operators;

namespace Nabla.Expressions.Compilation;

/// <summary>Multiplies the parts of one contraction, two at a time, each pair by the step that fits it.</summary>
/// <param name="lowering">The plan that is made.</param>
/// <param name="contraction">The contraction.</param>
/// <param name="sizes">The size of every label.</param>
internal sealed class Contracting(Lowering lowering, ContractNode contraction, int[] sizes)
{
    private const int LeastGram = 24;

    /// <summary>The product of two parts, summed over the labels that nothing else bears; null where it was stored at its destination.</summary>
    public Part? Merge(Part a, Part b, UInt128 outside, Destination? to)
    {
        var kept = (a.Labels | b.Labels) & outside;
        if (((a.Labels | b.Labels) & ~kept) == 0) return new([.. a.Leaves, .. b.Leaves], kept, null);
        a = SumOut(a, kept | b.Labels, null)!;
        b = SumOut(b, kept | a.Labels, null)!;
        var summed = a.Labels & b.Labels & ~kept;
        if (summed == 0) return new([.. a.Leaves, .. b.Leaves], kept, null);
        string key = Key(a, b, kept);
        if (lowering.Products.TryGetValue(key, out var known)) return Of(known, Order(key), kept);
        if (Solution(a, b, kept, summed) is { } solved || Solution(b, a, kept, summed) is { } other && (solved = other) is not null) return solved;

        UInt128 rows = a.Labels & ~b.Labels, columns = b.Labels & ~a.Labels, batch = a.Labels & b.Labels & kept;
        bool isSmall = batch != 0 && Size(rows) * Size(columns) < 8;
        Part? made;
        if ((rows == 0 && columns == 0) || isSmall) made = Reduce([.. a.Leaves, .. b.Leaves], kept, summed, to);
        else if (!IsGram(a, b, rows, columns, summed, batch, to, out made)) made = Product(a, b, rows, columns, summed, batch, to);
        if (made is { Leaves: [{ View: { } view, Labels: var labels }] } && to is null) Remember(key, view, labels);
        return made;
    }

    /// <summary>A part, summed over the labels that are not among <paramref name="kept"/>; null where it was stored at its destination.</summary>
    public Part? SumOut(Part part, UInt128 kept, Destination? to)
    {
        var summed = part.Labels & ~kept;
        return summed == 0 ? part : Reduce(part.Leaves, part.Labels & kept, summed, to);
    }

    private double Size(UInt128 labels) => Part.ListOf(labels).Aggregate(1.0, (n, l) => n * sizes[l]);

    private static Part Of(View view, int[] labels, UInt128 kept) => new([new Leaf(null, view, labels, 1)], kept, view.Key);

    // The labels of a product that is asked for again are renumbered by their first appearance: the order of its axes is kept with it.
    private readonly Dictionary<string, int[]> _orders = new(StringComparer.Ordinal);

    private string Key(Part a, Part b, UInt128 kept)
    {
        var numbers = new Dictionary<int, int>();
        string Labels(IEnumerable<int> labels) => string.Join(',', labels.Select(l => numbers.TryGetValue(l, out int n) ? n : numbers[l] = numbers.Count));
        string Of(Leaf l) => $"{(l.Node is { } n ? $"{n.Id}" : l.View!.Key)}^{l.Exponent}({Labels(l.Labels)})";
        var (first, second) = string.CompareOrdinal(a.Key ?? "", b.Key ?? "") <= 0 ? (a, b) : (b, a);
        string text = string.Join('*', first.Leaves.Select(Of)) + "|" + string.Join('*', second.Leaves.Select(Of));
        int[] order = [.. Part.ListOf(kept).OrderBy(l => numbers.GetValueOrDefault(l, int.MaxValue))];
        text += "->" + Labels(order) + (lowering.IsOfFunction(contraction) ? "f" : "");
        _orders[text] = order;
        return text;
    }

    private int[] Order(string key) => _orders[key];

    private void Remember(string key, View view, int[] labels)
    {
        int[] order = _orders[key];
        lowering.Products[key] = new(view.Storage, view.Offset, [.. order.Select(l => sizes[l])], [.. order.Select(l => view.StrideOf(labels, l))]);
    }

    private Part? Reduce(IReadOnlyList<Leaf> leaves, UInt128 kept, UInt128 summed, Destination? to)
    {
        int[] inOrder = [.. leaves.OrderByDescending(l => l.Labels.Length).SelectMany(l => l.Labels).Distinct()];
        int[] result = to?.Labels ?? [.. inOrder.Where(l => (kept >> l & 1) != 0)], over = [.. inOrder.Where(l => (summed >> l & 1) != 0)];
        int[] walk = [.. result, .. over];
        var target = to ?? Fresh(result);
        var fusion = new Fusion(lowering, contraction, Lowering.Roots(contraction, leaves), walk, [.. walk.Select(l => sizes[l])]);
        lowering.Emit(fusion.Sum(leaves, contraction, over.Length, target));
        return to is null ? Of(target.View, result, kept) : null;
    }

    private Destination Fresh(int[] labels) => new(lowering.Temporary([.. labels.Select(l => sizes[l])]), labels, 1, false);

    // The value of a part, as a view with a label for each axis, none twice.
    private (View View, int[] Labels) ValueOf(Part part)
    {
        if (part.Leaves is [{ Exponent.IsOne: true } only])
        {
            var view = only.View ?? lowering.Value(only.Node!);
            int[] distinct = [.. only.Labels.Distinct()];
            return distinct.Length == only.Labels.Length
                ? (view, only.Labels)
                : (new(view.Storage, view.Offset, [.. distinct.Select(l => sizes[l])], [.. distinct.Select(l => view.StrideOf(only.Labels, l))]), distinct);
        }
        int[] labels = [.. part.Leaves.OrderByDescending(l => l.Labels.Length).SelectMany(l => l.Labels).Distinct()];
        var target = Fresh(labels);
        var fusion = new Fusion(lowering, contraction, Lowering.Roots(contraction, part.Leaves), labels, target.View.Sizes);
        lowering.Emit(fusion.Store([(1, part.Leaves, contraction)], target));
        return (target.View, labels);
    }

    // inv(A)*B: one factorisation of A for all its uses, and no inverse.
    private Part? Solution(Part a, Part b, UInt128 kept, UInt128 summed)
    {
        if (a.Leaves is not [{ Node: ApplyNode { Function: Inverse, Batch: 0 } inverse, Exponent.IsOne: true } leaf] || lowering.IsNeededDense(inverse)) return null;
        if (UInt128.PopCount(summed) != 1 || leaf.Labels[0] == leaf.Labels[1]) return null;
        int over = Part.ListOf(summed)[0], free = leaf.Labels[0] == over ? leaf.Labels[1] : leaf.Labels[0];
        if ((b.Labels >> free & 1) != 0 || (kept >> free & 1) == 0) return null;
        var (right, labels) = ValueOf(b);
        int[] order = [over, .. labels.Where(l => l != over)];
        var target = lowering.Temporary([.. order.Select(l => sizes[l])]);
        lowering.Copy(new(right.Storage, right.Offset, target.Sizes, [.. order.Select(l => right.StrideOf(labels, l))]), target, 1, false);
        lowering.Emit(new SolveStep(lowering.Factors(inverse.Argument), target, transposed: leaf.Labels[0] == over));
        order[0] = free;
        return Of(target, order, kept);
    }

    // X'*diag(d)*X: symmetric, so that half of it is computed.
    private bool IsGram(Part a, Part b, UInt128 rows, UInt128 columns, UInt128 summed, UInt128 batch, Destination? to, out Part? made)
    {
        made = null;
        if (batch != 0 || UInt128.PopCount(rows) != 1 || UInt128.PopCount(columns) != 1 || UInt128.PopCount(summed) != 1) return false;
        int i = Part.ListOf(rows)[0], j = Part.ListOf(columns)[0], k = Part.ListOf(summed)[0];
        if (sizes[i] < LeastGram || sizes[i] != sizes[j]) return false;
        if (Split(a, i, k) is not var (x, weights) || Split(b, j, k) is not var (y, others)) return false;
        if (!ReferenceEquals(x.Node, y.Node) || x.Node is null || Array.IndexOf(x.Labels, k) != Array.IndexOf(y.Labels, k)) return false;
        if (to is not null && to.View.StrideOf(to.Labels, j) != 1 && to.View.StrideOf(to.Labels, i) != 1) return false;
        var (matrix, labels) = ValueOf(new([x], rows | summed, null));
        Leaf[] all = [.. weights, .. others];
        var diagonal = all.Length == 0 ? null : lowering.Contiguous(ValueOf(new(all, summed, null)).View);
        var target = to ?? Fresh([i, j]);
        long leading = Math.Max(target.View.StrideOf(target.Labels, i), target.View.StrideOf(target.Labels, j));
        lowering.Emit(new GramStep(sizes[i], sizes[k], new(matrix.Storage, matrix.Offset, [matrix.StrideOf(labels, k), matrix.StrideOf(labels, i)]), diagonal,
            target.View.Storage, target.View.Offset, leading, target.Factor, target.Adds));
        made = to is null ? Of(target.View, target.Labels, rows | columns) : null;
        return true;
    }

    private static (Leaf Matrix, Leaf[] Weights)? Split(Part part, int free, int summed)
    {
        var matrices = part.Leaves.Where(l => l.Labels.Length == 2 && l.Exponent.IsOne && l.Labels.Contains(free) && l.Labels.Contains(summed)).ToArray();
        if (matrices.Length != 1) return null;
        Leaf[] rest = [.. part.Leaves.Where(l => !ReferenceEquals(l, matrices[0]))];
        return Array.TrueForAll(rest, l => l.Labels is [var only] && only == summed) ? (matrices[0], rest) : null;
    }

    private Part? Product(Part a, Part b, UInt128 rows, UInt128 columns, UInt128 summed, UInt128 batch, Destination? to)
    {
        var (va, la) = ValueOf(a);
        var (vb, lb) = ValueOf(b);
        long A(int l) => va.StrideOf(la, l);
        long B(int l) => vb.StrideOf(lb, l);
        int[] m = [.. Part.ListOf(rows).OrderByDescending(A)], n = [.. Part.ListOf(columns).OrderByDescending(B)], k = [.. Part.ListOf(summed).OrderByDescending(A)], over = Part.ListOf(batch);
        var target = to ?? Fresh([.. over, .. m, .. n]);
        long C(int l) => target.View.StrideOf(target.Labels, l);
        var (mRun, mRest) = Run(m, A, C, false);
        // The kernels want neighbours in C along the columns: of a new value, the innermost label is among them.
        var (nRun, nRest) = Run(n, B, C, to is null);
        var (kRun, kRest) = Run(k, A, B, false);
        bool fits = mRun.Size <= 1 || nRun.Size <= 1 || mRun.Of(C) == 1 || nRun.Of(C) == 1;
        if (!fits)
        {
            var made = Product(a, b, rows, columns, summed, batch, null)!;
            lowering.Copy(Permuted(made.Leaves[0], target.Labels), target.View, target.Factor, target.Adds);
            return null;
        }
        bool adds = target.Adds;
        if (kRest.Length > 0 && !adds)
        {
            lowering.Clear(target.View);
            adds = true;
        }
        int[] outer = [.. over, .. mRest, .. nRest, .. kRest];
        lowering.Emit(new ProductStep(
            mRun.Size, nRun.Size, kRun.Size,
            new(va.Storage, va.Offset, [mRun.Of(A), kRun.Of(A), .. outer.Select(A)]),
            new(vb.Storage, vb.Offset, [kRun.Of(B), nRun.Of(B), .. outer.Select(B)]),
            new(target.View.Storage, target.View.Offset, [mRun.Of(C), nRun.Of(C), .. outer.Select(C)]),
            [.. outer.Select(l => sizes[l])], target.Factor, adds));
        return to is null ? Of(target.View, target.Labels, rows | columns | batch) : null;
    }

    private View Permuted(Leaf leaf, int[] labels) => new(leaf.View!.Storage, leaf.View.Offset, [.. labels.Select(l => sizes[l])], [.. labels.Select(l => leaf.View.StrideOf(leaf.Labels, l))]);

    // The longest run of labels that are one axis in both operands; the others become loops.
    private (LabelRun Run, int[] Others) Run(int[] labels, Func<int, long> first, Func<int, long> second, bool innermost)
    {
        if (labels.Length == 0) return (new(-1, 1), []);
        var (from, to, best) = (0, 1, 0L);
        for (int start = 0; start < labels.Length; start++)
        {
            long size = sizes[labels[start]];
            int end = start + 1;
            for (; end < labels.Length && Joins(labels[end - 1], labels[end]); end++) size *= sizes[labels[end]];
            if (size > best && (!innermost || end == labels.Length)) (from, to, best) = (start, end, size);
        }
        return (new(labels[to - 1], (int)best), [.. labels[..from], .. labels[to..]]);

        bool Joins(int outer, int inner) => first(outer) == first(inner) * sizes[inner] && second(outer) == second(inner) * sizes[inner];
    }
}
