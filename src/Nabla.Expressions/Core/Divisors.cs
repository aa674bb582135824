namespace Nabla.Expressions.Core;

/// <summary>A product that stands both open and, to a negative power, closed: <c>W*H ./ (W*H).^2 = 1 ./ (W*H)</c>.</summary>
internal static class Divisors
{
    private const int MaxFactors = 5;

    /// <summary>Puts the factors of one closed divisor that also stand open into its power, if there are such.</summary>
    public static bool Apply(Contraction c)
    {
        for (int i = 0; i < c.Factors.Count; i++)
        {
            var divisor = c.Factors[i];
            if (divisor is not { Operand: ContractNode { Sums: true, HasDelta: false } product, Exponent: { IsInteger: true, Sign: < 0 } }) continue;
            // x/x is 1 only where x is not zero: one power of the divisor must remain.
            if (product.Factors.Count > MaxFactors || product.Order == 0 || (divisor.Exponent == -1 && !Signs.IsNonzero(product))) continue;
            var labels = new int[product.Sizes.Count];
            Array.Fill(labels, -1);
            for (int a = 0; a < product.Result.Count; a++) labels[product.Result[a]] = divisor.Labels[a];
            var used = new HashSet<int>();
            if (!Match(c, product, 0, labels, used) || !AreOwn(c, product, labels, used)) continue;
            c.Raise(i, 1, used, labels.AsSpan(product.ResultLabels));
            return true;
        }
        return false;
    }

    private static bool Match(Contraction c, ContractNode product, int k, int[] labels, HashSet<int> used)
    {
        if (k == product.Factors.Count) return true;
        var wanted = product.Factors[k];
        for (int j = 0; j < c.Factors.Count; j++)
        {
            var f = c.Factors[j];
            if (used.Contains(j) || !ReferenceEquals(f.Operand, wanted.Operand) || f.Exponent != wanted.Exponent) continue;
            int[] before = [.. labels];
            bool fits = true;
            for (int a = 0; a < wanted.Labels.Length && fits; a++)
            {
                ref int label = ref labels[wanted.Labels[a]];
                if (label < 0) label = f.Labels[a];
                fits = label == f.Labels[a];
            }
            if (fits)
            {
                used.Add(j);
                if (Match(c, product, k + 1, labels, used)) return true;
                used.Remove(j);
            }
            before.CopyTo(labels, 0);
        }
        return false;
    }

    // The labels that the divisor sums over must be summed here too, and by these factors only.
    private static bool AreOwn(Contraction c, ContractNode product, int[] labels, HashSet<int> used)
    {
        for (int l = product.ResultLabels; l < labels.Length; l++)
            if (c.IsResult(labels[l]) || c.Uses(labels[l]) != used.Sum(j => c.Factors[j].Labels.Count(x => x == labels[l]))) return false;
        return labels.Distinct().Count() == labels.Length;
    }
}
