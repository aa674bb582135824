namespace Nabla.Expressions.Notation.Syntax;

/// <summary>A function of the notation applied to arguments: <c>sin(x)</c>, <c>max(a, b)</c>.</summary>
/// <param name="function">The function as it is written (an alias stays one).</param>
/// <param name="arguments">The arguments.</param>
/// <param name="place">Where the function's name stands.</param>
public sealed class CallSyntax(string function, IReadOnlyList<SyntaxNode> arguments, Place place = default) : SyntaxNode(place)
{
    /// <summary>The function's name.</summary>
    public string Function { get; } = function;

    /// <summary>The arguments.</summary>
    public IReadOnlyList<SyntaxNode> Arguments { get; } = arguments;
}
