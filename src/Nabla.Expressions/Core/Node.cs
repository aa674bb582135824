using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Core;

/// <summary>A tensor of the core: interned, so that equal expressions are one object.</summary>
internal abstract class Node
{
    /// <summary>Number in the order of creation within its store; operands come before what is made of them.</summary>
    public int Id { get; private set; } = -1;

    /// <summary>The sizes of the axes.</summary>
    public abstract IReadOnlyList<Dimension> Axes { get; }

    /// <summary>The number of axes.</summary>
    public int Order => Axes.Count;
}
