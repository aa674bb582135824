using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Core;

/// <summary>Brings the labels and factors of a contraction into canonical form, so that renamings of summed labels are one node.</summary>
/// <remarks>
/// Colour refinement over the graph of labels and factors; where colours tie, each tied label in turn is set apart and the smallest key
/// is taken. Beyond a small number of attempts the first is taken: still right, only not canonical.
/// </remarks>
internal static class Labelling
{
    private const int MaxAttempts = 48;

    /// <summary>The canonical node (not yet interned). Labels of <paramref name="factors"/> and <paramref name="result"/> are arbitrary numbers.</summary>
    public static ContractNode Canonical(List<Factor> factors, int[] result, Func<int, Dimension> sizeOf)
    {
        var number = new Dictionary<int, int>();
        foreach (int l in result) number.TryAdd(l, number.Count);
        int results = number.Count;
        foreach (var f in factors) foreach (int l in f.Labels) number.TryAdd(l, number.Count);
        int count = number.Count;
        var sizes = new Dimension[count];
        foreach (var (label, n) in number) sizes[n] = sizeOf(label);
        var local = new Factor[factors.Count];
        for (int i = 0; i < local.Length; i++) local[i] = factors[i] with { Labels = Array.ConvertAll(factors[i].Labels, l => number[l]) };

        var colours = new long[count];
        for (int l = 0; l < count; l++) colours[l] = l < results ? l + 1 : -1;
        int attempts = 0;
        var (best, permutation) = count - results <= 1
            ? (Renamed(local, Identity(count)), Identity(count))
            : Search(local, colours, results, ref attempts);
        var canonicalSizes = new Dimension[count];
        for (int l = 0; l < count; l++) canonicalSizes[permutation[l]] = sizes[l];
        return new ContractNode(best, Array.ConvertAll(result, l => permutation[number[l]]), canonicalSizes);
    }

    private static int[] Identity(int count) => [.. Enumerable.Range(0, count)];

    private static (Factor[] Factors, int[] Permutation) Search(Factor[] factors, long[] colours, int results, ref int attempts)
    {
        Refine(factors, colours);
        int count = colours.Length;
        var order = Identity(count);
        Array.Sort(order, results, count - results, Comparer<int>.Create((a, b) => colours[a] != colours[b] ? colours[a].CompareTo(colours[b]) : a.CompareTo(b)));
        int tie = -1;
        for (int i = results; i + 1 < count && tie < 0; i++) if (colours[order[i]] == colours[order[i + 1]]) tie = i;
        if (tie < 0 || attempts >= MaxAttempts)
        {
            attempts++;
            var permutation = new int[count];
            for (int i = 0; i < count; i++) permutation[order[i]] = i;
            return (Renamed(factors, permutation), permutation);
        }
        (Factor[] Factors, int[] Permutation)? best = null;
        for (int i = tie; i < count && colours[order[i]] == colours[order[tie]] && (best is null || attempts < MaxAttempts); i++)
        {
            long[] apart = [.. colours];
            apart[order[i]] = Mix(apart[order[i]], 77);
            var candidate = Search(factors, apart, results, ref attempts);
            if (best is null || Compare(candidate.Factors, best.Value.Factors) < 0) best = candidate;
        }
        return best!.Value;
    }

    private static void Refine(Factor[] factors, long[] colours)
    {
        int distinct = Distinct(colours);
        var next = new long[colours.Length];
        for (int round = 0; round < colours.Length && distinct < colours.Length; round++)
        {
            Array.Clear(next);
            foreach (var f in factors)
            {
                long key = Mix(f.Operand.Id, ExponentKey(f.Exponent));
                bool symmetric = Signs.IsSymmetric(f.Operand);
                long all = key;
                for (int p = 0; p < f.Labels.Length; p++)
                    all = symmetric ? all + Mix(colours[f.Labels[p]], 5) : Mix(all, Mix(colours[f.Labels[p]], p + 11));
                for (int p = 0; p < f.Labels.Length; p++)
                    next[f.Labels[p]] += Mix(all, symmetric ? 3 : p + 31);
            }
            for (int l = 0; l < colours.Length; l++) next[l] = Mix(colours[l], next[l]);
            int now = Distinct(next);
            if (now == distinct) break;
            Array.Copy(next, colours, next.Length);
            distinct = now;
        }
    }

    private static int Distinct(long[] colours) => new HashSet<long>(colours).Count;

    private static Factor[] Renamed(Factor[] factors, int[] permutation)
    {
        var renamed = new Factor[factors.Length];
        for (int i = 0; i < renamed.Length; i++)
        {
            int[] labels = Array.ConvertAll(factors[i].Labels, l => permutation[l]);
            if (labels.Length == 2 && labels[0] > labels[1] && Signs.IsSymmetric(factors[i].Operand)) Array.Reverse(labels);
            renamed[i] = factors[i] with { Labels = labels };
        }
        Array.Sort(renamed, Compare);
        return renamed;
    }

    private static int Compare(Factor[] a, Factor[] b)
    {
        for (int i = 0; i < a.Length; i++) if (Compare(a[i], b[i]) is var c and not 0) return c;
        return 0;
    }

    private static int Compare(Factor a, Factor b)
    {
        if (a.Operand.Id != b.Operand.Id) return a.Operand.Id.CompareTo(b.Operand.Id);
        if (a.Exponent.CompareTo(b.Exponent) is var c and not 0) return c;
        for (int i = 0; i < a.Labels.Length; i++) if (a.Labels[i] != b.Labels[i]) return a.Labels[i].CompareTo(b.Labels[i]);
        return 0;
    }

    private static long ExponentKey(Coefficient e) => e.IsOne ? 1 : Mix((long)(e.ToDouble() * 5040), 13);

    // A fixed mixing function: the order of labels must not differ from run to run.
    private static long Mix(long a, long b)
    {
        unchecked
        {
            ulong x = (ulong)a * 0x9E3779B97F4A7C15UL + (ulong)b;
            x ^= x >> 29;
            x *= 0xBF58476D1CE4E5B9UL;
            x ^= x >> 32;
            return (long)(x & 0x7FFFFFFFFFFFFFFFUL);
        }
    }
}
