using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Core;

/// <summary>The embedding of one part of a partitioned axis: E[I,i] is 1 where I is the i-th place of the part. Blocks are made of it.</summary>
/// <param name="parts">The sizes of all parts, in order.</param>
/// <param name="part">Which part, from 0.</param>
internal sealed class EmbedNode(Dimension[] parts, int part) : Node([parts.Aggregate((a, b) => a + b), parts[part]])
{
    /// <summary>The sizes of all parts.</summary>
    public IReadOnlyList<Dimension> Parts => parts;

    /// <summary>Which part, from 0.</summary>
    public int Part { get; } = part;

    /// <inheritdoc/>
    public override int StructureHash => HashCode.Combine(4, Part, Axes[0]);

    /// <inheritdoc/>
    public override bool IsSameStructure(Node other) => other is EmbedNode e && e.Part == Part && SameAxes(e.Parts, Parts);
}
