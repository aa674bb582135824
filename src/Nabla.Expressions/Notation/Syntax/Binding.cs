namespace Nabla.Expressions.Notation.Syntax;

/// <summary>A binding: <c>z = A*x + b</c>, or of several names <c>Q, R = qr(A)</c>.</summary>
/// <param name="Names">The bound names.</param>
/// <param name="Value">What they are bound to.</param>
/// <param name="Places">Where the names stand.</param>
public sealed record Binding(IReadOnlyList<string> Names, SyntaxNode Value, IReadOnlyList<Place> Places);
