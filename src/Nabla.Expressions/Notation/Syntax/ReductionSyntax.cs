namespace Nabla.Expressions.Notation.Syntax;

/// <summary>A reduction over named indices: <c>sum[i,j](x[i]*A[i,j]*x[j])</c>, <c>prod[i](x[i])</c>.</summary>
/// <param name="function"><c>sum</c> or <c>prod</c>.</param>
/// <param name="indices">The indices that it binds.</param>
/// <param name="body">What is reduced.</param>
/// <param name="place">Where the function's name stands.</param>
public sealed class ReductionSyntax(string function, IReadOnlyList<string> indices, SyntaxNode body, Place place = default) : SyntaxNode(place)
{
    /// <summary><c>sum</c> or <c>prod</c>.</summary>
    public string Function { get; } = function;

    /// <summary>The indices that it binds.</summary>
    public IReadOnlyList<string> Indices { get; } = indices;

    /// <summary>What is reduced.</summary>
    public SyntaxNode Body { get; } = body;
}
