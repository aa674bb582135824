using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Core;

/// <summary>A vector or matrix of numbers that stands in the program.</summary>
/// <param name="entries">The entries, row by row.</param>
/// <param name="axes">Its axes; their sizes are numbers.</param>
internal sealed class LiteralNode(Coefficient[] entries, Dimension[] axes) : Node(axes)
{
    /// <summary>The entries, row by row.</summary>
    public IReadOnlyList<Coefficient> Entries => entries;

    /// <inheritdoc/>
    public override int StructureHash
    {
        get
        {
            var hash = new HashCode();
            hash.Add(2);
            foreach (var e in entries) hash.Add(e);
            return hash.ToHashCode();
        }
    }

    /// <inheritdoc/>
    public override bool IsSameStructure(Node other) => other is LiteralNode l && SameAxes(Axes, l.Axes) && entries.AsSpan().SequenceEqual(l.Entries.ToArray());
}
