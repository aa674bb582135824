using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Core;

/// <summary>
/// A product of factors, summed over the labels that the result does not bear. A result label that stands twice is a delta, one that no
/// factor bears is a one.
/// </summary>
/// <remarks>Canonical: result labels are numbered first, in order of appearance; factors are sorted; see <see cref="Labelling"/>.</remarks>
/// <param name="factors">The factors.</param>
/// <param name="result">The labels of the result's axes.</param>
/// <param name="sizes">The dimension of every label.</param>
internal sealed class ContractNode(Factor[] factors, int[] result, Dimension[] sizes) : Node([.. result.Select(l => sizes[l])])
{
    private readonly int _hash = Hash(factors, result);

    /// <summary>The factors.</summary>
    public IReadOnlyList<Factor> Factors => factors;

    /// <summary>The labels of the result's axes.</summary>
    public IReadOnlyList<int> Result => result;

    /// <summary>The dimension of every label.</summary>
    public IReadOnlyList<Dimension> Sizes => sizes;

    /// <summary>How many labels are results; the labels from here on are summed.</summary>
    public int ResultLabels { get; } = result.Length == 0 ? 0 : result.Max() + 1;

    /// <summary>Whether any label is summed.</summary>
    public bool Sums => sizes.Length > ResultLabels;

    /// <summary>Whether a result label stands twice.</summary>
    public bool HasDelta => ResultLabels < result.Length;

    /// <summary>Whether this is a scalar that cannot be split into a product of scalars.</summary>
    public bool IsScalarBase => result.Length == 0 && sizes.Length > 0 && factors.All(f => f.Labels.Length > 0);

    /// <inheritdoc/>
    public override IEnumerable<Node> Operands => factors.Select(f => f.Operand);

    /// <inheritdoc/>
    public override int StructureHash => _hash;

    /// <inheritdoc/>
    public override bool IsSameStructure(Node other)
    {
        if (other is not ContractNode c || c._hash != _hash || c.Factors.Count != factors.Length || !c.Result.SequenceEqual(result) || !SameAxes(c.Sizes, sizes)) return false;
        for (int i = 0; i < factors.Length; i++)
        {
            var (a, b) = (factors[i], c.Factors[i]);
            if (!ReferenceEquals(a.Operand, b.Operand) || a.Exponent != b.Exponent || !a.Labels.AsSpan().SequenceEqual(b.Labels)) return false;
        }
        return true;
    }

    private static int Hash(Factor[] factors, int[] result)
    {
        var hash = new HashCode();
        hash.Add(6);
        foreach (int l in result) hash.Add(l);
        foreach (var f in factors)
        {
            hash.Add(f.Operand.Id);
            hash.Add(f.Exponent);
            foreach (int l in f.Labels) hash.Add(l);
        }
        return hash.ToHashCode();
    }
}
