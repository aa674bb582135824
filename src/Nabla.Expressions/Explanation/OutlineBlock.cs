namespace Nabla.Expressions.Explanation;

/// <summary>A block of a told derivation: a heading, a sentence, or a line of formulas.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Depth">How deep it stands: 0 for the main thread.</param>
/// <param name="Pieces">What it consists of.</param>
internal sealed record OutlineBlock(OutlineKind Kind, int Depth, IReadOnlyList<OutlinePiece> Pieces);
