using Nabla.Expressions.Core;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Compilation;

/// <summary>Products of a derivative with vectors and parts of it: a sum is treated term by term, so that no structured term is formed.</summary>
internal static class Products
{
    /// <summary>The tensor summed over its last axes with those of <paramref name="v"/>.</summary>
    public static Node Times(Tensors t, Node tensor, Node v)
    {
        int kept = tensor.Order - v.Order;
        return kept == 0 ? Product(t, tensor, v) : TermByTerm(t, tensor, [.. tensor.Axes.Take(kept)], term => Product(t, term, v));
    }

    /// <summary>The tensor summed over its first axes with those of <paramref name="u"/>.</summary>
    public static Node TimesFromLeft(Tensors t, Node u, Node tensor) => TermByTerm(t, tensor, [.. tensor.Axes.Skip(u.Order)], term =>
    {
        var c = new Contraction(t);
        int[] labels = c.LabelsFor(term);
        c.Multiply(term, labels);
        c.Multiply(u, labels[..u.Order]);
        return c.Build(labels[u.Order..]);
    });

    /// <summary>The diagonal of a tensor whose last axes are as many as its first: the entries where they agree.</summary>
    public static Node Diagonal(Tensors t, Node tensor)
    {
        int half = tensor.Order / 2;
        return TermByTerm(t, tensor, [.. tensor.Axes.Take(half)], term =>
        {
            var c = new Contraction(t);
            int[] labels = [.. term.Axes.Take(half).Select(c.Label)];
            c.Multiply(term, [.. labels, .. labels]);
            return c.Build(labels);
        });
    }

    /// <summary>The part of a tensor that lies in a range of every axis.</summary>
    /// <param name="t">The store.</param>
    /// <param name="tensor">The tensor.</param>
    /// <param name="ranges">Where the part begins along every axis, and its length; null where the whole axis is taken.</param>
    public static Node Block(Tensors t, Node tensor, IReadOnlyList<(long Start, long Length)?> ranges)
    {
        Dimension[] axes = [.. tensor.Axes.Zip(ranges, (axis, range) => range is { } r ? Dimension.Of(r.Length) : axis)];
        return TermByTerm(t, tensor, axes, term =>
        {
            var c = new Contraction(t);
            int[] labels = c.LabelsFor(term), result = [.. labels];
            c.Multiply(term, labels);
            for (int a = 0; a < result.Length; a++)
            {
                if (ranges[a] is not { } range) continue;
                var (start, length) = (Dimension.Of(range.Start), Dimension.Of(range.Length));
                result[a] = c.Label(length);
                c.Multiply(t.Embed([start, length, term.Axes[a] - start - length], 1), labels[a], result[a]);
            }
            return c.Build(result);
        });
    }

    private static Node Product(Tensors t, Node tensor, Node v)
    {
        int kept = tensor.Order - v.Order;
        var c = new Contraction(t);
        int[] labels = c.LabelsFor(tensor);
        c.Multiply(tensor, labels);
        c.Multiply(v, labels[kept..]);
        return c.Build(labels[..kept]);
    }

    private static Node TermByTerm(Tensors t, Node tensor, Dimension[] axes, Func<Node, Node> of) =>
        tensor is AddNode { IsZero: false } sum ? t.Sum([.. sum.Terms.Select(x => (x.Coefficient, TermByTerm(t, x.Node, axes, of)))], axes) : of(tensor);
}
