namespace Nabla.Expressions.Notation.Syntax;

/// <summary>An entry, row or column: <c>x[2]</c>, <c>A[1,:]</c>, <c>A[i,j]</c>. Indices count from 1.</summary>
/// <param name="operand">What is indexed.</param>
/// <param name="indices">The indices; null stands for <c>:</c>.</param>
/// <param name="place">Where the bracket stands.</param>
public sealed class IndexSyntax(SyntaxNode operand, IReadOnlyList<SyntaxNode?> indices, Place place = default) : SyntaxNode(place)
{
    /// <summary>What is indexed.</summary>
    public SyntaxNode Operand { get; } = operand;

    /// <summary>The indices; null stands for <c>:</c>.</summary>
    public IReadOnlyList<SyntaxNode?> Indices { get; } = indices;
}
