using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Core;

/// <summary>The k-th unit vector of a dimension: fixed indices contract with it.</summary>
/// <param name="dimension">The dimension.</param>
/// <param name="index">The place of the one, from 1.</param>
internal sealed class UnitNode(Dimension dimension, long index) : Node([dimension])
{
    /// <summary>The place of the one, from 1.</summary>
    public long Index { get; } = index;

    /// <inheritdoc/>
    public override int StructureHash => HashCode.Combine(3, Index, Axes[0]);

    /// <inheritdoc/>
    public override bool IsSameStructure(Node other) => other is UnitNode u && u.Index == Index && u.Axes[0] == Axes[0];
}
