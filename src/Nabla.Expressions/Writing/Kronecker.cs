using Nabla.Expressions.Core;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Writing;

/// <summary>Reads contractions with merged axes: <c>kron(A, B)</c> and <c>vec(A)</c>.</summary>
internal static class Kronecker
{
    /// <summary>The form of a contraction whose result axes are merged ones; null if it is none of these.</summary>
    public static Form? Write(MatrixWriter writer, ContractNode c)
    {
        var pairs = c.Factors.Where(f => f.Operand is PairNode).ToArray();
        if (pairs.Length == 0 || pairs.Any(p => !p.IsPlain)) return null;
        var rest = c.Factors.Where(f => f.Operand is not PairNode).ToArray();
        // What stands on a merged axis itself belongs to neither part.
        if (pairs.Any(p => rest.Any(f => f.Labels.Contains(p.Labels[0])))) return null;
        if (pairs.Length == 1 && c.Order == 1 && pairs[0].Labels[0] == c.Result[0])
        {
            // vec stacks columns: the row index runs faster.
            return Part(writer, c, rest, pairs[0].Labels[2], pairs[0].Labels[1]) is { } matrix ? Form.Call("vec", Kind.Column, matrix) : null;
        }
        return c.Order == 2 && !c.HasDelta ? Product(writer, c, pairs, rest) : null;
    }

    // The rest falls into two parts, one over the slow axes and one over the fast ones; an axis that is not merged belongs to either.
    private static Form? Product(MatrixWriter writer, ContractNode c, Factor[] pairs, Factor[] rest)
    {
        var row = Split(pairs, c.Result[0]);
        var column = Split(pairs, c.Result[1]);
        if (row.IsMerged ? pairs.Length > (column.IsMerged ? 2 : 1) : pairs.Length > 1) return null;
        foreach (bool slowRow in row.IsMerged ? [true] : new[] { true, false })
            foreach (bool slowColumn in column.IsMerged ? [true] : new[] { true, false })
            {
                int?[] slow = [row.IsMerged || slowRow ? row.Slow : null, column.IsMerged || slowColumn ? column.Slow : null];
                int?[] fast = [row.IsMerged || !slowRow ? row.Fast : null, column.IsMerged || !slowColumn ? column.Fast : null];
                if (slow.All(l => l is null) || fast.All(l => l is null)) continue;
                var (left, right) = (Reachable(rest, [.. slow.OfType<int>()]), Reachable(rest, [.. fast.OfType<int>()]));
                if (left.Overlaps(right) || slow.Intersect(fast).OfType<int>().Any()) continue;
                if (rest.Where((f, i) => f.Labels.Length > 0 && !left.Contains(i) && !right.Contains(i)).Any()) continue;
                var A = Part(writer, c, [.. rest.Where((f, i) => left.Contains(i) || f.Labels.Length == 0)], slow[0], slow[1]);
                var B = Part(writer, c, [.. rest.Where((_, i) => right.Contains(i))], fast[0], fast[1]);
                if (A is not null && B is not null) return Form.Call("kron", Kind.Matrix, A.IsSymmetric && B.IsSymmetric, A, B);
            }
        return null;
    }

    private static (bool IsMerged, int Slow, int Fast) Split(Factor[] pairs, int label)
    {
        foreach (var p in pairs) if (p.Labels[0] == label) return (true, p.Labels[1], p.Labels[2]);
        return (false, label, label);
    }

    private static HashSet<int> Reachable(Factor[] factors, int[] labels)
    {
        var seen = labels.ToHashSet();
        var found = new HashSet<int>();
        for (bool grew = true; grew;)
        {
            grew = false;
            for (int i = 0; i < factors.Length; i++)
                if (!found.Contains(i) && factors[i].Labels.Any(seen.Contains))
                {
                    found.Add(i);
                    seen.UnionWith(factors[i].Labels);
                    grew = true;
                }
        }
        return found;
    }

    // A matrix where there is a row and a column label, else a column or a row.
    private static Form? Part(MatrixWriter writer, ContractNode c, Factor[] factors, int? row, int? column)
    {
        var part = new Contraction(writer.Tensors);
        int[] labels = [.. c.Sizes.Select(part.Label)];
        foreach (var f in factors) part.Multiply(f.Operand, Array.ConvertAll(f.Labels, l => labels[l]), f.Exponent);
        int[] result = [.. new[] { row, column }.OfType<int>().Select(l => labels[l])];
        var form = writer.Write(part.BuildPart(result, [.. factors.SelectMany(f => f.Labels).Select(l => labels[l]), .. result]));
        return row is null ? form?.Transpose() : form;
    }
}
