using Nabla.Expressions.Core;

namespace Nabla.Expressions.Writing;

/// <summary>sin² = 1 - cos² in sums where both occur: <c>cos(t)^3 - 2*cos(t)*sin(t)^2 = 3*cos(t)^3 - 2*cos(t)</c>.</summary>
internal static class Pythagoras
{
    /// <summary>The sum with the squares of one function expressed by the other, or null where that gathers no terms.</summary>
    public static Node? Rewrite(Tensors t, AddNode sum)
    {
        if (sum.Terms.Count is < 2 or > 12) return null;
        foreach (var (from, to) in new[] { ("sin", "cos"), ("cos", "sin") })
        {
            var terms = new List<(Coefficient, Node)>();
            bool changed = false;
            foreach (var (coefficient, node) in sum.Terms)
            {
                if (node is not ContractNode c || Square(c, from) is not (>= 0 and var k)) { terms.Add((coefficient, node)); continue; }
                changed = true;
                var map = (MapNode)c.Factors[k].Operand;
                var other = t.Map((Operators.ElementwiseOperator)Operators.OperatorTable.Find(to)!, map.Arguments[0]);
                terms.Add((coefficient, Without(t, c, k, null)));
                terms.Add((-coefficient, Without(t, c, k, other)));
            }
            if (changed && t.Sum(terms, sum.Axes) is var rewritten && (rewritten as AddNode)?.Terms.Count <= sum.Terms.Count) return rewritten;
        }
        return null;
    }

    private static int Square(ContractNode c, string function)
    {
        for (int k = 0; k < c.Factors.Count; k++)
            if (c.Factors[k] is { Operand: MapNode { Function.Name: var name }, Exponent: { IsInteger: true } e } && name == function && e >= 2) return k;
        return -1;
    }

    private static Node Without(Tensors t, ContractNode c, int k, Node? times)
    {
        var product = new Contraction(t);
        int[] labels = [.. c.Sizes.Select(product.Label)];
        for (int i = 0; i < c.Factors.Count; i++)
        {
            var f = c.Factors[i];
            product.Multiply(f.Operand, Array.ConvertAll(f.Labels, l => labels[l]), i == k ? f.Exponent - 2 : f.Exponent);
        }
        if (times is not null) product.Multiply(times, Array.ConvertAll(c.Factors[k].Labels, l => labels[l]), 2);
        return product.Build([.. c.Result.Select(l => labels[l])]);
    }
}
