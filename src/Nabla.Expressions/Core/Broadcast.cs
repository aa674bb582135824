using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Core;

/// <summary>Axes along which a tensor does not change: functions are computed without them and broadcast afterwards.</summary>
internal static class Broadcast
{
    /// <summary>For each axis, whether the tensor is known not to change along it.</summary>
    public static bool[] Of(Node node)
    {
        var constant = new bool[node.Order];
        switch (node)
        {
            case ContractNode c:
                for (int a = 0; a < constant.Length; a++)
                {
                    int label = c.Result[a];
                    constant[a] = c.Result.Count(l => l == label) == 1 && !c.Factors.Any(f => f.Labels.Contains(label));
                }
                break;
            case AddNode sum:
                Array.Fill(constant, true);
                foreach (var (_, term) in sum.Terms)
                {
                    if (!constant.Contains(true)) break;
                    bool[] other = Of(term);
                    for (int a = 0; a < constant.Length; a++) constant[a] &= other[a];
                }
                break;
        }
        return constant;
    }

    /// <summary>The axes along which none of several tensors changes.</summary>
    public static bool[] Common(ReadOnlySpan<Node> nodes)
    {
        bool[] constant = Of(nodes[0]);
        foreach (var n in nodes[1..])
        {
            bool[] other = Of(n);
            for (int a = 0; a < constant.Length; a++) constant[a] &= other[a];
        }
        return constant;
    }

    /// <summary>The tensor without the axes along which it does not change.</summary>
    public static Node Drop(Tensors t, Node node, bool[] constant)
    {
        if (node is AddNode sum) return t.Sum([.. sum.Terms.Select(x => (x.Coefficient, Drop(t, x.Node, constant)))], [.. Kept(node.Axes, constant)]);
        var contract = (ContractNode)node;
        var c = new Contraction(t);
        var labels = new int[contract.Sizes.Count];
        Array.Fill(labels, -1);
        int Label(int l) => labels[l] >= 0 ? labels[l] : labels[l] = c.Label(contract.Sizes[l]);
        foreach (var f in contract.Factors) c.Multiply(f.Operand, Array.ConvertAll(f.Labels, Label), f.Exponent);
        return c.Build([.. contract.Result.Where((_, a) => !constant[a]).Select(Label)]);
    }

    /// <summary>The tensor with axes added along which it does not change.</summary>
    public static Node Along(Tensors t, Node node, IReadOnlyList<Dimension> axes, bool[] constant)
    {
        var c = new Contraction(t);
        int[] labels = [.. axes.Select(c.Label)];
        c.Multiply(node, [.. labels.Where((_, a) => !constant[a])], 1);
        return c.Build(labels);
    }

    private static IEnumerable<Dimension> Kept(IReadOnlyList<Dimension> axes, bool[] constant) => axes.Where((_, a) => !constant[a]);
}
