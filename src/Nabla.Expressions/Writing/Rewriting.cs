using Nabla.Expressions.Core;

namespace Nabla.Expressions.Writing;

/// <summary>Replaces a tensor by a symbol wherever it occurs: as an operand, or as two neighbouring factors of a contraction.</summary>
internal sealed class Rewriting
{
    private readonly Tensors _tensors;
    private readonly Node _piece;
    private readonly Node _symbol;
    private readonly Dictionary<Node, Node> _done = new(ReferenceEqualityComparer.Instance);

    public Rewriting(Tensors tensors, Node piece, Node symbol)
    {
        (_tensors, _piece, _symbol) = (tensors, piece, symbol);
        _done[piece] = symbol;
    }

    /// <summary>The tensor with the symbol put in.</summary>
    public Node Apply(Node node)
    {
        if (_done.TryGetValue(node, out var known)) return known;
        if (DeepRecursion.IsNeeded) return DeepRecursion.Continue(() => Apply(node));
        var result = node switch
        {
            AddNode sum => Sum(sum),
            ContractNode c => Product(c),
            MapNode m when m.Arguments.Select(Apply).ToArray() is var arguments && !arguments.SequenceEqual(m.Arguments) => _tensors.Map(m.Function, arguments),
            ApplyNode a when Apply(a.Argument) is var argument && !ReferenceEquals(argument, a.Argument) => _tensors.Apply(a.Function, argument, a.Operated),
            _ => node,
        };
        return _done[node] = result;
    }

    /// <summary>The tensors that two neighbouring factors of a contraction make, where these have at most two axes.</summary>
    public static IEnumerable<Node> Pairs(Tensors t, ContractNode c)
    {
        if (c.Factors.Count is < 2 or > 10) yield break;
        for (int i = 0; i < c.Factors.Count; i++)
            for (int j = i + 1; j < c.Factors.Count; j++)
                if (Pair(t, c, i, j) is var (node, _)) yield return node;
    }

    // The product of two factors that meet in one summed label nobody else bears; its labels are those that remain.
    private static (Node Node, int[] Labels)? Pair(Tensors t, ContractNode c, int i, int j)
    {
        var (f, g) = (c.Factors[i], c.Factors[j]);
        if (!f.IsPlain || !g.IsPlain || f.Operand.Order is 0 or > 2 || g.Operand.Order is 0 or > 2) return null;
        var meeting = f.Labels.Intersect(g.Labels).ToArray();
        if (meeting.Length != 1 || meeting[0] < c.ResultLabels || f.Labels.Distinct().Count() < f.Labels.Length || g.Labels.Distinct().Count() < g.Labels.Length) return null;
        int label = meeting[0];
        for (int k = 0; k < c.Factors.Count; k++) if (k != i && k != j && c.Factors[k].Labels.Contains(label)) return null;
        int[] rest = [.. f.Labels.Concat(g.Labels).Where(l => l != label)];
        if (rest.Length is 0 or > 2 || (rest.Length == 2 && rest[0] == rest[1])) return null;
        var product = new Contraction(t);
        int[] labels = [.. c.Sizes.Select(product.Label)];
        product.Multiply(f.Operand, Array.ConvertAll(f.Labels, l => labels[l]), 1);
        product.Multiply(g.Operand, Array.ConvertAll(g.Labels, l => labels[l]), 1);
        var node = product.BuildPart([.. rest.Select(l => labels[l])], f.Labels.Concat(g.Labels).Select(l => labels[l]));
        if (node is not ContractNode) return null;
        var (oriented, swapped) = t.Orientation.Of(node);
        return (oriented, swapped ? [rest[1], rest[0]] : rest);
    }

    private Node Sum(AddNode sum)
    {
        bool changed = false;
        var terms = new List<(Coefficient, Node)>(sum.Terms.Count);
        foreach (var (coefficient, node) in sum.Terms)
        {
            var other = Apply(node);
            changed |= !ReferenceEquals(other, node);
            terms.Add((coefficient, other));
        }
        return changed ? _tensors.Sum(terms, sum.Axes) : sum;
    }

    private Node Product(ContractNode c)
    {
        bool changed = false;
        var factors = new List<Factor>(c.Factors.Count);
        for (int i = 0; i < c.Factors.Count; i++)
        {
            var operand = Apply(c.Factors[i].Operand);
            changed |= !ReferenceEquals(operand, c.Factors[i].Operand);
            factors.Add(c.Factors[i] with { Operand = operand });
        }
        if (_piece is ContractNode && c.Factors.Count <= 10)
            for (bool again = true; again;)
            {
                again = false;
                for (int i = 0; i < c.Factors.Count && !again; i++)
                    for (int j = i + 1; j < c.Factors.Count && !again; j++)
                    {
                        if (factors[i].Operand is null || factors[j].Operand is null || Pair(_tensors, c, i, j) is not var (node, labels) || !ReferenceEquals(node, _piece)) continue;
                        if (!ReferenceEquals(factors[i].Operand, c.Factors[i].Operand) || !ReferenceEquals(factors[j].Operand, c.Factors[j].Operand)) continue;
                        factors[i] = new(_symbol, labels, 1);
                        factors[j] = default;
                        changed = again = true;
                    }
            }
        if (!changed) return c;
        var product = new Contraction(_tensors);
        int[] all = [.. c.Sizes.Select(product.Label)];
        var kept = factors.Where(f => f.Operand is not null).ToArray();
        foreach (var f in kept) product.Multiply(f.Operand, Array.ConvertAll(f.Labels, l => all[l]), f.Exponent);
        return product.BuildPart([.. c.Result.Select(l => all[l])], [.. c.Result.Select(l => all[l]), .. kept.SelectMany(f => f.Labels).Select(l => all[l])]);
    }
}
