namespace Nabla.Expressions.Notation.Syntax;

/// <summary>A sum of two or more terms, added from the left: <c>a + b - c</c>.</summary>
/// <param name="terms">The terms; the first is negative only in trees that the system writes (<c>-a + b</c>).</param>
/// <param name="place">Where the first operator stands.</param>
public sealed class SumSyntax(IReadOnlyList<SumTerm> terms, Place place = default) : SyntaxNode(place)
{
    /// <summary>The terms.</summary>
    public IReadOnlyList<SumTerm> Terms { get; } = terms;
}
