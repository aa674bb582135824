using Nabla.Expressions.Core;

namespace Nabla.Expressions.Writing.Code;

/// <summary>How often generated code needs each tensor of its results: what is needed twice gets a name.</summary>
internal sealed class TensorUses
{
    private readonly Dictionary<Node, int> _uses = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<Node> _ofFunctions = new(ReferenceEqualityComparer.Instance);

    /// <param name="results">The tensors that are returned, and whether each is a derivative.</param>
    public TensorUses(IReadOnlyList<(Node Node, bool IsDerivative)> results)
    {
        foreach (var (root, isDerivative) in results)
        {
            // A result is named whatever else uses it.
            _uses[root] = _uses.GetValueOrDefault(root) + 2;
            foreach (var n in root.WithOperands())
            {
                if (!isDerivative) _ofFunctions.Add(n);
                foreach (var o in n.Operands) _uses[o] = _uses.GetValueOrDefault(o) + 1;
            }
        }
    }

    /// <summary>Whether a tensor is needed more than once.</summary>
    public bool IsShared(Node n) => _uses.GetValueOrDefault(n) > 1;

    /// <summary>Whether a power in a product is that of a norm in a derivative, which counts as zero where the norm is zero.</summary>
    public bool IsSubgradient(Factor f, ContractNode product) => !_ofFunctions.Contains(product) && Squares.IsNormPower(f.Operand, f.Exponent);
}
