using Nabla.Expressions.Core;

namespace Nabla.Expressions.Compilation;

/// <summary>Products of two factors that several contractions hold, as A*v in p'*(A*v) and in A'*(p.*(A*v)): made once, they serve all.</summary>
internal sealed class SharedPairs
{
    private const int MostFactors = ContractionOrder.MostExact;

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly HashSet<string> _shared = new(StringComparer.Ordinal);

    public SharedPairs(IEnumerable<ContractNode> contractions)
    {
        foreach (var c in contractions)
        {
            if (!c.Sums || c.Factors.Count is < 2 or > MostFactors) continue;
            var keys = new HashSet<string>(StringComparer.Ordinal);
            var result = Part.SetOf(c.Result);
            UInt128[] labels = [.. c.Factors.Select(f => Part.SetOf(f.Labels))];
            for (int i = 0; i < labels.Length; i++)
                for (int j = i + 1; j < labels.Length; j++)
                    if (Key(new(c.Factors[i].Operand, null, c.Factors[i].Labels, c.Factors[i].Exponent), new(c.Factors[j].Operand, null, c.Factors[j].Labels, c.Factors[j].Exponent), result, labels) is { } key) keys.Add(key);
            foreach (string key in keys) if (!_seen.Add(key)) _shared.Add(key);
        }
    }

    /// <summary>Whether the product of two factors, summed over all labels that only they bear, is needed elsewhere too.</summary>
    /// <param name="a">The first factor.</param>
    /// <param name="b">The second.</param>
    /// <param name="result">The labels of the result.</param>
    /// <param name="factors">The labels of all factors.</param>
    public bool Contains(IReadOnlyList<Leaf> a, IReadOnlyList<Leaf> b, UInt128 result, IEnumerable<UInt128> factors) =>
        _shared.Count > 0 && a is [var first] && b is [var second] && Key(first, second, result, factors) is { } key && _shared.Contains(key);

    // Null where nothing is summed, or where it is no product of plain matrices and vectors.
    private static string? Key(Leaf a, Leaf b, UInt128 result, IEnumerable<UInt128> factors)
    {
        if (a.Node is null || b.Node is null || !a.Exponent.IsOne || !b.Exponent.IsOne || a.Labels.Length > 2 || b.Labels.Length > 2) return null;
        if (a.Node.Id > b.Node.Id) (a, b) = (b, a);
        int[] common = [.. a.Labels.Intersect(b.Labels)];
        if (common is not [var over] || (result >> over & 1) != 0 || factors.Count(f => (f >> over & 1) != 0) != 2) return null;
        return $"{a.Node.Id}.{Array.IndexOf(a.Labels, over)}*{b.Node.Id}.{Array.IndexOf(b.Labels, over)}";
    }
}
