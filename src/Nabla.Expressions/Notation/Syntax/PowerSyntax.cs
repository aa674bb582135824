namespace Nabla.Expressions.Notation.Syntax;

/// <summary>A power: <c>x^2</c> of a scalar or square matrix, <c>x.^2</c> element by element.</summary>
/// <param name="base">The base.</param>
/// <param name="exponent">The exponent.</param>
/// <param name="elementwise">Whether it is <c>.^</c>.</param>
/// <param name="place">Where the operator stands.</param>
public sealed class PowerSyntax(SyntaxNode @base, SyntaxNode exponent, bool elementwise, Place place = default) : SyntaxNode(place)
{
    /// <summary>The base.</summary>
    public SyntaxNode Base { get; } = @base;

    /// <summary>The exponent.</summary>
    public SyntaxNode Exponent { get; } = exponent;

    /// <summary>Whether it is <c>.^</c>.</summary>
    public bool Elementwise { get; } = elementwise;
}
