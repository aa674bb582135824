using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Core;

/// <summary>Two axes merged into one: P[I,i,k] is 1 where I = i*size(k) + k, counted from 0. Kronecker products and vec are made of it.</summary>
/// <param name="slow">The axis that runs slower.</param>
/// <param name="fast">The axis that runs faster.</param>
internal sealed class PairNode(Dimension slow, Dimension fast) : Node([slow * fast, slow, fast])
{
    /// <inheritdoc/>
    public override int StructureHash => HashCode.Combine(5, Axes[1], Axes[2]);

    /// <inheritdoc/>
    public override bool IsSameStructure(Node other) => other is PairNode p && p.Axes[1] == Axes[1] && p.Axes[2] == Axes[2];
}
