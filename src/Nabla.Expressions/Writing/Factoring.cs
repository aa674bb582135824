using Nabla.Expressions.Core;

namespace Nabla.Expressions.Writing;

/// <summary>Takes a factor that several terms of a sum share out of them: <c>A*x + B*x = (A + B)*x</c>, <c>u.*v + u.*w = u.*(v + w)</c>.</summary>
internal static class Factoring
{
    /// <summary>The sums in which one common factor is taken out, the most shared factor first.</summary>
    public static IEnumerable<Node> Candidates(Tensors t, AddNode sum)
    {
        var groups = new Dictionary<(Node, Coefficient, string), List<(int Term, int Factor)>>();
        for (int i = 0; i < sum.Terms.Count; i++)
        {
            var seen = new HashSet<(Node, Coefficient, string)>();
            var (factors, result) = Parts(sum.Terms[i].Node);
            for (int k = 0; k < factors.Count; k++)
            {
                if (Role(factors, result, k) is not { } role || !seen.Add((factors[k].Operand, factors[k].Exponent, role))) continue;
                var key = (factors[k].Operand, factors[k].Exponent, role);
                if (!groups.TryGetValue(key, out var list)) groups[key] = list = [];
                list.Add((i, k));
            }
        }
        if (Diagonals(t, sum) is { } diagonal) yield return diagonal;
        foreach (var (key, members) in groups.Where(g => g.Value.Count > 1).OrderByDescending(g => g.Value.Count).ThenBy(g => g.Key.Item1.Id))
            if (TakeOut(t, sum, members) is { } candidate) yield return candidate;
    }

    private static (IReadOnlyList<Factor> Factors, IReadOnlyList<int> Result) Parts(Node node) =>
        node is ContractNode c ? (c.Factors, c.Result) : ([new(node, [.. Enumerable.Range(0, node.Order)], 1)], [.. Enumerable.Range(0, node.Order)]);

    // How a factor sits in its term: which of its axes are results, which are summed, and which results only it bears.
    private static string? Role(IReadOnlyList<Factor> factors, IReadOnlyList<int> result, int k)
    {
        var f = factors[k];
        if (f.Operand.Order > 2) return null;
        var text = new System.Text.StringBuilder();
        int summed = 0;
        bool delta = result.Count == 2 && result[0] == result[1];
        foreach (int l in f.Labels)
        {
            int place = Place(result, l);
            if (place < 0) { text.Append('s').Append(f.Labels.Take(Array.IndexOf(f.Labels, l)).Count()); summed++; }
            else
            {
                bool shared = Enumerable.Range(0, factors.Count).Any(j => j != k && factors[j].Labels.Contains(l));
                text.Append(delta ? 'd' : 'r').Append(place).Append(shared ? '+' : '-');
            }
        }
        int own = result.Distinct().Count(l => f.Labels.Contains(l) && !Enumerable.Range(0, factors.Count).Any(j => j != k && factors[j].Labels.Contains(l)));
        int rest = result.Distinct().Count() - own + f.Labels.Where(l => Place(result, l) < 0).Distinct().Count();
        return rest > 2 || (delta && summed > 0) ? null : text.ToString();
    }

    private static int Place(IReadOnlyList<int> result, int label)
    {
        for (int i = 0; i < result.Count; i++) if (result[i] == label) return i;
        return -1;
    }

    private static Node? TakeOut(Tensors t, AddNode sum, List<(int Term, int Factor)> members)
    {
        var rests = new List<(Coefficient, Node)>();
        Factor common = default;
        int[] commonPlaces = [];
        bool[] kept = [];
        foreach (var (term, factor) in members)
        {
            var (coefficient, node) = sum.Terms[term];
            var (factors, result) = Parts(node);
            var f = factors[factor];
            bool Shared(int l) => Enumerable.Range(0, factors.Count).Any(j => j != factor && factors[j].Labels.Contains(l));
            var c = new Contraction(t);
            var labels = new Dictionary<int, int>();
            int Label(int l)
            {
                if (!labels.TryGetValue(l, out int label)) labels[l] = label = c.Label(SizeOf(node, l));
                return label;
            }
            for (int j = 0; j < factors.Count; j++)
                if (j != factor) c.Multiply(factors[j].Operand, Array.ConvertAll(factors[j].Labels, Label), factors[j].Exponent);
            // The rest keeps the results that it bears (or that nobody bears), then the labels over which it meets the factor.
            var own = result.Select(l => f.Labels.Contains(l) && !Shared(l)).ToArray();
            var meeting = f.Labels.Where(l => Place(result, l) < 0).Distinct().ToArray();
            rests.Add((coefficient, c.Build([.. result.Where((_, a) => !own[a]).Select(Label), .. meeting.Select(Label)])));
            (common, kept) = (f, [.. own.Select(o => !o)]);
            commonPlaces = [.. f.Labels.Select(l => Place(result, l) is >= 0 and var p ? p : -1 - Array.IndexOf(meeting, l))];
        }
        var axes = rests[0].Item2.Axes;
        var rest = t.Sum(rests, axes);
        if (rest is AddNode { IsZero: true }) return null;
        // factor times rest, with the rest closed.
        var product = new Contraction(t);
        var (wholeFactors, wholeResult) = Parts(sum.Terms[members[0].Term].Node);
        var resultLabels = new int[sum.Order];
        // A scalar may be common to diagonal terms and others.
        bool diagonal = sum.Order == 2 && wholeResult[1] == wholeResult[0] && commonPlaces.Any(p => p >= 0);
        for (int a = 0; a < sum.Order; a++)
            resultLabels[a] = a == 1 && diagonal ? resultLabels[0] : product.Label(sum.Axes[a]);
        int meetings = commonPlaces.Where(p => p < 0).Distinct().Count();
        var meetingLabels = new int[meetings];
        for (int m = 0; m < meetings; m++) meetingLabels[m] = product.Label(axes[axes.Count - meetings + m]);
        product.Multiply(common.Operand, [.. commonPlaces.Select(p => p >= 0 ? resultLabels[p] : meetingLabels[-1 - p])], common.Exponent);
        product.Multiply(rest, [.. resultLabels.Where((_, a) => kept[a]), .. meetingLabels]);
        var combined = product.BuildClosed(resultLabels);
        var terms = new List<(Coefficient, Node)> { (1, combined) };
        for (int i = 0; i < sum.Terms.Count; i++) if (members.All(m => m.Term != i)) terms.Add(sum.Terms[i]);
        return ReferenceEquals(combined, sum) ? null : t.Sum(terms, sum.Axes);
    }

    private static Notation.Dimension SizeOf(Node node, int label) => node is ContractNode c ? c.Sizes[label] : node.Axes[label];

    // diag(u) + diag(v) = diag(u + v)
    private static Node? Diagonals(Tensors t, AddNode sum)
    {
        if (sum.Order != 2 || sum.Axes[0] != sum.Axes[1]) return null;
        var diagonal = sum.Terms.Where(x => x.Node is ContractNode { HasDelta: true }).ToArray();
        if (diagonal.Length < 2) return null;
        var vectors = t.Sum([.. diagonal.Select(x => (x.Coefficient, t.Diagonal(x.Node)))], [sum.Axes[0]]);
        var product = new Contraction(t);
        int label = product.Label(sum.Axes[0]);
        product.Multiply(vectors, [label]);
        var combined = product.BuildClosed([label, label]);
        return t.Sum([(1, combined), .. sum.Terms.Where(x => x.Node is not ContractNode { HasDelta: true })], sum.Axes);
    }
}
