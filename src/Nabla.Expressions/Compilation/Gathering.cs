using Nabla.Expressions.Core;

namespace Nabla.Expressions.Compilation;

/// <summary>Sums of products with the same matrices become one product: X'*diag(a)*X - X'*diag(b)*X is X'*diag(a - b)*X.</summary>
/// <remarks>
/// The texts of derivatives may say it in either way; to evaluate, one product of matrices is better than two. The factors of order 0
/// and 1 of each term are gathered into a sum over the one label that they bear. What a sigmoid or a tanh lacks to 1 loses the difference, see <see cref="Saturation"/>.
/// </remarks>
/// <param name="tensors">The store.</param>
internal sealed class Gathering(Tensors tensors)
{
    private readonly Dictionary<Node, Node> _gathered = new(ReferenceEqualityComparer.Instance);

    /// <summary>The tensor with the sums in it gathered.</summary>
    public Node Apply(Node root)
    {
        var order = new HashSet<Node>(ReferenceEqualityComparer.Instance);
        var pending = new Stack<Node>([root]);
        while (pending.TryPop(out var n))
            if (!_gathered.ContainsKey(n) && order.Add(n)) foreach (var o in n.Operands) pending.Push(o);
        foreach (var n in order.OrderBy(n => n.Id)) _gathered[n] = Sum(Rebuilt(n));
        return _gathered[root];
    }

    private Node Rebuilt(Node n)
    {
        if (n.Operands.All(o => ReferenceEquals(_gathered[o], o))) return n;
        switch (n)
        {
            case AddNode sum:
                return tensors.Sum([.. sum.Terms.Select(t => (t.Coefficient, _gathered[t.Node]))], sum.Axes);
            case ContractNode product:
                var c = new Contraction(tensors);
                int[] labels = [.. product.Sizes.Select(c.Label)];
                foreach (var f in product.Factors) c.Multiply(_gathered[f.Operand], Array.ConvertAll(f.Labels, l => labels[l]), f.Exponent);
                return c.Build([.. product.Result.Select(l => labels[l])]);
            case MapNode map:
                return tensors.Map(map.Function, [.. map.Arguments.Select(a => _gathered[a])]);
            case ApplyNode apply:
                return tensors.Apply(apply.Function, _gathered[apply.Argument], apply.Operated);
            default:
                return n;
        }
    }

    private Node Sum(Node n)
    {
        if (n is not AddNode { Terms.Count: > 1 } sum) return n;
        if (Saturation.Of(sum) is { } saturation) return saturation.WithoutDifference(tensors);
        var groups = sum.Terms.GroupBy(t => Matrices(t.Node) ?? $"{t.Node.Id}", StringComparer.Ordinal).ToArray();
        if (groups.Length == sum.Terms.Count) return n;
        var terms = new List<(Coefficient, Node)>();
        foreach (var group in groups)
        {
            if (group.Count() == 1) terms.Add(group.First());
            else terms.Add((1, Gathered([.. group.Select(t => (t.Coefficient, (ContractNode)t.Node))])));
        }
        return tensors.Sum(terms, sum.Axes);
    }

    // What the terms have in common: the matrices and their labels, and the one label that all other factors bear.
    private static string? Matrices(Node n)
    {
        if (n is not ContractNode { Sums: true, HasDelta: false, Order: > 1 } c) return null;
        var matrices = c.Factors.Where(f => f.Labels.Length > 1).ToArray();
        int[] others = [.. c.Factors.Where(f => f.Labels.Length == 1).Select(f => f.Labels[0]).Distinct()];
        if (matrices.Length < 2 || others.Length != 1 || c.Result.Contains(others[0])) return null;
        var numbers = new Dictionary<int, int>();
        foreach (int l in c.Result) numbers.TryAdd(l, numbers.Count);
        numbers.TryAdd(others[0], numbers.Count);
        if (matrices.Any(f => f.Labels.Any(l => !numbers.ContainsKey(l)))) return null;
        string Of(Factor f) => $"{f.Operand.Id}^{f.Exponent}({string.Join(',', f.Labels.Select(l => numbers[l]))})";
        return string.Join('*', matrices.Select(Of).Order(StringComparer.Ordinal)) + "->" + string.Join(',', c.Result.Select(l => numbers[l]));
    }

    private Node Gathered((Coefficient Coefficient, ContractNode Product)[] terms)
    {
        var first = terms[0].Product;
        int over = first.Factors.First(f => f.Labels.Length == 1).Labels[0];
        var weights = Sum(tensors.Sum([.. terms.Select(t => (t.Coefficient, Weight(t.Product)))], [first.Sizes[over]]));
        var c = new Contraction(tensors);
        int[] labels = [.. first.Sizes.Select(c.Label)];
        foreach (var f in first.Factors.Where(f => f.Labels.Length > 1)) c.Multiply(f.Operand, Array.ConvertAll(f.Labels, l => labels[l]), f.Exponent);
        c.Multiply(weights, labels[over]);
        return c.BuildClosed([.. first.Result.Select(l => labels[l])]);
    }

    private Node Weight(ContractNode product)
    {
        var c = new Contraction(tensors);
        int label = c.Label(product.Sizes[product.Factors.First(f => f.Labels.Length == 1).Labels[0]]);
        foreach (var f in product.Factors.Where(f => f.Labels.Length < 2)) c.Multiply(f.Operand, f.Labels.Length == 1 ? [label] : [], f.Exponent);
        return c.Build(label);
    }
}
