using Nabla.Expressions.Notation;
using Nabla.Expressions.Operators;

namespace Nabla.Expressions.Core;

/// <summary>The store of the tensors of one question: builds, simplifies and interns them.</summary>
internal sealed class Tensors
{
    /// <summary>A contraction; <c>...</c> stands for common leading axes.</summary>
    public Node Einsum(string specification, params ReadOnlySpan<Node> operands) => throw new NotImplementedException();

    /// <summary>The sum of tensors with equal axes.</summary>
    public Node Add(params ReadOnlySpan<Node> terms) => throw new NotImplementedException();

    /// <summary>A multiple.</summary>
    public Node Scale(Coefficient factor, Node x) => throw new NotImplementedException();

    /// <summary>Every entry to a rational power.</summary>
    public Node Power(Node x, Coefficient exponent) => throw new NotImplementedException();

    /// <summary>The product entry by entry of tensors with equal axes.</summary>
    public Node Multiply(params ReadOnlySpan<Node> factors) => throw new NotImplementedException();

    /// <summary>A tensor all of whose entries are one number.</summary>
    public Node Constant(Coefficient value, IReadOnlyList<Dimension> axes) => throw new NotImplementedException();

    /// <summary>A scalar function of tensors with equal axes.</summary>
    public Node Map(ElementwiseOperator function, params ReadOnlySpan<Node> arguments) => throw new NotImplementedException();

    /// <summary>A function of the trailing axes of a tensor.</summary>
    public Node Apply(TensorOperator function, Node x, int operated) => throw new NotImplementedException();
}
