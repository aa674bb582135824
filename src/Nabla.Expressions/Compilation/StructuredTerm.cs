using Nabla.Expressions.Core;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Compilation;

/// <summary>One term of a derivative as a matrix: its rows are the axes of the function, its columns those of the variable.</summary>
internal sealed class StructuredTerm
{
    private readonly Tensors _tensors;
    private readonly Coefficient _coefficient;
    private readonly Factor[] _factors;
    private readonly int[] _rows;
    private readonly int[] _columns;
    private readonly Dimension[] _sizes;

    private StructuredTerm(Tensors tensors, Coefficient coefficient, Node node, int rows)
    {
        (_tensors, _coefficient) = (tensors, coefficient);
        int[] own = [.. Enumerable.Range(0, node.Order)];
        var (result, sizes) = node is ContractNode c ? (c.Result, c.Sizes) : (own, node.Axes);
        _factors = node is ContractNode product ? [.. product.Factors] : [new(node, own, 1)];
        (_rows, _columns, _sizes) = ([.. result.Take(rows)], [.. result.Skip(rows)], [.. sizes]);
    }

    /// <summary>The terms of a tensor whose first axes are rows.</summary>
    public static IReadOnlyList<StructuredTerm> Of(Tensors tensors, Node node, int rows) =>
        node is AddNode sum ? [.. sum.Terms.Select(t => new StructuredTerm(tensors, t.Coefficient, t.Node, rows))] : [new(tensors, 1, node, rows)];

    /// <summary>Whether every axis of the function is tied to the same axis of the variable.</summary>
    public bool IsDiagonal => _rows.AsSpan().SequenceEqual(_columns);

    /// <summary>The diagonal of a diagonal term, along the axes of the variable.</summary>
    public Node Diagonal() => _tensors.Scale(_coefficient, Part(_factors, [.. _columns]));

    /// <summary>A and B of A ⊗ B; null where the term is no such product. An axis that a factor lacks has size one.</summary>
    /// <param name="split">How many rows, and how many columns, belong to A.</param>
    public (Node A, Node B)? Kronecker((int Rows, int Columns) split)
    {
        int[] first = [.. _rows[..split.Rows], .. _columns[..split.Columns]], second = [.. _rows[split.Rows..], .. _columns[split.Columns..]];
        var reached = Reached(first, -1);
        if (second.Any(reached.Contains)) return null;
        Factor[] a = [.. _factors.Where(f => f.Labels.Any(reached.Contains))], b = [.. _factors.Where(f => !f.Labels.Any(reached.Contains))];
        return (Part(a, first), _tensors.Scale(_coefficient, Part(b, second)));
    }

    /// <summary>L and R of L R', whose last axis is the one that the product is summed over; it is missing where that has one term. Null where no such product is seen.</summary>
    /// <param name="sizeOf">The size of a dimension.</param>
    /// <returns>The factors and the number of terms that the product sums, which bounds the rank.</returns>
    public (Node L, Node R, long Rank)? LowRank(Func<Dimension, long> sizeOf)
    {
        int best = -1;
        if (_columns.Any(Reached(_rows, -1).Contains))
        {
            foreach (int cut in Enumerable.Range(0, _sizes.Length).Except(_rows).Except(_columns))
                if ((best < 0 || sizeOf(_sizes[cut]) < sizeOf(_sizes[best])) && !_columns.Any(Reached(_rows, cut).Contains)) best = cut;
            if (best < 0) return null;
        }
        var reached = Reached(_rows, best);
        Factor[] left = [.. _factors.Where(f => f.Labels.Any(reached.Contains))], right = [.. _factors.Where(f => !f.Labels.Any(reached.Contains))];
        int[] over = best < 0 ? [] : [best];
        return (Part(left, [.. _rows, .. over]), _tensors.Scale(_coefficient, Part(right, [.. _columns, .. over])), best < 0 ? 1 : sizeOf(_sizes[best]));
    }

    // The labels that hang together with some, by factors, when one label is taken out.
    private HashSet<int> Reached(IEnumerable<int> from, int without)
    {
        var reached = new HashSet<int>(from);
        for (int before = -1; before < reached.Count;)
        {
            before = reached.Count;
            foreach (var f in _factors)
                if (f.Labels.Any(reached.Contains)) reached.UnionWith(f.Labels.Where(l => l != without));
        }
        return reached;
    }

    private Node Part(IEnumerable<Factor> factors, int[] result)
    {
        var c = new Contraction(_tensors);
        var labels = new Dictionary<int, int>();
        int Label(int l) => labels.TryGetValue(l, out int known) ? known : labels[l] = c.Label(_sizes[l]);
        foreach (var f in factors) c.Multiply(f.Operand, Array.ConvertAll(f.Labels, Label), f.Exponent);
        return c.Build([.. result.Select(Label)]);
    }
}
