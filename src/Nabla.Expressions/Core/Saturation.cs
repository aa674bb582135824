using Nabla.Expressions.Operators;

namespace Nabla.Expressions.Core;

/// <summary>What a function that saturates lacks to 1: c*(W - W.*sigmoid(z)), or c*(W - W.*tanh(z)²), where W may be 1. The difference loses all digits where the function is near 1.</summary>
/// <param name="Scale">c.</param>
/// <param name="Whole">W.</param>
/// <param name="Function">sigmoid(z) or tanh(z)².</param>
internal readonly record struct Saturation(Coefficient Scale, Node Whole, Factor Function)
{
    /// <summary>z where the sum is c*(1 - sigmoid(z)), else null.</summary>
    public Node? OfSigmoid => Function.Operand is MapNode { Function: Sigmoid, Arguments: [var z] } && Whole is ContractNode { Factors.Count: 0 } ? z : null;

    /// <summary>The sum, if it is such a difference.</summary>
    public static Saturation? Of(AddNode sum)
    {
        if (sum.Terms is not [var a, var b] || !(a.Coefficient + b.Coefficient).IsZero) return null;
        return Of(a.Coefficient, a.Node, b.Node) ?? Of(b.Coefficient, b.Node, a.Node);
    }

    /// <summary>The same without a difference: 1 - sigmoid(z) is sigmoid(-z), and 1 - tanh(z)² is 4*sigmoid(2*z).*sigmoid(-2*z).</summary>
    /// <param name="t">The store.</param>
    public Node WithoutDifference(Tensors t)
    {
        var saturating = (MapNode)Function.Operand;
        var product = new Contraction(t);
        int[] labels = [.. Whole.Axes.Select(product.Label)], own = Array.ConvertAll(Function.Labels, l => labels[l]);
        product.Multiply(Whole, labels);
        foreach (int factor in saturating.Function is Tanh ? new[] { 2, -2 } : [-1])
            product.Multiply(t.Map(OperatorTable.Get<Sigmoid>(), t.Scale(factor, saturating.Arguments[0])), own);
        return t.Scale(saturating.Function is Tanh ? 4 * Scale : Scale, product.Build(labels));
    }

    private static Saturation? Of(Coefficient scale, Node whole, Node part)
    {
        if (Factors(whole) is not { } own || Factors(part) is not { } factors) return null;
        for (int i = 0; i < factors.Count; i++)
        {
            Coefficient power = factors[i].Operand switch { MapNode { Function: Sigmoid } => 1, MapNode { Function: Tanh } => 2, _ => 0 };
            if (power.IsZero) continue;
            // The part without that power of the function is the whole.
            var rest = new List<Factor>(factors);
            rest[i] = rest[i] with { Exponent = rest[i].Exponent - power };
            if (rest[i].Exponent.IsZero) rest.RemoveAt(i);
            if (rest.Count == own.Count && rest.All(f => own.Any(g => ReferenceEquals(f.Operand, g.Operand) && f.Exponent == g.Exponent && f.Labels.AsSpan().SequenceEqual(g.Labels))))
                return new(scale, whole, factors[i] with { Exponent = power });
        }
        return null;
    }

    // The factors of a product entry by entry; null for any other product.
    private static IReadOnlyList<Factor>? Factors(Node node) => node switch
    {
        ContractNode { Sums: true } or ContractNode { HasDelta: true } => null,
        ContractNode product => product.Factors,
        _ => [new(node, [.. Enumerable.Range(0, node.Order)], 1)],
    };
}
