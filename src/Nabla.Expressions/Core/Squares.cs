namespace Nabla.Expressions.Core;

/// <summary>Recognises sums of squares: x'x, tr(X'X), x'A'Ax. Their roots are norms, whose kink is where they are zero.</summary>
internal static class Squares
{
    /// <summary>Whether a tensor is a sum of squares of the entries of another.</summary>
    public static bool IsSumOfSquares(Node node) => node switch
    {
        AddNode { Terms: [var only] } => only.Coefficient.Sign > 0 && IsSumOfSquares(only.Node),
        ContractNode { Sums: true } c => c.Factors.All(f => f.Exponent is { IsInteger: true, Sign: > 0 } e && e.Numerator.IsEven) || (c.Order == 0 && IsFolded(c)),
        _ => false,
    };

    /// <summary>Whether a power is a negative one of a norm, -1/2, -3/2, ... of a sum of squares: in derivatives it counts as zero where the norm is zero.</summary>
    public static bool IsNormPower(Node @base, Coefficient exponent) => exponent is { IsExact: true, Sign: < 0 } && exponent.Denominator == 2 && IsSumOfSquares(@base);

    /// <summary>Whether a power is a root, or the inverse of one, of a sum with squares in it: the root may be within the range of a type where the squares are not.</summary>
    public static bool HasRootOfSquares(Node @base, Coefficient exponent) => exponent is { IsExact: true, IsInteger: false } && exponent.Denominator == 2
        && (IsSumOfSquares(@base) || @base is AddNode { Terms: var terms } && terms.Any(t => IsSumOfSquares(t.Node)));

    // A scalar that falls into two equal halves where it is cut at one or two of its labels.
    private static bool IsFolded(ContractNode c)
    {
        if (c.Factors.Count is 0 or > 12 || c.Factors.Count % 2 != 0) return false;
        for (int a = 0; a < c.Sizes.Count; a++)
        {
            if (AreHalves(c, [a])) return true;
            for (int b = a + 1; b < c.Sizes.Count; b++) if (AreHalves(c, [a, b])) return true;
        }
        return false;
    }

    private static bool AreHalves(ContractNode c, int[] cut)
    {
        int[] component = [.. Enumerable.Range(0, c.Sizes.Count)];
        int Root(int l) => component[l] == l ? l : component[l] = Root(component[l]);
        foreach (var f in c.Factors)
        {
            int[] inner = [.. f.Labels.Where(l => !cut.Contains(l))];
            for (int i = 1; i < inner.Length; i++) component[Root(inner[i])] = Root(inner[0]);
        }
        var halves = c.Factors.GroupBy(f => f.Labels.Where(l => !cut.Contains(l)).Select(Root).FirstOrDefault(-1)).ToArray();
        if (halves.Length != 2 || halves.Any(h => h.Key < 0 || !cut.All(l => h.Any(f => f.Labels.Contains(l))))) return false;
        var first = Labelling.Canonical([.. halves[0]], cut, l => c.Sizes[l]);
        return first.IsSameStructure(Labelling.Canonical([.. halves[1]], cut, l => c.Sizes[l]));
    }
}
