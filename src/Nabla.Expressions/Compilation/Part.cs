namespace Nabla.Expressions.Compilation;

/// <summary>A product of leaves that is not computed yet: entry by entry, over the union of their labels.</summary>
/// <param name="Leaves">The leaves.</param>
/// <param name="Labels">Their labels, as a set of bits.</param>
/// <param name="Key">What it is, for finding it again; null where it is made of values without a name.</param>
internal sealed record Part(IReadOnlyList<Leaf> Leaves, UInt128 Labels, string? Key)
{
    /// <summary>The labels in ascending order.</summary>
    public int[] LabelList => ListOf(Labels);

    /// <summary>The labels of a set in ascending order.</summary>
    public static int[] ListOf(UInt128 set)
    {
        var list = new List<int>();
        for (int l = 0; set != 0; l++, set >>= 1) if ((set & 1) != 0) list.Add(l);
        return [.. list];
    }

    /// <summary>The set of some labels.</summary>
    public static UInt128 SetOf(IEnumerable<int> labels)
    {
        UInt128 set = 0;
        foreach (int l in labels) set |= UInt128.One << l;
        return set;
    }
}
