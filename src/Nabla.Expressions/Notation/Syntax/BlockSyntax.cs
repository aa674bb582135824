namespace Nabla.Expressions.Notation.Syntax;

/// <summary>A block matrix or a literal: <c>[A, B; C, D]</c>, <c>[1 2; 3 4]</c>, <c>[1, 2, 3]</c> (a matrix of one row).</summary>
/// <param name="rows">The rows of blocks, from the top.</param>
/// <param name="place">Where the opening bracket stands.</param>
public sealed class BlockSyntax(IReadOnlyList<IReadOnlyList<SyntaxNode>> rows, Place place = default) : SyntaxNode(place)
{
    /// <summary>The rows of blocks.</summary>
    public IReadOnlyList<IReadOnlyList<SyntaxNode>> Rows { get; } = rows;
}
