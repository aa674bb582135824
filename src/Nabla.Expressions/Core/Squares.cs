namespace Nabla.Expressions.Core;

/// <summary>Recognises sums of squares: x'x, tr(X'X), x'A'Ax. Their roots are norms, whose kink is where they are zero.</summary>
internal static class Squares
{
    /// <summary>Whether a tensor is a sum of squares of the entries of another.</summary>
    public static bool IsSumOfSquares(Node node) => node switch
    {
        AddNode { Terms: [var only] } => only.Coefficient.Sign > 0 && IsSumOfSquares(only.Node),
        ContractNode { Sums: true } c => Roots(c) is not null,
        _ => false,
    };

    /// <summary>Whether a power is a negative one of a norm, -1/2, -3/2, ... of a sum of squares: in derivatives it counts as zero where the norm is zero.</summary>
    public static bool IsNormPower(Node @base, Coefficient exponent) => exponent is { IsExact: true, Sign: < 0 } && exponent.Denominator == 2 && IsSumOfSquares(@base);

    /// <summary>Whether a tensor is a sum of products, a product of scalars, or a sum with one of them in it, and may be beyond the range of a type where its roots, its logarithm and its quotients are not.</summary>
    public static bool IsSumOfProducts(Node node) => node switch
    {
        AddNode sum => sum.Terms.Any(t => t.Node is ContractNode && IsSumOfProducts(t.Node)),
        ContractNode c => (c.Sums || c.Order == 0) && c.Factors.Where(f => f.Operand is not (UnitNode or EmbedNode or PairNode)).Sum(f => Math.Abs(f.Exponent.ToDouble())) > 1,
        _ => false,
    };

    /// <summary>Whether a power brings a sum of products back into the range of a type: a root, or a negative power.</summary>
    public static bool NeedsRange(Node @base, Coefficient exponent) =>
        exponent is not { IsInteger: true, Sign: > 0 } && (IsSumOfProducts(@base) || (exponent.ToDouble() < -1 && @base is SymbolNode { Order: 0, SizeOf: null } or ContractNode { Sums: true } or AddNode { Order: 0 }));

    /// <summary>The factors of what is squared and summed; null where a contraction is no sum of squares.</summary>
    public static IReadOnlyList<Factor>? Roots(ContractNode c) => c switch
    {
        { Sums: false } => null,
        _ when c.Factors.All(IsEven) => c.Factors,
        { Order: 0 } => Half(c),
        _ => null,
    };

    // A scalar that falls into two equal halves where it is cut at one or two of its labels.
    private static IReadOnlyList<Factor>? Half(ContractNode c)
    {
        if (c.Factors.Count is 0 or > 12 || c.Factors.Count % 2 != 0) return null;
        for (int a = 0; a < c.Sizes.Count; a++)
        {
            if (HalfOf(c, [a]) is { } half) return half;
            for (int b = a + 1; b < c.Sizes.Count; b++) if (HalfOf(c, [a, b]) is { } other) return other;
        }
        return null;
    }

    private static bool IsEven(Factor f) => f.Exponent is { IsInteger: true, Sign: > 0 } e && e.Numerator.IsEven;

    private static IReadOnlyList<Factor>? HalfOf(ContractNode c, int[] cut)
    {
        int[] component = [.. Enumerable.Range(0, c.Sizes.Count)];
        int Root(int l) => component[l] == l ? l : component[l] = Root(component[l]);
        foreach (var f in c.Factors)
        {
            int[] inner = [.. f.Labels.Where(l => !cut.Contains(l))];
            for (int i = 1; i < inner.Length; i++) component[Root(inner[i])] = Root(inner[0]);
        }
        var halves = c.Factors.GroupBy(f => f.Labels.Where(l => !cut.Contains(l)).Select(Root).FirstOrDefault(-1)).ToArray();
        if (halves.Length != 2 || halves.Any(h => h.Key < 0 || !cut.All(l => h.Any(f => f.Labels.Contains(l))))) return null;
        var first = Labelling.Canonical([.. halves[0]], cut, l => c.Sizes[l]);
        return first.IsSameStructure(Labelling.Canonical([.. halves[1]], cut, l => c.Sizes[l])) ? [.. halves[0]] : null;
    }
}
