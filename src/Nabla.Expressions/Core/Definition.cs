using Nabla.Expressions.Notation;
using Nabla.Expressions.Operators;

namespace Nabla.Expressions.Core;

/// <summary>What an operator's definition is written with: its arguments and the tensors that can be made of them.</summary>
/// <remarks>
/// Free indices are carried along: a specification names the axes of the values only. The axes of a scalar are none, of a column
/// or a row one, of a matrix two (rows, columns).
/// </remarks>
/// <param name="tensors">The store.</param>
/// <param name="rangeOf">The range of a free index.</param>
/// <param name="arguments">The arguments.</param>
/// <param name="shapes">Their shapes.</param>
/// <param name="literals">Those arguments that are numbers written in the program.</param>
/// <param name="shape">The shape of the result.</param>
internal sealed class Definition(Tensors tensors, Func<int, Dimension> rangeOf, Term[] arguments, Shape[] shapes, Coefficient?[] literals, Shape shape)
{
    /// <summary>An argument.</summary>
    public Term this[int argument] => arguments[argument];

    /// <summary>The number of arguments.</summary>
    public int Count => shapes.Length;

    /// <summary>The shape of an argument.</summary>
    public Shape ShapeOf(int argument) => shapes[argument];

    /// <summary>The shape of the result.</summary>
    public Shape Shape => shape;

    /// <summary>The store.</summary>
    public Tensors Tensors => tensors;

    /// <summary>An argument that is a number written in the program (an exponent, the axis of a sum); null if it is not one.</summary>
    public Coefficient? Literal(int argument) => literals[argument];

    /// <summary>A contraction: <c>Einsum("ij,jk->ik", A, B)</c>. A result label that stands twice is a delta.</summary>
    public Term Einsum(string specification, params ReadOnlySpan<Term> operands)
    {
        int arrow = specification.IndexOf("->", StringComparison.Ordinal);
        string[] inputs = specification[..arrow].Split(',');
        var c = new Contraction(tensors);
        var free = new SortedDictionary<int, int>();
        var named = new Dictionary<char, int>();
        for (int i = 0; i < operands.Length; i++)
        {
            var labels = FreeLabels(c, free, operands[i]);
            for (int a = 0; a < inputs[i].Length; a++)
            {
                if (!named.TryGetValue(inputs[i][a], out int label)) named[inputs[i][a]] = label = c.Label(operands[i].Node.Axes[labels.Count]);
                labels.Add(label);
            }
            c.Multiply(operands[i].Node, [.. labels]);
        }
        return new(c.Build([.. free.Values, .. specification[(arrow + 2)..].Select(l => named[l])]), [.. free.Keys]);
    }

    /// <summary>The sum of all entries.</summary>
    public Term Sum(Term x)
    {
        var c = new Contraction(tensors);
        int[] labels = c.LabelsFor(x.Node);
        c.Multiply(x.Node, labels);
        return new(c.Build(labels[..x.Indices.Count]), x.Indices);
    }

    /// <summary>Element by element; a scalar is broadcast.</summary>
    public Term Add(Term x, Term y)
    {
        var (indices, aligned, axes) = Aligned(x, y);
        return new(tensors.Sum([(1, aligned[0]), (1, aligned[1])], axes), indices);
    }

    /// <summary>A multiple.</summary>
    public Term Scale(Coefficient factor, Term x) => x with { Node = tensors.Scale(factor, x.Node) };

    /// <summary>Element by element; a scalar is broadcast.</summary>
    public Term Multiply(Term x, Term y) => Product(x, 1, y, 1);

    /// <summary>Element by element, the second to a rational power; a scalar is broadcast.</summary>
    public Term Product(Term x, Coefficient exponentOfX, Term y, Coefficient exponentOfY)
    {
        var c = new Contraction(tensors);
        var free = new SortedDictionary<int, int>();
        var wide = x.ValueOrder >= y.ValueOrder ? x : y;
        int[] value = [.. wide.Node.Axes.Skip(wide.Indices.Count).Select(c.Label)];
        foreach (var (term, exponent) in new[] { (x, exponentOfX), (y, exponentOfY) })
        {
            var labels = FreeLabels(c, free, term);
            if (term.ValueOrder > 0) labels.AddRange(value);
            c.Multiply(term.Node, [.. labels], exponent);
        }
        return new(c.Build([.. free.Values, .. value]), [.. free.Keys]);
    }

    /// <summary>Every entry to a rational power.</summary>
    public Term Power(Term x, Coefficient exponent) => x with { Node = tensors.Power(x.Node, exponent) };

    /// <summary>A scalar function element by element; scalars are broadcast.</summary>
    public Term Map(ElementwiseOperator function, params ReadOnlySpan<Term> arguments)
    {
        var (indices, aligned, _) = Aligned(arguments);
        return new(tensors.Map(function, aligned), indices);
    }

    /// <summary>A function of the whole value.</summary>
    /// <param name="function">The function.</param>
    /// <param name="x">Its argument.</param>
    /// <param name="operated">How many trailing axes of the argument the function acts on; the axes before are treated one by one.</param>
    public Term Apply(TensorOperator function, Term x, int operated) => x with { Node = tensors.Apply(function, x.Node, operated) };

    /// <summary>A number.</summary>
    public Term Constant(Coefficient value) => new(tensors.Constant(value, []), []);

    /// <summary>A tensor of ones with the axes of a shape.</summary>
    public Term Ones(Shape shape) => new(tensors.Constant(1, shape.Axes), []);

    /// <summary>The identity matrix.</summary>
    public Term Identity(Dimension size)
    {
        var c = new Contraction(tensors);
        int label = c.Label(size);
        return new(c.Build(label, label), []);
    }

    /// <summary>The size of a dimension as a scalar: exact where it is known, else a symbol.</summary>
    public Term Size(Dimension dimension) => new(tensors.Size(dimension), []);

    /// <summary>A 3-axis tensor P[I,i,k] that is 1 where I = i*size(k) + k (from 0): it merges two axes into one, the second running faster.</summary>
    public Term Pair(Dimension slow, Dimension fast) => new(tensors.Pair(slow, fast), []);

    /// <summary>Tensors with the same axes: all free indices that any of them depends on, then the axes of the value.</summary>
    internal (int[] Indices, Node[] Nodes, Dimension[] Axes) Aligned(params ReadOnlySpan<Term> terms)
    {
        var wide = terms[0];
        var all = new SortedSet<int>();
        foreach (var t in terms)
        {
            if (t.ValueOrder > wide.ValueOrder) wide = t;
            all.UnionWith(t.Indices);
        }
        int[] indices = [.. all];
        Dimension[] axes = [.. indices.Select(rangeOf), .. wide.Node.Axes.Skip(wide.Indices.Count)];
        var nodes = new Node[terms.Length];
        for (int i = 0; i < nodes.Length; i++)
        {
            var t = terms[i];
            if (t.Node.Order == axes.Length) { nodes[i] = t.Node; continue; }
            var c = new Contraction(tensors);
            int[] labels = [.. axes.Select(c.Label)];
            c.Multiply(t.Node, [.. t.Indices.Select(k => labels[Array.IndexOf(indices, k)]), .. t.ValueOrder > 0 ? labels[indices.Length..] : []]);
            nodes[i] = c.Build(labels);
        }
        return (indices, nodes, axes);
    }

    private List<int> FreeLabels(Contraction c, SortedDictionary<int, int> free, Term term)
    {
        var labels = new List<int>(term.Node.Order);
        foreach (int index in term.Indices)
        {
            if (!free.TryGetValue(index, out int label)) free[index] = label = c.Label(rangeOf(index));
            labels.Add(label);
        }
        return labels;
    }
}
