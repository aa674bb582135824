namespace Nabla.Expressions.Compilation;

/// <summary>What a selector makes of a label: one place, a part of the axis, or a pair of labels.</summary>
/// <param name="Offset">The place of the first entry.</param>
/// <param name="Slow">The label that runs over the part, or the slower one of a pair; -1 where there is one place only.</param>
/// <param name="Fast">The faster label of a pair, else -1.</param>
internal readonly record struct Substitution(long Offset, int Slow, int Fast)
{
    /// <summary>The labels that are left of others when what selectors make of them is put in, each once.</summary>
    public static int[] Places(IEnumerable<int> labels, Dictionary<int, Substitution> substitutions)
    {
        var list = new List<int>();
        foreach (int l in labels) Add(l);
        return [.. list];

        void Add(int label)
        {
            if (substitutions.TryGetValue(label, out var s))
            {
                if (s.Slow >= 0) Add(s.Slow);
                if (s.Fast >= 0) Add(s.Fast);
            }
            else if (!list.Contains(label)) list.Add(label);
        }
    }
}
