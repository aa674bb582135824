using Nabla.Expressions.Core;

namespace Nabla.Expressions.Compilation;

/// <summary>What a selector makes of a label: one place, a part of the axis, or a pair of labels.</summary>
/// <param name="Offset">The place of the first entry.</param>
/// <param name="Slow">The label that runs over the part, or the slower one of a pair; -1 where there is one place only.</param>
/// <param name="Fast">The faster label of a pair, else -1.</param>
internal readonly record struct Substitution(long Offset, int Slow, int Fast)
{
    /// <summary>Takes a selector out of a product: its first label becomes what it chooses.</summary>
    /// <param name="f">The factor.</param>
    /// <param name="substitutions">What was taken out so far; the selector is added.</param>
    /// <param name="placeOf">The place, from 0, that a unit vector chooses.</param>
    /// <param name="offsetOf">The place at which a part of a block begins.</param>
    /// <returns>Whether the factor is a selector that could be taken out.</returns>
    public static bool Take(Factor f, Dictionary<int, Substitution> substitutions, Func<UnitNode, long> placeOf, Func<EmbedNode, long> offsetOf)
    {
        if (!f.IsPlain || f.Labels.Distinct().Count() < f.Labels.Length || f.Operand is not (UnitNode or EmbedNode or PairNode) || substitutions.ContainsKey(f.Labels[0])) return false;
        // A label that another one is made of already must not be replaced in a circle.
        if (f.Labels.Length > 1 && substitutions.Values.Any(s => s.Slow == f.Labels[0] || s.Fast == f.Labels[0])) return false;
        substitutions[f.Labels[0]] = f.Operand switch
        {
            UnitNode u => new(placeOf(u), -1, -1),
            EmbedNode e => new(offsetOf(e), f.Labels[1], -1),
            _ => new(0, f.Labels[1], f.Labels[2]),
        };
        return true;
    }

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
