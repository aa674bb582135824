namespace Nabla.Expressions.Core;

/// <summary>The rules of unit vectors, embeddings and pairs: they select, so products of them vanish, join labels or are one.</summary>
internal static class Selectors
{
    /// <summary>Applies one rule, if any fits.</summary>
    public static bool Apply(Contraction c)
    {
        var factors = c.Factors;
        for (int i = 0; i < factors.Count; i++)
        {
            var f = factors[i];
            if (f.Operand is not (UnitNode or EmbedNode or PairNode))
            {
                if (f.Operand is SymbolNode s && s.Properties.HasFlag(Notation.Properties.Orthogonal) && OrthogonalProduct(c, i)) return true;
                continue;
            }
            if (f.Exponent.Sign < 0) continue;
            if (!f.Exponent.IsOne)
            {
                factors[i] = f with { Exponent = 1 };
                return true;
            }
            if (IsFree(c, f.Labels[0]) && f.Operand is not EmbedNode && f.Labels.Skip(1).All(l => l != f.Labels[0]))
            {
                // One entry for every choice of the other labels: the sum over the first label is one.
                c.Absorb(i, f.Labels[0]);
                return true;
            }
            if (f.Operand is EmbedNode && IsFree(c, f.Labels[0]))
            {
                c.Absorb(i, f.Labels[0]);
                return true;
            }
            if (f.Operand is PairNode && IsFree(c, f.Labels[1]) && IsFree(c, f.Labels[2]))
            {
                c.Absorb(i, f.Labels[1], f.Labels[2]);
                return true;
            }
            for (int j = i + 1; j < factors.Count; j++) if (factors[j].IsPlain && Join(c, f, factors[j], j)) return true;
        }
        return false;
    }

    private static bool IsFree(Contraction c, int label) => !c.IsResult(label) && c.Uses(label) == 1;

    private static bool Join(Contraction c, Factor a, Factor b, int at)
    {
        switch (a.Operand, b.Operand)
        {
            case (UnitNode u, UnitNode v) when a.Labels[0] == b.Labels[0] && u.Index != v.Index:
                c.Vanish();
                return true;
            case (EmbedNode e, EmbedNode g) when a.Labels[0] == b.Labels[0] && SameParts(e, g):
                if (e.Part != g.Part) { c.Vanish(); return true; }
                c.Unify(a.Labels[1], b.Labels[1]);
                c.Factors.RemoveAt(at);
                return true;
            case (EmbedNode e, EmbedNode g) when ReferenceEquals(e, g) && a.Labels[1] == b.Labels[1]:
                c.Unify(a.Labels[0], b.Labels[0]);
                c.Factors.RemoveAt(at);
                return true;
            case (PairNode p, PairNode q) when ReferenceEquals(p, q) && a.Labels[0] == b.Labels[0]:
                c.Unify(a.Labels[1], b.Labels[1]);
                c.Unify(a.Labels[2], b.Labels[2]);
                c.Factors.RemoveAt(at);
                return true;
            case (PairNode p, PairNode q) when ReferenceEquals(p, q) && a.Labels[1] == b.Labels[1] && a.Labels[2] == b.Labels[2]:
                c.Unify(a.Labels[0], b.Labels[0]);
                c.Factors.RemoveAt(at);
                return true;
            default:
                return false;
        }
    }

    private static bool SameParts(EmbedNode a, EmbedNode b) => a.Parts.SequenceEqual(b.Parts);

    // Q'*Q and Q*Q' are the identity.
    private static bool OrthogonalProduct(Contraction c, int i)
    {
        var f = c.Factors[i];
        if (!f.IsPlain) return false;
        for (int j = i + 1; j < c.Factors.Count; j++)
        {
            var g = c.Factors[j];
            if (!ReferenceEquals(f.Operand, g.Operand) || !g.IsPlain) continue;
            for (int side = 0; side < 2; side++)
            {
                int label = f.Labels[side];
                if (g.Labels[side] != label || c.IsResult(label) || c.Uses(label) != 2) continue;
                c.Unify(f.Labels[1 - side], g.Labels[1 - side]);
                c.Factors.RemoveAt(j);
                c.Absorb(i, label);
                return true;
            }
        }
        return false;
    }
}
