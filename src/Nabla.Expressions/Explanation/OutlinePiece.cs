namespace Nabla.Expressions.Explanation;

/// <summary>A piece of a line.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Words, a formula of the notation, the literal of a matrix, or what is differentiated.</param>
/// <param name="Other">What a partial derivative is taken by; the number of columns left of the line of an augmented matrix; empty otherwise.</param>
/// <param name="Shape">The shape that is written under the piece, or beside the line; empty for none.</param>
internal sealed record OutlinePiece(OutlinePieceKind Kind, string Text, string Other = "", string Shape = "");
