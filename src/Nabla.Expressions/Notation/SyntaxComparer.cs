using System.Text;
using Nabla.Expressions.Core;
using Nabla.Expressions.Notation.Syntax;
using Nabla.Expressions.Writing;

namespace Nabla.Expressions.Notation;

/// <summary>Compares syntax trees by structure.</summary>
/// <remarks>
/// What the notation writes alike counts as equal: a sign in front of a product and of its first factor, a negative number and a negated
/// one, a fraction and its quotient, a sum or product that stands first in another one and the longer chain.
/// </remarks>
public static class SyntaxComparer
{
    /// <summary>Whether two trees are the same.</summary>
    public static bool AreEqual(SyntaxNode left, SyntaxNode right) => ReferenceEquals(left, right) || Encode(left) == Encode(right);

    /// <summary>Whether two programs have the same statements and declarations.</summary>
    public static bool AreEqual(ProgramSyntax left, ProgramSyntax right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return left.FunctionNames.SequenceEqual(right.FunctionNames)
            && left.Bindings.Count == right.Bindings.Count
            && left.Bindings.Zip(right.Bindings).All(b => b.First.Names.SequenceEqual(b.Second.Names) && AreEqual(b.First.Value, b.Second.Value))
            && left.Declarations.Select(Writing.NotationWriter.Write).SequenceEqual(right.Declarations.Select(Writing.NotationWriter.Write))
            && AreEqual(left.Function, right.Function);
    }

    /// <summary>A text that is the same for equal trees and differs for others.</summary>
    public static string Encode(SyntaxNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        var text = new StringBuilder();
        Expression(node, text);
        return text.ToString();
    }

    private static bool Expression(SyntaxNode node, StringBuilder text)
    {
        if (DeepRecursion.IsNeeded) return DeepRecursion.Continue(() => Expression(node, text));
        if (node is SumSyntax { Terms.Count: > 1 } sum)
        {
            text.Append("{+");
            Terms(sum, text);
            text.Append('}');
            return true;
        }
        bool negative = LeadingSign.Of(node);
        if (negative) text.Append("{-");
        Term(node, text);
        if (negative) text.Append('}');
        return true;
    }

    private static void Terms(SumSyntax sum, StringBuilder text)
    {
        for (int i = 0; i < sum.Terms.Count; i++)
        {
            var (negative, operand) = LeadingSign.Strip(sum.Terms[i].Negative, sum.Terms[i].Operand);
            if (i == 0 && !negative && operand is SumSyntax first)
            {
                Terms(first, text);
                continue;
            }
            text.Append(negative ^ LeadingSign.Of(operand) ? " -" : " +");
            Term(operand, text);
        }
    }

    private static void Term(SyntaxNode node, StringBuilder text)
    {
        if (node is NegateSyntax negate) Term(negate.Operand, text);
        else if (node is ProductSyntax || (node is NumberSyntax number && Numeral.Of(number.Value).Denominator is not null))
        {
            text.Append("{*");
            Factors(node, text);
            text.Append('}');
        }
        else if (node is NumberSyntax plain) text.Append(Number(plain.Value));
        else if (node is SumSyntax) Expression(node, text);
        else Primary(node, text);
    }

    // An inexact number is written as a decimal, which reads back as an exact one.
    private static string Number(Coefficient value)
    {
        var nearest = Numeral.OfDouble(Math.Abs(value.ToDouble()));
        bool same = nearest.Denominator is null && Lexer.Number(nearest.Digits) is { IsExact: true } read && (read == value || read == -value);
        return same || !value.IsExact ? nearest.Digits : Numeral.Of(value).Digits;
    }

    private static bool Factors(SyntaxNode node, StringBuilder text)
    {
        if (DeepRecursion.IsNeeded) return DeepRecursion.Continue(() => Factors(node, text));
        switch (node)
        {
            case NegateSyntax negate:
                return Factors(negate.Operand, text);
            case NumberSyntax number when Numeral.Of(number.Value) is { Denominator: not null } numeral:
                text.Append(numeral.Digits).Append(" Divide ").Append(numeral.Denominator);
                return true;
            case ProductSyntax product:
                Factors(product.First, text);
                foreach (var link in product.Links)
                {
                    text.Append(' ').Append(link.Operator).Append(' ');
                    Expression(link.Operand, text);
                }
                return true;
            default:
                Term(node, text);
                return true;
        }
    }

    private static void Primary(SyntaxNode node, StringBuilder text)
    {
        switch (node)
        {
            case NameSyntax name:
                text.Append(name.Name);
                break;
            case PowerSyntax power:
                List(power.Elementwise ? ".^" : "^", [power.Base, power.Exponent], text);
                break;
            case TransposeSyntax transpose:
                List("'", [transpose.Operand], text);
                break;
            case IndexSyntax index:
                List("[]", [index.Operand, .. index.Indices], text);
                break;
            case CallSyntax call:
                List(call.Function + "()", call.Arguments, text);
                break;
            case ReductionSyntax reduction:
                List($"{reduction.Function}[{string.Join(',', reduction.Indices)}]", [reduction.Body], text);
                break;
            case BlockSyntax block:
                text.Append("{[");
                foreach (var row in block.Rows) List(";", row, text);
                text.Append('}');
                break;
            default:
                throw new ArgumentException($"Unknown syntax {node.GetType().Name}.", nameof(node));
        }
    }

    private static void List(string head, IReadOnlyList<SyntaxNode?> nodes, StringBuilder text)
    {
        text.Append('{').Append(head);
        foreach (var node in nodes)
        {
            text.Append(' ');
            if (node is null) text.Append(':');
            else Expression(node, text);
        }
        text.Append('}');
    }
}
