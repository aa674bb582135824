namespace Nabla.Expressions.Core;

/// <summary>A tensor on the way from the notation to the core: a node whose leading axes are the free indices of the notation.</summary>
/// <param name="Node">The tensor; its axes are the free indices, in the order of <paramref name="Indices"/>, then those of the value.</param>
/// <param name="Indices">The free indices (of <c>sum[i](...)</c>) that the value depends on, ascending.</param>
internal readonly record struct Term(Node Node, IReadOnlyList<int> Indices)
{
    /// <summary>The number of axes of the value, without the free indices.</summary>
    public int ValueOrder => Node.Order - Indices.Count;
}
