using Nabla.Expressions.Operators;

namespace Nabla.Expressions.Core;

/// <summary>Finds what tensors divide by.</summary>
internal static class Reciprocals
{
    /// <summary>The tensors whose negative powers are factors of other tensors.</summary>
    /// <param name="nodes">The tensors that may hold the powers.</param>
    public static HashSet<Node> In(IEnumerable<Node> nodes)
    {
        var found = new HashSet<Node>(ReferenceEqualityComparer.Instance);
        foreach (var contraction in nodes.OfType<ContractNode>())
            foreach (var f in contraction.Factors) if (f.Exponent.Sign < 0) found.Add(f.Operand);
        return found;
    }

    /// <summary>The tensors that a derivative divides by because a rule of the derivative says so, as that of the singular values; not those that the function divides by already.</summary>
    /// <param name="nodes">The tensors of the derivative.</param>
    /// <remarks>That rule multiplies by the projections on eigenspaces: where there are none, no singular values were derived.</remarks>
    public static HashSet<Node> OfRules(IReadOnlyCollection<Node> nodes) =>
        nodes.Any(n => n is ApplyNode { Function: Eigenprojections }) ? In(nodes) : [];
}
