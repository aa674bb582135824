using Nabla.Expressions.Core;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Calculus;

/// <summary>Reverse accumulation over the tensors of the core.</summary>
/// <remarks>
/// The adjoint of a node is the derivative of the function by that node: the axes of the function, then those of the node. The seed is
/// a delta, which vanishes by renaming, so one mode serves scalar and tensor functions alike. Sums of adjoints are never expanded and
/// every node is visited once: the derivative of a chain of depth d has size O(d).
/// (Laue, Mitterreiter, Giesen: A Simple and Efficient Tensor Calculus, AAAI 2020.)
/// </remarks>
/// <param name="tensors">The store.</param>
internal sealed class Differentiation(Tensors tensors)
{
    /// <summary>The derivative: the axes of <paramref name="f"/>, then those of <paramref name="x"/>.</summary>
    public Node Derivative(Node f, SymbolNode x) => Derivatives(f, [x])[0];

    /// <summary>The derivatives by several variables, from one sweep: the adjoint of a node is the same for all variables behind it.</summary>
    public Node[] Derivatives(Node f, IReadOnlyList<SymbolNode> variables)
    {
        try
        {
            return Accumulated(f, variables);
        }
        catch (NablaException e) when (e.Place is null && !tensors.Work.IsOver)
        {
            throw e.At(tensors.Place);
        }
    }

    private Node[] Accumulated(Node f, IReadOnlyList<SymbolNode> variables)
    {
        var nodes = Dependent(f, variables);
        var found = new Dictionary<Node, Node>(ReferenceEqualityComparer.Instance);
        var adjoints = new Dictionary<Node, List<(Coefficient, Node)>>(ReferenceEqualityComparer.Instance);
        var depends = new HashSet<Node>(nodes, ReferenceEqualityComparer.Instance);
        if (nodes.Count > 0) adjoints[f] = [(1, Identity(f.Axes))];
        for (int i = nodes.Count - 1; i >= 0; i--)
        {
            tensors.Work.Check();
            var node = nodes[i];
            if (!adjoints.Remove(node, out var parts)) continue;
            tensors.Place = node.Place;
            var adjoint = tensors.Sum(parts, [.. f.Axes, .. node.Axes]);
            if (node is SymbolNode)
            {
                found[node] = adjoint;
                continue;
            }
            if (adjoint is AddNode { IsZero: true }) continue;
            Propagate(node, adjoint, f.Order, depends, (operand, coefficient, part) =>
            {
                if (!adjoints.TryGetValue(operand, out var list)) adjoints[operand] = list = [];
                list.Add((coefficient, part));
            });
        }
        return [.. variables.Select(x => found.GetValueOrDefault(x) ?? tensors.Zero([.. f.Axes, .. x.Axes]))];
    }

    /// <summary>The nodes between a function and variables, operands first.</summary>
    internal static List<Node> Dependent(Node f, params IReadOnlyList<SymbolNode> variables)
    {
        int first = variables.Min(x => x.Id);
        var seen = new HashSet<Node>(ReferenceEqualityComparer.Instance);
        var pending = new Stack<Node>([f]);
        while (pending.TryPop(out var n))
        {
            if (n.Id < first || !seen.Add(n)) continue;
            foreach (var o in n.Operands) pending.Push(o);
        }
        var depends = new HashSet<Node>(variables, ReferenceEqualityComparer.Instance);
        depends.IntersectWith(seen);
        var sorted = seen.ToList();
        sorted.Sort((a, b) => a.Id.CompareTo(b.Id));
        sorted.RemoveAll(n => !depends.Contains(n) && !(n.Operands.Any(depends.Contains) && depends.Add(n)));
        return sorted;
    }

    private Node Identity(IReadOnlyList<Dimension> axes)
    {
        var c = new Contraction(tensors);
        int[] labels = [.. axes.Select(c.Label)];
        return c.Build([.. labels, .. labels]);
    }

    private void Propagate(Node node, Node adjoint, int leading, HashSet<Node> depends, Action<Node, Coefficient, Node> add)
    {
        switch (node)
        {
            case AddNode sum:
                foreach (var (c, n) in sum.Terms) if (depends.Contains(n)) add(n, c, adjoint);
                break;
            case ContractNode product:
                for (int k = 0; k < product.Factors.Count; k++)
                    if (depends.Contains(product.Factors[k].Operand)) add(product.Factors[k].Operand, product.Factors[k].Exponent, OfFactor(product, k, adjoint, leading));
                break;
            case MapNode map:
                for (int k = 0; k < map.Arguments.Count; k++)
                    if (depends.Contains(map.Arguments[k])) add(map.Arguments[k], 1, OfArgument(map, k, adjoint, leading));
                break;
            case ApplyNode apply:
                add(apply.Argument, 1, OfApply(apply, adjoint, leading));
                break;
        }
    }

    // The product rule: the other factors stay, the factor itself keeps its power less one.
    private Node OfFactor(ContractNode product, int k, Node adjoint, int leading)
    {
        var c = new Contraction(tensors);
        int[] function = new int[leading];
        for (int i = 0; i < leading; i++) function[i] = c.Label(adjoint.Axes[i]);
        int[] labels = [.. product.Sizes.Select(c.Label)];
        c.Multiply(adjoint, [.. function, .. product.Result.Select(l => labels[l])], 1);
        for (int j = 0; j < product.Factors.Count; j++)
        {
            var f = product.Factors[j];
            c.Multiply(f.Operand, Array.ConvertAll(f.Labels, l => labels[l]), j == k ? f.Exponent - 1 : f.Exponent);
        }
        return c.Build([.. function, .. product.Factors[k].Labels.Select(l => labels[l])]);
    }

    private Node OfArgument(MapNode map, int k, Node adjoint, int leading)
    {
        var partial = ScalarRules.Partial(tensors, map, k);
        var c = new Contraction(tensors);
        int[] labels = c.LabelsFor(adjoint);
        c.Multiply(adjoint, labels);
        c.Multiply(partial, labels[leading..]);
        return c.Build(labels);
    }

    private Node OfApply(ApplyNode apply, Node adjoint, int leading)
    {
        var jacobian = apply.Function.Jacobian(tensors, apply.Argument, apply, apply.Operated);
        var c = new Contraction(tensors);
        int[] labels = c.LabelsFor(adjoint);
        c.Multiply(adjoint, labels);
        int[] argument = [.. apply.Argument.Axes.Skip(apply.Batch).Select(c.Label)];
        c.Multiply(jacobian, [.. labels[leading..], .. argument]);
        return c.Build([.. labels[..(leading + apply.Batch)], .. argument]);
    }
}
