namespace Nabla.Expressions.Notation.Syntax;

/// <summary>A negated operand: <c>-x</c>. Stacked signs are folded when they are read.</summary>
/// <param name="operand">What is negated.</param>
/// <param name="place">Where the sign stands.</param>
public sealed class NegateSyntax(SyntaxNode operand, Place place = default) : SyntaxNode(place)
{
    /// <summary>What is negated.</summary>
    public SyntaxNode Operand { get; } = operand;
}
