using Nabla.Expressions.Core;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Explanation.Claims;

/// <summary>The derivative with one factor of its products left out, in one term or wherever it stands.</summary>
/// <param name="tensors">The store.</param>
internal sealed class LostFactors(Tensors tensors)
{
    private const int MostFactors = 12;

    /// <summary>All such tensors.</summary>
    /// <param name="derivative">The derivative.</param>
    public IEnumerable<Node> Of(Node derivative)
    {
        var terms = derivative is AddNode sum ? sum.Terms : [((Coefficient)1, derivative)];
        foreach (bool joins in (bool[])[true, false])
            foreach (var lost in Of(terms, joins)) yield return lost;
    }

    private IEnumerable<Node> Of(IReadOnlyList<(Coefficient Coefficient, Node Node)> terms, bool joins)
    {
        foreach (var operand in terms.SelectMany(t => Factors(t.Node)).Select(f => f.Operand).Distinct())
            if (Sum([.. terms.Select(t => (t.Coefficient, Without(t.Node, f => ReferenceEquals(f.Operand, operand), joins)))]) is { } everywhere) yield return everywhere;
        for (int k = 0; k < terms.Count; k++)
        {
            var factors = Factors(terms[k].Node);
            for (int i = 0; i < factors.Count; i++)
            {
                var lost = factors[i];
                if (Without(terms[k].Node, f => ReferenceEquals(f.Labels, lost.Labels), joins) is { } rest
                    && Sum([.. terms.Select((t, j) => (t.Coefficient, j == k ? rest : t.Node))]) is { } once) yield return once;
            }
        }
    }

    // A scalar that is left out makes a ratio that depends on the data: another function.
    private static IReadOnlyList<Factor> Factors(Node node) =>
        node is ContractNode { Factors.Count: > 1 and <= MostFactors } c ? [.. c.Factors.Where(f => f.Labels.Length > 0)] : [];

    private Node? Sum((Coefficient Coefficient, Node? Node)[] terms)
    {
        if (terms.Any(t => t.Node is null) || terms[0].Node is not { } first) return null;
        return terms.Skip(1).All(t => t.Node!.Axes.SequenceEqual(first.Axes)) ? tensors.Sum([.. terms.Select(t => (t.Coefficient, t.Node!))], first.Axes) : null;
    }

    // A matrix that is left out joins its neighbours, if they fit, or leaves the result with the axis behind it; weights and vectors leave their axes to the others.
    private Node? Without(Node node, Func<Factor, bool> isLost, bool joins)
    {
        if (node is not ContractNode c || !c.Factors.Any(isLost) || c.Factors.All(isLost)) return node is ContractNode own && own.Factors.Any(isLost) ? null : node;
        int[] joined = [.. Enumerable.Range(0, c.Sizes.Count)];
        int Root(int l) => joined[l] == l ? l : Root(joined[l]);
        foreach (var f in c.Factors.Where(isLost))
        {
            if (f.Labels.Length > 2) return null;
            if (!joins || f.Labels is not [var a, var b]) continue;
            (a, b) = (Root(a), Root(b));
            if (a == b) continue;
            bool isResult = c.Result.Contains(a) && c.Result.Contains(b);
            if (isResult) return null;
            if (c.Result.Contains(b)) (a, b) = (b, a);
            // The summed label takes the result's place with its own size.
            joined[a] = b;
        }
        var borne = c.Factors.Where(f => !isLost(f)).SelectMany(f => f.Labels).Select(Root).ToHashSet();
        if (c.Result.Any(l => !borne.Contains(Root(l)))) return null;
        var rest = new Contraction(tensors);
        int[] labels = [.. c.Sizes.Select(rest.Label)];
        foreach (var f in c.Factors.Where(f => !isLost(f)))
        {
            for (int i = 0; i < f.Labels.Length; i++) if (f.Operand.Axes[i] != c.Sizes[Root(f.Labels[i])]) return null;
            rest.Multiply(f.Operand, Array.ConvertAll(f.Labels, l => labels[Root(l)]), f.Exponent);
        }
        int[] result = [.. c.Result.Select(l => labels[Root(l)])];
        return rest.BuildPart(result, [.. result, .. c.Factors.Where(f => !isLost(f)).SelectMany(f => f.Labels).Select(l => labels[Root(l)])]);
    }
}
