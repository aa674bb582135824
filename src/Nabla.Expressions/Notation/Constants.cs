using Nabla.Expressions.Core;
using Nabla.Expressions.Notation.Syntax;

namespace Nabla.Expressions.Notation;

/// <summary>Numbers that are written in a program, alone or as arithmetic of numbers: <c>2</c>, <c>-1/2</c>, <c>(3 + 1)/2</c>.</summary>
internal static class Constants
{
    /// <summary>The number that a piece of a program is, exactly; null if it is none.</summary>
    public static Coefficient? Of(SyntaxNode node)
    {
        if (DeepRecursion.IsNeeded) return DeepRecursion.Continue(() => Of(node));
        switch (node)
        {
            case NumberSyntax number:
                return number.Value;
            case NegateSyntax negate:
                return Of(negate.Operand) is { } x ? -x : null;
            case SumSyntax { Terms.Count: <= 8 } sum:
                Coefficient total = 0;
                foreach (var term in sum.Terms)
                {
                    if (Of(term.Operand) is not { } value) return null;
                    total += term.Negative ? -value : value;
                }
                return total;
            case ProductSyntax { Links.Count: <= 8 } product:
                if (Of(product.First) is not { } result) return null;
                foreach (var link in product.Links)
                {
                    if (link.Operator is not (Infix.Multiply or Infix.Divide) || Of(link.Operand) is not { } value) return null;
                    if (link.Operator == Infix.Divide && value.IsZero) return null;
                    result = link.Operator == Infix.Multiply ? result * value : result / value;
                }
                return result;
            default:
                return null;
        }
    }

    /// <summary>The entries of a literal, row by row; null if a block is not a number.</summary>
    public static Coefficient[]? Entries(BlockSyntax block)
    {
        var entries = new List<Coefficient>();
        foreach (var row in block.Rows)
            foreach (var entry in row)
            {
                if (entry is not (NumberSyntax or NegateSyntax { Operand: NumberSyntax } or ProductSyntax) || Of(entry) is not { } value) return null;
                entries.Add(value);
            }
        return [.. entries];
    }
}
