namespace Nabla.Expressions.Notation.Syntax;

/// <summary>A product of two or more factors, joined from the left: <c>A*B.*C</c> is <c>(A*B).*C</c>.</summary>
/// <param name="first">The first factor.</param>
/// <param name="links">The further factors, each with its operator.</param>
/// <param name="place">Where the first operator stands.</param>
public sealed class ProductSyntax(SyntaxNode first, IReadOnlyList<ProductLink> links, Place place = default) : SyntaxNode(place)
{
    /// <summary>The first factor.</summary>
    public SyntaxNode First { get; } = first;

    /// <summary>The further factors.</summary>
    public IReadOnlyList<ProductLink> Links { get; } = links;
}
