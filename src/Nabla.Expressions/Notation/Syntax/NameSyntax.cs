namespace Nabla.Expressions.Notation.Syntax;

/// <summary>A name: a variable, a bound quantity, an index or a dimension.</summary>
/// <param name="name">The name.</param>
/// <param name="place">Where it stands.</param>
public sealed class NameSyntax(string name, Place place = default) : SyntaxNode(place)
{
    /// <summary>The name.</summary>
    public string Name { get; } = name;
}
