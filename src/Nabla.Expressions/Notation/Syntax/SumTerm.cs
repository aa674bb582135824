namespace Nabla.Expressions.Notation.Syntax;

/// <summary>One term of a sum.</summary>
/// <param name="Negative">Whether it is subtracted.</param>
/// <param name="Operand">The term.</param>
/// <param name="Place">Where its sign stands.</param>
public readonly record struct SumTerm(bool Negative, SyntaxNode Operand, Place Place = default);
