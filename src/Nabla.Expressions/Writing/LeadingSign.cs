using Nabla.Expressions.Notation.Syntax;

namespace Nabla.Expressions.Writing;

/// <summary>The sign in front of a term: it may be taken out of the first factor of a product, since every product is linear in it.</summary>
internal static class LeadingSign
{
    /// <summary>Whether a term is written with a minus in front.</summary>
    public static bool Of(SyntaxNode node)
    {
        bool negative = false;
        while (true)
        {
            switch (node)
            {
                case NegateSyntax negate:
                    negative = !negative;
                    node = negate.Operand;
                    break;
                case ProductSyntax product:
                    node = product.First;
                    break;
                case NumberSyntax number:
                    return negative ^ (number.Value.Sign < 0);
                default:
                    return negative;
            }
        }
    }

    /// <summary>A term without the signs in front of it, and whether they are negative in all.</summary>
    public static (bool Negative, SyntaxNode Operand) Strip(bool negative, SyntaxNode node)
    {
        for (; node is NegateSyntax negate; node = negate.Operand) negative = !negative;
        return (negative, node);
    }
}
