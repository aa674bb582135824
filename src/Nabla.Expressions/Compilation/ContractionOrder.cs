namespace Nabla.Expressions.Compilation;

/// <summary>The order in which the factors of a contraction are multiplied, two at a time, by dynamic programming over subsets of factors.</summary>
/// <remarks>
/// The estimate of a product is its arithmetic and its memory traffic; a product of two matrices does some five times the arithmetic of
/// other products in the same time. Beyond <see cref="MostExact"/> factors the cheapest pair is taken first.
/// (Pfeifer, Haegeman, Verstraete: Faster identification of optimal contraction sequences, 2014.)
/// </remarks>
internal sealed class ContractionOrder
{
    /// <summary>Up to this many factors the best order is found.</summary>
    public const int MostExact = 8;

    private readonly UInt128[] _labels;
    private readonly UInt128 _result;
    private readonly double[] _sizes;
    private readonly Func<int, int, bool>? _isShared;

    private ContractionOrder(UInt128[] labels, UInt128 result, double[] sizes, Func<int, int, bool>? isShared = null) =>
        (_labels, _result, _sizes, _isShared) = (labels, result, sizes, isShared);

    /// <summary>The pairs to multiply, in order: factors are numbered 0, 1, ... and products go on from there.</summary>
    /// <param name="labels">The labels of every factor, as sets of bits.</param>
    /// <param name="result">The labels of the result.</param>
    /// <param name="sizes">The size of every label.</param>
    /// <param name="isShared">Whether the product of two factors is needed elsewhere too, so that it costs half.</param>
    public static List<(int A, int B)> Find(UInt128[] labels, UInt128 result, double[] sizes, Func<int, int, bool>? isShared = null)
    {
        var order = new ContractionOrder(labels, result, sizes, isShared);
        return labels.Length <= 1 ? [] : labels.Length <= MostExact ? order.Exact() : order.Greedy();
    }

    /// <summary>The estimated cost of the naive order, from left to right.</summary>
    public static double CostFromLeft(UInt128[] labels, UInt128 result, double[] sizes)
    {
        var order = new ContractionOrder(labels, result, sizes);
        double cost = 0;
        var left = labels[0];
        for (int i = 1; i < labels.Length; i++)
        {
            cost += order.Size(left | labels[i]);
            var outside = result;
            for (int j = i + 1; j < labels.Length; j++) outside |= labels[j];
            left = (left | labels[i]) & outside;
        }
        return 2 * cost;
    }

    private double Size(UInt128 labels)
    {
        double size = 1;
        for (int l = 0; l < _sizes.Length; l++) if ((labels >> l & 1) != 0) size *= _sizes[l];
        return size;
    }

    private double Cost(UInt128 a, UInt128 b, UInt128 kept)
    {
        var all = a | b;
        double work = Size(all), output = Size(kept);
        var summed = all & ~kept;
        bool isProduct = summed != 0 && (a & ~b & kept) != 0 && (b & ~a & kept) != 0;
        double time = summed == 0 ? 0.1 * work : isProduct && Size(a & ~b) >= 4 && Size(b & ~a) >= 4 && Size(summed) >= 4 ? 0.06 * work : 0.3 * work;
        return time + 0.3 * output + 0.1 * (Size(a) + Size(b));
    }

    private List<(int A, int B)> Exact()
    {
        int n = _labels.Length, all = (1 << n) - 1;
        var kept = new UInt128[all + 1];
        var cost = new double[all + 1];
        int[] split = new int[all + 1];
        for (int set = 1; set <= all; set++)
        {
            UInt128 inside = 0, outside = _result;
            for (int i = 0; i < n; i++)
                if ((set >> i & 1) != 0) inside |= _labels[i];
                else outside |= _labels[i];
            kept[set] = inside & outside;
            if ((set & (set - 1)) == 0) continue;
            cost[set] = double.PositiveInfinity;
            int lowest = set & -set;
            for (int part = (set - 1) & set; part > 0; part = (part - 1) & set)
            {
                if ((part & lowest) == 0) continue;
                int rest = set & ~part;
                double found = cost[part] + cost[rest];
                if (found >= cost[set]) continue;
                double own = Cost(kept[part], kept[rest], kept[set]);
                bool isPair = (part & (part - 1)) == 0 && (rest & (rest - 1)) == 0;
                found += isPair && _isShared?.Invoke(int.TrailingZeroCount(part), int.TrailingZeroCount(rest)) == true ? own / 2 : own;
                if (found < cost[set]) (cost[set], split[set]) = (found, part);
            }
        }
        var pairs = new List<(int, int)>();
        Collect(all);
        return pairs;

        int Collect(int set)
        {
            if ((set & (set - 1)) == 0) return int.TrailingZeroCount(set);
            int a = Collect(split[set]), b = Collect(set & ~split[set]);
            pairs.Add((a, b));
            return n + pairs.Count - 1;
        }
    }

    private List<(int A, int B)> Greedy()
    {
        var pending = _labels.Select((l, i) => (Labels: l, Number: i)).ToList();
        var pairs = new List<(int, int)>();
        while (pending.Count > 1)
        {
            var (first, second, best, kept) = (0, 1, double.PositiveInfinity, (UInt128)0);
            for (int a = 0; a < pending.Count; a++)
                for (int b = a + 1; b < pending.Count; b++)
                {
                    bool touches = (pending[a].Labels & pending[b].Labels) != 0;
                    if (!touches && best < double.PositiveInfinity) continue;
                    var outside = _result;
                    for (int c = 0; c < pending.Count; c++) if (c != a && c != b) outside |= pending[c].Labels;
                    var left = (pending[a].Labels | pending[b].Labels) & outside;
                    double cost = Cost(pending[a].Labels, pending[b].Labels, left) + (touches ? 0 : 1e300);
                    if (cost < best) (first, second, best, kept) = (a, b, cost, left);
                }
            pairs.Add((pending[first].Number, pending[second].Number));
            pending[first] = (kept, _labels.Length + pairs.Count - 1);
            pending.RemoveAt(second);
        }
        return pairs;
    }
}
