using Nabla.Expressions.Core;

namespace Nabla.Expressions.Operators;

/// <summary>What the simplification rules of several operators look for in a tensor.</summary>
internal static class Patterns
{
    /// <summary>The argument of an element-wise function of one argument, if the tensor is that function's value.</summary>
    public static Node? ArgumentOf<T>(Node node) where T : ElementwiseOperator => node is MapNode { Function: T, Arguments: [var argument] } ? argument : null;

    /// <summary>The number that all entries are, if the tensor is constant.</summary>
    public static Coefficient? Constant(Node node) => node switch
    {
        AddNode { IsZero: true } => Coefficient.Zero,
        AddNode { Terms: [(var c, ContractNode { Factors.Count: 0, HasDelta: false, Sums: false })] } => c,
        ContractNode { Factors.Count: 0, HasDelta: false, Sums: false } => Coefficient.One,
        _ => null,
    };

    /// <summary>The number that can be taken out of a sum, with what remains; null if that is 1.</summary>
    public static (Coefficient Content, Node Primitive)? Content(Tensors t, Node node) =>
        node is AddNode { IsZero: false } sum && t.Primitive(sum, 1) is var (content, primitive) && !content.IsOne
            ? (content, primitive is AddNode { Terms: [(var c, var only)] } && c.IsOne ? only : primitive)
            : null;

    /// <summary>The diagonal of a diagonal matrix as a vector; null for other tensors.</summary>
    public static Node? Diagonal(Tensors t, Node node) => node.Order == 2 && IsDiagonal(node) ? t.Einsum("ii->i", node) : null;

    private static bool IsDiagonal(Node node) => node switch
    {
        ContractNode c => c.Result.Count == 2 && c.Result[0] == c.Result[1],
        AddNode sum => !sum.IsZero && sum.Terms.All(term => IsDiagonal(term.Node)),
        _ => false,
    };
}
