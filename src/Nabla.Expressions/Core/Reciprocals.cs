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
}
