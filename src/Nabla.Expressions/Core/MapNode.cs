using System.Runtime.CompilerServices;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Operators;

namespace Nabla.Expressions.Core;

/// <summary>A scalar function, element by element, of tensors with equal axes.</summary>
/// <param name="function">The function.</param>
/// <param name="arguments">Its arguments.</param>
/// <param name="axes">The axes of every argument and of the value.</param>
internal sealed class MapNode(ElementwiseOperator function, Node[] arguments, Dimension[] axes) : Node(axes)
{
    /// <summary>The function.</summary>
    public ElementwiseOperator Function { get; } = function;

    /// <summary>The arguments.</summary>
    public IReadOnlyList<Node> Arguments => arguments;

    /// <inheritdoc/>
    public override IEnumerable<Node> Operands => arguments;

    /// <inheritdoc/>
    public override int StructureHash => HashCode.Combine(8, RuntimeHelpers.GetHashCode(Function), arguments[0].Id, arguments.Length > 1 ? arguments[1].Id : -1);

    /// <inheritdoc/>
    public override bool IsSameStructure(Node other) =>
        other is MapNode m && ReferenceEquals(m.Function, Function) && m.Arguments.Count == arguments.Length && !arguments.Where((a, i) => !ReferenceEquals(a, m.Arguments[i])).Any();
}
