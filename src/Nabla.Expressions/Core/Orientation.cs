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

    private Node Swap(Node node)
    {
        var c = new Contraction(tensors);
        int[] labels = c.LabelsFor(node);
        c.Multiply(node, labels);
        return c.Build(labels[1], labels[0]);
    }
}
