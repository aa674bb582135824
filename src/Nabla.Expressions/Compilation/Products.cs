using Nabla.Expressions.Core;

namespace Nabla.Expressions.Compilation;

/// <summary>Products of a tensor with a vector over its trailing axes: a sum is multiplied term by term, so that no structured term is formed.</summary>
internal static class Products
{
    /// <summary>The tensor summed over its last axes with those of <paramref name="v"/>.</summary>
    public static Node Times(Tensors t, Node tensor, Node v)
    {
        int kept = tensor.Order - v.Order;
        if (tensor is AddNode { IsZero: false } sum && kept > 0)
            return t.Sum([.. sum.Terms.Select(x => (x.Coefficient, Times(t, x.Node, v)))], [.. tensor.Axes.Take(kept)]);
        var c = new Contraction(t);
        int[] labels = c.LabelsFor(tensor);
        c.Multiply(tensor, labels);
        c.Multiply(v, labels[kept..]);
        return c.Build(labels[..kept]);
    }
}
