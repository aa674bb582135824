namespace Nabla.Expressions.Notation.Syntax;

/// <summary>A transpose: <c>A'</c>.</summary>
/// <param name="operand">What is transposed.</param>
/// <param name="place">Where the mark stands.</param>
public sealed class TransposeSyntax(SyntaxNode operand, Place place = default) : SyntaxNode(place)
{
    /// <summary>What is transposed.</summary>
    public SyntaxNode Operand { get; } = operand;
}
