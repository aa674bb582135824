namespace Nabla.Expressions.Core;

/// <summary>Transposes of tensors of two axes: of M and M', the one that was made first stands for both.</summary>
/// <remarks>Only sums and contractions transpose by structure; functions have their transposes pulled out when they are made.</remarks>
internal sealed class Orientation(Tensors tensors)
{
    /// <summary>The tensor that stands for a tensor of two axes, and whether it is its transpose.</summary>
    public (Node Node, bool Swapped) Of(Node node)
    {
        if (node is not (AddNode or ContractNode) || node.Order != 2) return (node, false);
        var transposed = node.Transposed ??= Transpose(node);
        transposed.Transposed ??= node;
        return transposed.Id < node.Id ? (transposed, true) : (node, false);
    }

    private Node Transpose(Node node)
    {
        if (node is AddNode sum)
        {
            var terms = new List<(Coefficient, Node)>(sum.Terms.Count);
            foreach (var (c, n) in sum.Terms) terms.Add((c, Swap(n)));
            return tensors.Sum(terms, [node.Axes[1], node.Axes[0]]);
        }
        return Swap(node);
    }

    // A contraction is canonical but for the order of its result: only its labels are renewed.
    private Node Swap(Node node)
    {
        Factor[] factors = node is ContractNode c ? [.. c.Factors] : [new(node, [0, 1], 1)];
        var (rows, columns) = node is ContractNode d ? (d.Result[0], d.Result[1]) : (0, 1);
        if (factors is [{ IsPlain: true, Operand: var only, Labels: [var i, var j] }] && rows != columns && ((i, j) == (columns, rows) || ((i, j) == (rows, columns) && Signs.IsSymmetric(only)))) return only;
        return tensors.Intern(Labelling.Canonical([.. factors], [columns, rows], l => node is ContractNode e ? e.Sizes[l] : node.Axes[l]));
    }
}
