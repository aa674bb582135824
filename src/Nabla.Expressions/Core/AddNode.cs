using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Core;

/// <summary>A sum of terms with coefficients. A number is a multiple of the empty contraction; the empty sum is zero.</summary>
/// <param name="terms">The terms, sorted by number, none twice, none with coefficient zero.</param>
/// <param name="axes">The axes of every term.</param>
internal sealed class AddNode((Coefficient Coefficient, Node Node)[] terms, Dimension[] axes) : Node(axes)
{
    private readonly int _hash = Hash(terms);

    /// <summary>The terms.</summary>
    public IReadOnlyList<(Coefficient Coefficient, Node Node)> Terms => terms;

    /// <summary>Whether this is zero.</summary>
    public bool IsZero => terms.Length == 0;

    /// <inheritdoc/>
    public override IEnumerable<Node> Operands => terms.Select(t => t.Node);

    /// <inheritdoc/>
    public override int StructureHash => _hash;

    /// <inheritdoc/>
    public override bool IsSameStructure(Node other)
    {
        if (other is not AddNode a || a._hash != _hash || a.Terms.Count != terms.Length || !SameAxes(a.Axes, Axes)) return false;
        for (int i = 0; i < terms.Length; i++)
            if (!ReferenceEquals(terms[i].Node, a.Terms[i].Node) || terms[i].Coefficient != a.Terms[i].Coefficient) return false;
        return true;
    }

    private static int Hash((Coefficient Coefficient, Node Node)[] terms)
    {
        var hash = new HashCode();
        hash.Add(7);
        foreach (var (c, n) in terms)
        {
            hash.Add(c);
            hash.Add(n.Id);
        }
        return hash.ToHashCode();
    }
}
