using Nabla.Expressions.Core;
using Nabla.Expressions.Operators;

namespace Nabla.Expressions.Writing;

/// <summary>Multiplies small sums out where terms then meet: <c>y.*(p - 1) + (1 - y).*p = p - y</c>.</summary>
internal static class Expansion
{
    private const int MaxTerms = 16;

    /// <summary>The sum with its products of sums multiplied out, or null where that does not gather terms.</summary>
    public static Node? Rewrite(Tensors t, AddNode sum)
    {
        if (sum.Terms.Count > 8) return null;
        var sigmoids = new HashSet<Node>(ReferenceEqualityComparer.Instance);
        foreach (var (_, node) in sum.Terms) Sigmoids(node, sigmoids);
        var terms = new List<(Coefficient, Node)>();
        bool changed = false;
        foreach (var (coefficient, node) in sum.Terms)
        {
            if (!Expand(t, node, coefficient, sigmoids, terms, ref changed) || terms.Count > MaxTerms) return null;
        }
        if (!changed) return null;
        var expanded = t.Sum(terms, sum.Axes);
        return expanded is not AddNode e || (e.Terms.Count <= sum.Terms.Count && e.Terms.Count < terms.Count) ? expanded : null;
    }

    /// <summary>A product with one of its sums multiplied out, or null where that does not gather terms.</summary>
    public static Node? Rewrite(Tensors t, ContractNode product)
    {
        var terms = new List<(Coefficient, Node)>();
        bool changed = false;
        if (!Expand(t, product, 1, [], terms, ref changed) || !changed || terms.Count > 6) return null;
        var expanded = t.Sum(terms, product.Axes);
        return expanded is not AddNode e || e.Terms.Count < terms.Count ? expanded : null;
    }

    /// <summary>A product with its first sum of more than two axes multiplied out, term by term: only its terms may have matrix expressions. Null where there is none.</summary>
    public static Node? OpenLargeSum(Tensors t, ContractNode c)
    {
        for (int k = 0; k < c.Factors.Count; k++)
            if (c.Factors[k] is { IsPlain: true, Operand: AddNode { Order: > 2, Terms: { Count: > 1 and <= MaxTerms } terms } })
                return t.Sum([.. terms.Select(term => (term.Coefficient, Substitute(t, c, k, term.Node)))], c.Axes);
        return null;
    }

    // The product with another tensor in the place of a factor.
    private static Node Substitute(Tensors t, ContractNode c, int factor, Node node)
    {
        var product = new Contraction(t);
        int[] labels = [.. c.Sizes.Select(product.Label)];
        for (int i = 0; i < c.Factors.Count; i++)
            product.Multiply(i == factor ? node : c.Factors[i].Operand, Array.ConvertAll(c.Factors[i].Labels, l => labels[l]), c.Factors[i].Exponent);
        return product.Build([.. c.Result.Select(l => labels[l])]);
    }

    private static bool Expand(Tensors t, Node node, Coefficient coefficient, HashSet<Node> sigmoids, List<(Coefficient, Node)> terms, ref bool changed)
    {
        if (node is ContractNode c)
            for (int k = 0; k < c.Factors.Count; k++)
            {
                if (!c.Factors[k].IsPlain || Parts(t, c.Factors[k].Operand, sigmoids) is not { } parts) continue;
                changed = true;
                foreach (var (inner, part) in parts)
                {
                    var built = t.Scale(inner, Substitute(t, c, k, part));
                    if (terms.Count > MaxTerms) return false;
                    if (built is AddNode sum)
                        foreach (var (d, n) in sum.Terms) { if (!Expand(t, n, coefficient * d, sigmoids, terms, ref changed)) return false; }
                    else if (!Expand(t, built, coefficient, sigmoids, terms, ref changed)) return false;
                }
                return true;
            }
        if (node is MapNode && Parts(t, node, sigmoids) is { } own)
        {
            changed = true;
            foreach (var (inner, part) in own) terms.Add((coefficient * inner, part));
            return true;
        }
        terms.Add((coefficient, node));
        return true;
    }

    // A small sum; and sigmoid(-z) as 1 - sigmoid(z) where that occurs too.
    private static IReadOnlyList<(Coefficient, Node)>? Parts(Tensors t, Node node, HashSet<Node> sigmoids)
    {
        if (node is AddNode { Terms: { Count: 2 or 3 } terms }) return terms;
        if (node is not MapNode { Function: Sigmoid, Arguments: [var z] } s || sigmoids.Count == 0) return null;
        var mirrored = t.Map(s.Function, t.Scale(-1, z));
        // Of the two, the one that was made later is expressed by the other.
        return sigmoids.Contains(mirrored) && mirrored.Id < node.Id ? [(1, t.Constant(1, node.Axes)), (-1, mirrored)] : null;
    }

    private static void Sigmoids(Node node, HashSet<Node> found)
    {
        switch (node)
        {
            case MapNode { Function: Sigmoid }:
                found.Add(node);
                break;
            case ContractNode { Factors.Count: <= 8 } c:
                foreach (var f in c.Factors) Sigmoids(f.Operand, found);
                break;
            case AddNode { Terms.Count: <= 4 } a:
                foreach (var (_, n) in a.Terms) if (n is not AddNode) Sigmoids(n, found);
                break;
        }
    }
}
