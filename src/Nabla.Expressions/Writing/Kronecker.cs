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
        if (pairs.Length == 1 && c.Order == 1 && pairs[0].Labels[0] == c.Result[0])
        {
            // vec stacks columns: the row index runs faster.
            var stacked = Part(writer, c, rest, pairs[0].Labels[2], pairs[0].Labels[1]);
            return stacked is not null && writer.Write(stacked) is { } matrix ? Form.Call("vec", Kind.Column, matrix) : null;
        }
        if (pairs.Length != 2 || c.Order != 2 || c.HasDelta) return null;
        var (p, q) = pairs[0].Labels[0] == c.Result[0] ? (pairs[0], pairs[1]) : (pairs[1], pairs[0]);
        if (p.Labels[0] != c.Result[0] || q.Labels[0] != c.Result[1]) return null;
        var slow = Reachable(rest, p.Labels[1], q.Labels[1]);
        var fast = Reachable(rest, p.Labels[2], q.Labels[2]);
        if (slow.Intersect(fast).Any()) return null;
        var left = Part(writer, c, [.. rest.Where((_, i) => slow.Contains(i) || rest[i].Labels.Length == 0)], p.Labels[1], q.Labels[1]);
        var right = Part(writer, c, [.. rest.Where((_, i) => fast.Contains(i))], p.Labels[2], q.Labels[2]);
        if (left is null || right is null || slow.Count + fast.Count + rest.Count(f => f.Labels.Length == 0) != rest.Length) return null;
        return writer.Write(left) is { } A && writer.Write(right) is { } B ? Form.Call("kron", Kind.Matrix, A.IsSymmetric && B.IsSymmetric, A, B) : null;
    }

    private static HashSet<int> Reachable(Factor[] factors, params int[] labels)
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

    private static Node? Part(MatrixWriter writer, ContractNode c, Factor[] factors, int rows, int columns)
    {
        var part = new Contraction(writer.Tensors);
        int[] labels = [.. c.Sizes.Select(part.Label)];
        foreach (var f in factors) part.Multiply(f.Operand, Array.ConvertAll(f.Labels, l => labels[l]), f.Exponent);
        return part.BuildPart([labels[rows], labels[columns]], [.. factors.SelectMany(f => f.Labels).Select(l => labels[l]), labels[rows], labels[columns]]);
    }
}
