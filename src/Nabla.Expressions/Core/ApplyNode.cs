using System.Runtime.CompilerServices;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Operators;

namespace Nabla.Expressions.Core;

/// <summary>A function of the trailing axes of a tensor, for every index of the axes before.</summary>
/// <param name="function">The function.</param>
/// <param name="argument">Its argument.</param>
/// <param name="operated">How many trailing axes the function acts on.</param>
/// <param name="axes">The axes of the value: the batch axes, then those of the function's value.</param>
internal sealed class ApplyNode(TensorOperator function, Node argument, int operated, Dimension[] axes) : Node(axes)
{
    /// <summary>The function.</summary>
    public TensorOperator Function { get; } = function;

    /// <summary>The argument.</summary>
    public Node Argument { get; } = argument;

    /// <summary>How many trailing axes the function acts on.</summary>
    public int Operated { get; } = operated;

    /// <summary>How many leading axes are treated one by one.</summary>
    public int Batch => Argument.Order - Operated;

    /// <inheritdoc/>
    public override IEnumerable<Node> Operands => [Argument];

    /// <inheritdoc/>
    public override int StructureHash => HashCode.Combine(9, RuntimeHelpers.GetHashCode(Function), Argument.Id, Operated);

    /// <inheritdoc/>
    public override bool IsSameStructure(Node other) =>
        other is ApplyNode a && ReferenceEquals(a.Function, Function) && ReferenceEquals(a.Argument, Argument) && a.Operated == Operated;
}
