using System.Text;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;

namespace Nabla.Expressions.Writing;

/// <summary>Prints syntax trees in the notation, with as few brackets as it allows, so that the text reads back as the same tree.</summary>
/// <remarks>
/// A sign in front of a product belongs to its first factor, as it does when it is read; see <see cref="LeadingSign"/>.
/// Trees are equal up to that: <see cref="SyntaxComparer"/>.
/// </remarks>
public sealed partial class NotationWriter
{
    private readonly StringBuilder _text = new();
    private readonly Work _work;
    private int _numberEnd = -1;

    private NotationWriter(Work? work) => _work = work ?? Work.Unlimited;

    /// <summary>Prints an expression.</summary>
    /// <param name="node">The expression.</param>
    /// <param name="work">The budget.</param>
    /// <exception cref="NablaException">The text would exceed <see cref="Limits.OutputCharacters"/>.</exception>
    public static string Write(SyntaxNode node, Work? work = null)
    {
        ArgumentNullException.ThrowIfNull(node);
        var writer = new NotationWriter(work);
        writer.Expression(node);
        return writer._text.ToString();
    }

    /// <summary>Prints a program on one line: declarations, bindings, function.</summary>
    /// <param name="program">The program.</param>
    /// <param name="work">The budget.</param>
    /// <exception cref="NablaException">The text would exceed <see cref="Limits.OutputCharacters"/>.</exception>
    public static string Write(ProgramSyntax program, Work? work = null)
    {
        ArgumentNullException.ThrowIfNull(program);
        var writer = new NotationWriter(work);
        foreach (var declaration in program.Declarations) writer._text.Append(Write(declaration)).Append("; ");
        foreach (var binding in program.Bindings)
        {
            writer.Statement(binding.Names, binding.Value);
            writer._text.Append("; ");
        }
        writer.Statement(program.FunctionNames, program.Function);
        return writer._text.ToString();
    }

    /// <summary>Prints a declaration.</summary>
    /// <param name="declaration">The declaration.</param>
    public static string Write(Declaration declaration)
    {
        ArgumentNullException.ThrowIfNull(declaration);
        string set = declaration.Shape.Kind switch
        {
            Kind.Scalar => "R",
            Kind.Column => $"R^{declaration.Shape.Rows}",
            _ => $"R^({declaration.Shape.Rows} x {declaration.Shape.Columns})",
        };
        string properties = string.Join(", ", PropertyWords.All(declaration.Properties));
        return properties.Length == 0 ? $"{declaration.Name} in {set}" : $"{declaration.Name} in {set} {properties}";
    }

    private void Statement(IReadOnlyList<string> names, SyntaxNode value)
    {
        if (names.Count > 0) _text.AppendJoin(", ", names).Append(" = ");
        Expression(value);
    }

    // Where anything may stand.
    private void Expression(SyntaxNode node)
    {
        if (DeepRecursion.IsNeeded)
        {
            DeepRecursion.Continue(() => { Expression(node); return true; });
            return;
        }
        Check();
        if (node is NegateSyntax && LeadingSign.Strip(false, node) is (false, SumSyntax unsigned)) node = unsigned;
        if (node is SumSyntax sum)
        {
            Sum(sum);
            return;
        }
        if (LeadingSign.Of(node)) _text.Append('-');
        Factors(node);
    }

    private void Sum(SumSyntax sum)
    {
        for (int i = 0; i < sum.Terms.Count; i++)
        {
            var (negative, operand) = LeadingSign.Strip(sum.Terms[i].Negative, sum.Terms[i].Operand);
            if (i == 0 && !negative && operand is SumSyntax)
            {
                Expression(operand);
                continue;
            }
            negative ^= LeadingSign.Of(operand);
            if (i > 0) _text.Append(negative ? " - " : " + ");
            else if (negative) _text.Append('-');
            Factors(operand);
        }
    }

    // A term without its leading sign.
    private void Factors(SyntaxNode node)
    {
        if (DeepRecursion.IsNeeded)
        {
            DeepRecursion.Continue(() => { Factors(node); return true; });
            return;
        }
        Check();
        switch (node)
        {
            case NegateSyntax negate:
                Factors(negate.Operand);
                break;
            case ProductSyntax product:
                Factors(product.First);
                foreach (var link in product.Links)
                {
                    Sign(link.Operator);
                    Operand(link.Operand, power: true);
                }
                break;
            case NumberSyntax number:
                Number(Numeral.Of(number.Value));
                break;
            case SumSyntax:
                Bracketed(node);
                break;
            default:
                Power(node);
                break;
        }
    }

    private void Sign(Infix sign)
    {
        bool apart = _text.Length == _numberEnd;
        _text.Append(sign switch
        {
            Infix.Multiply => "*",
            Infix.Hadamard => apart ? " .* " : ".*",
            Infix.Divide => "/",
            Infix.ElementwiseDivide => apart ? " ./ " : "./",
            Infix.Solve => " \\ ",
            _ => " ⊗ ",
        });
    }

    // Where a factor stands (power), or the base of a power, a transpose or an index.
    private void Operand(SyntaxNode node, bool power)
    {
        bool open = node switch
        {
            SumSyntax or ProductSyntax or NegateSyntax => true,
            NumberSyntax number => number.Value.Sign < 0 || Numeral.Of(number.Value).Denominator is not null,
            PowerSyntax => !power,
            TransposeSyntax => false,
            _ => false,
        };
        if (open) Bracketed(node);
        else Power(node);
    }

    private void Power(SyntaxNode node)
    {
        if (node is not PowerSyntax power)
        {
            Postfix(node);
            return;
        }
        if (DeepRecursion.IsNeeded)
        {
            DeepRecursion.Continue(() => { Power(node); return true; });
            return;
        }
        Check();
        Operand(power.Base, power: false);
        PowerSign(power.Elementwise);
        Exponent(power.Exponent);
    }

    private void PowerSign(bool elementwise)
    {
        if (elementwise) _text.Append(_text.Length == _numberEnd ? " .^ " : ".^");
        else _text.Append('^');
    }

    // 2^-3, x^n, 2^3^2; a transpose would apply to the whole power.
    private void Exponent(SyntaxNode node)
    {
        if (node is NegateSyntax { Operand: NameSyntax or CallSyntax } negate)
        {
            _text.Append('-');
            Postfix(negate.Operand);
        }
        else if (node is NumberSyntax number && Numeral.Of(number.Value) is { Denominator: null } numeral)
        {
            if (number.Value.Sign < 0) _text.Append('-');
            Number(numeral);
        }
        else if (node is PowerSyntax { Base: not (TransposeSyntax or IndexSyntax) } or NameSyntax or CallSyntax or ReductionSyntax or IndexSyntax { Operand: NameSyntax }) Power(node);
        else if (node is NegateSyntax { Operand: NumberSyntax { Value.Sign: >= 0 } inner } && Numeral.Of(inner.Value) is { Denominator: null } digits)
        {
            _text.Append('-');
            Number(digits);
        }
        else Bracketed(node);
    }

    private void Number(Numeral numeral)
    {
        _text.Append(numeral.Digits);
        if (numeral.Denominator is not null) _text.Append('/').Append(numeral.Denominator);
        _numberEnd = _text.Length;
    }

    private void Bracketed(SyntaxNode node)
    {
        _text.Append('(');
        Expression(node);
        _text.Append(')');
    }

    private void Check()
    {
        _work.Check();
        if (_text.Length > Limits.OutputCharacters)
            throw new NablaException(ErrorCode.Limit, $"The written result would have more than {Limits.OutputCharacters} characters.");
    }
}
