using Nabla.Expressions.Notation.Syntax;

namespace Nabla.Expressions.Writing;

internal sealed partial class Typesetter
{
    // Whether a script can be put on a piece as it stands.
    private static bool IsBase(SyntaxNode node) => node switch
    {
        NameSyntax or BlockSyntax or IndexSyntax => true,
        NumberSyntax number => number.Value.Sign >= 0 && Numeral.Of(number.Value) is { Denominator: null } numeral && !numeral.Digits.Contains('e', StringComparison.Ordinal),
        CallSyntax call => !(call.Arguments.Count == 1 && call.Function is "inv" or "pinv") && call.Function != "kron",
        _ => false,
    };

    private void Base(SyntaxNode node)
    {
        if (IsBase(node)) Scripted(node);
        else Parenthesized(node);
    }

    private void Script((string Open, string Between, string Close) script, SyntaxNode @base, Action exponent)
    {
        _text.Append(script.Open);
        Base(@base);
        _text.Append(script.Between);
        exponent();
        _text.Append(script.Close);
    }

    // Powers, transposes, inverses, indices; everything else is an atom.
    private void Scripted(SyntaxNode node)
    {
        if (DeepRecursion.IsNeeded)
        {
            DeepRecursion.Continue(() => { Scripted(node); return true; });
            return;
        }
        Check();
        switch (node)
        {
            case PowerSyntax power:
                Script(_markup.Superscript, power.Base, () =>
                {
                    if (power.Elementwise) _text.Append(_markup.ElementwiseExponent);
                    Expression(power.Exponent);
                });
                break;
            case TransposeSyntax { Operand: CallSyntax { Function: "inv", Arguments: [var inverted] } }:
                Script(_markup.Superscript, inverted, () => _text.Append(_markup.InverseTranspose));
                break;
            case TransposeSyntax transpose:
                Script(_markup.Superscript, transpose.Operand, () => _text.Append(_markup.Transpose));
                break;
            case CallSyntax { Function: "inv", Arguments: [var inverted] }:
                Script(_markup.Superscript, inverted, () => _text.Append(_markup.Inverse));
                break;
            case CallSyntax { Function: "pinv", Arguments: [var inverted] }:
                Script(_markup.Superscript, inverted, () => _text.Append(_markup.Pseudoinverse));
                break;
            case IndexSyntax index:
                Index(index);
                break;
            default:
                Atom(node);
                break;
        }
    }

    private void Index(IndexSyntax index)
    {
        _text.Append(_markup.Subscript.Open);
        if (index.Operand is NameSyntax name && Split(name.Name).Subscript is null) Atom(name);
        else Parenthesized(index.Operand);
        _text.Append(_markup.Subscript.Between);
        for (int i = 0; i < index.Indices.Count; i++)
        {
            if (i > 0) _text.Append(_markup.Comma);
            if (index.Indices[i] is { } position) Expression(position);
            else _text.Append(_markup.Colon);
        }
        _text.Append(_markup.Subscript.Close);
    }

    // x1 and x_1 are x with an index, words stay words.
    private static (string Base, string? Subscript) Split(string name)
    {
        int bar = name.IndexOf('_', StringComparison.Ordinal);
        if (bar > 0 && bar < name.Length - 1) return (name[..bar], name[(bar + 1)..]);
        int digits = name.Length;
        while (digits > 1 && char.IsAsciiDigit(name[digits - 1])) digits--;
        return digits < name.Length && (digits == 1 || Greek.Letter(name[..digits]) is not null) ? (name[..digits], name[digits..]) : (name, null);
    }

    private void Name(string name)
    {
        var (@base, subscript) = Split(name);
        if (subscript is null)
        {
            _text.Append(Word(@base));
            return;
        }
        var script = _markup.Subscript;
        _text.Append(script.Open).Append(Word(@base)).Append(script.Between).Append(subscript.All(char.IsAsciiDigit) ? _markup.Digits(subscript) : Word(subscript)).Append(script.Close);
    }

    private string Word(string word) =>
        word.Length == 1 ? _markup.Symbol(word, upright: false) : Greek.Letter(word) is { } letter ? _markup.Symbol(letter.ToString(), upright: false) : _markup.Word(word);
}
