using Nabla.Expressions.Core;

namespace Nabla.Expressions.Notation.Syntax;

/// <summary>A number, exact where it was written exactly.</summary>
/// <param name="value">Its value.</param>
/// <param name="place">Where it stands.</param>
public sealed class NumberSyntax(Coefficient value, Place place = default) : SyntaxNode(place)
{
    /// <summary>The value.</summary>
    public Coefficient Value { get; } = value;
}
