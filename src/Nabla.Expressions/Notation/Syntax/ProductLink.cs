namespace Nabla.Expressions.Notation.Syntax;

/// <summary>One further factor of a product.</summary>
/// <param name="Operator">How it joins what stands left of it.</param>
/// <param name="Operand">The factor.</param>
/// <param name="Place">Where the operator stands.</param>
public readonly record struct ProductLink(Infix Operator, SyntaxNode Operand, Place Place = default);
