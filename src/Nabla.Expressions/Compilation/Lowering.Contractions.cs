using Nabla.Expressions.Core;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Operators;

namespace Nabla.Expressions.Compilation;

/// <content>Contractions: selectors become views, factors are multiplied two at a time.</content>
internal sealed partial class Lowering
{
    private const int MostLabels = 120;

    /// <summary>Products of two factors that were made, by what they are products of.</summary>
    internal Dictionary<string, View> Products { get; } = new(StringComparer.Ordinal);

    private void ContractInto(ContractNode c, View target, double factor, bool adds)
    {
        if (c.Sizes.Count > MostLabels) throw new NablaException(ErrorCode.Limit, $"A product has {c.Sizes.Count} indices, but a plan takes at most {MostLabels}.");
        var (leaves, substitutions, sizes) = Opened(c, c.Factors);
        var (place, labels) = Resolve(target, [.. c.Result], substitutions, sizes);
        bool isPartial = place.Count < target.Count || labels.Length < c.Result.Count;
        if (isPartial && !adds) Clear(target);
        var borne = Part.SetOf(leaves.SelectMany(l => l.Labels));
        for (int l = 0; l < sizes.Length; l++)
            if ((borne >> l & 1) == 0 && !labels.Contains(l) && !substitutions.ContainsKey(l)) factor *= sizes[l];
        Contract(c, leaves, sizes, new(place, labels, factor, adds));
    }

    // Factors of a contraction as leaves: selectors among them become views of the others.
    private (List<Leaf> Leaves, Dictionary<int, Substitution> Substitutions, int[] Sizes) Opened(ContractNode c, IReadOnlyList<Factor> factors)
    {
        var substitutions = new Dictionary<int, Substitution>();
        var leaves = new List<Leaf>();
        foreach (var f in factors)
            if (!Substitution.Take(f, substitutions, PlaceOf, e => e.Parts.Take(e.Part).Sum(SizeOf))) leaves.Add(new(f.Operand, null, f.Labels, f.Exponent));
        int[] sizes = [.. c.Sizes.Select(s => (int)SizeOf(s))];
        return (substitutions.Count > 0 ? [.. leaves.Select(l => Resolved(l, substitutions, sizes))] : leaves, substitutions, sizes);
    }

    private void Contract(ContractNode c, List<Leaf> leaves, int[] sizes, Destination to)
    {
        var result = Part.SetOf(to.Labels);
        var parts = leaves.Where(l => l.Labels.Length > 0).Select(l => new Part([l], Part.SetOf(l.Labels), KeyOf(l))).ToList();
        var scalars = leaves.Where(l => l.Labels.Length == 0).ToList();
        double[] exact = [.. sizes.Select(s => (double)s)];
        double Size(UInt128 labels) => Part.ListOf(labels).Aggregate(1.0, (n, l) => n * exact[l]);
        bool sums = parts.Aggregate((UInt128)0, (all, p) => all | p.Labels) is var borne && (borne & ~result) != 0;
        if (!sums)
        {
            StoreProduct(c, leaves, sizes, to);
            return;
        }
        // Scalar factors go where they cost least: to the smallest factor, or to the result.
        int smallest = Enumerable.Range(0, parts.Count).MinBy(i => Size(parts[i].Labels));
        bool atTheEnd = scalars.Count > 0 && Size(result & borne) <= Size(parts[smallest].Labels);
        if (scalars.Count > 0 && !atTheEnd) parts[smallest] = new([.. parts[smallest].Leaves, .. scalars], parts[smallest].Labels, null);

        var context = new Contracting(this, c, sizes);
        UInt128[] masks = [.. parts.Select(p => p.Labels)];
        if (parts.Count > 1) NaiveOperations += ContractionOrder.CostFromLeft(masks, result, exact);
        var order = ContractionOrder.Find(masks, result, exact, (a, b) => _sharedPairs.Contains(parts[a].Leaves, parts[b].Leaves, result, parts.Select(p => p.Labels)));
        // Where a label of the result is borne by no factor, or scalars remain, the product is made first and then spread.
        var direct = atTheEnd || (result & ~borne) != 0 ? null : to;
        for (int step = 0; step < order.Count; step++)
        {
            var (a, b) = order[step];
            var outside = result;
            for (int i = 0; i < parts.Count; i++) if (i != a && i != b && parts[i].Labels != 0) outside |= parts[i].Labels;
            var merged = context.Merge(parts[a], parts[b], outside, step == order.Count - 1 ? direct : null);
            if (merged is null) return;
            parts[a] = parts[a] with { Labels = 0 };
            parts[b] = parts[b] with { Labels = 0 };
            parts.Add(merged);
        }
        var last = context.SumOut(parts[^1], result, direct);
        if (last is not null) StoreProduct(c, atTheEnd ? [.. last.Leaves, .. scalars] : [.. last.Leaves], sizes, to);
    }

    private void StoreProduct(ContractNode c, List<Leaf> leaves, int[] sizes, Destination to)
    {
        int[] walk = [.. to.Labels.Select(l => sizes[l])];
        Emit(new Fusion(this, c, Roots(c, leaves), to.Labels, walk).Store([(1, leaves, c)], to));
    }

    /// <summary>The factors of a contraction that may be taken into a tape: those that stand in it once.</summary>
    internal static IEnumerable<Node> Roots(ContractNode c, IEnumerable<Leaf> leaves) =>
        leaves.Where(l => l.Node is not null && c.Factors.Count(f => ReferenceEquals(f.Operand, l.Node)) == 1).Select(l => l.Node!);

    private static string KeyOf(Leaf leaf) => leaf.Node is { } n ? $"{n.Id}^{leaf.Exponent}" : $"{leaf.View!.Key}^{leaf.Exponent}";

    private Leaf Resolved(Leaf leaf, Dictionary<int, Substitution> substitutions, int[] sizes)
    {
        if (!leaf.Labels.Any(substitutions.ContainsKey)) return leaf;
        var (view, labels) = Resolve(Value(leaf.Node!), leaf.Labels, substitutions, sizes);
        return new(null, view, labels, leaf.Exponent);
    }

    // A view along the labels that are left when selectors are put in; a label that stands twice is a diagonal.
    private static (View View, int[] Labels) Resolve(View view, int[] labels, Dictionary<int, Substitution> substitutions, int[] sizes)
    {
        if (substitutions.Count == 0 && labels.Distinct().Count() == labels.Length) return (view, labels);
        long offset = view.Offset;
        var (list, lengths, strides) = (new List<int>(), new List<int>(), new List<long>());
        for (int a = 0; a < labels.Length; a++) Add(labels[a], view.Sizes[a], view.Strides[a]);
        return (new(view.Storage, offset, [.. lengths], [.. strides]), [.. list]);

        void Add(int label, int size, long stride)
        {
            if (substitutions.TryGetValue(label, out var s))
            {
                offset += s.Offset * stride;
                if (s.Slow < 0) return;
                if (s.Fast < 0)
                {
                    Add(s.Slow, -1, stride);
                    return;
                }
                Add(s.Slow, -1, stride * Length(s.Fast));
                Add(s.Fast, -1, stride);
                return;
            }
            if (size < 0) size = Length(label);
            int at = list.IndexOf(label);
            if (at >= 0) strides[at] += stride;
            else
            {
                list.Add(label);
                lengths.Add(size);
                strides.Add(stride);
            }
        }

        int Length(int label) => sizes[label];
    }
}
