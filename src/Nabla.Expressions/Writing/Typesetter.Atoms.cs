using Nabla.Expressions.Notation.Syntax;

namespace Nabla.Expressions.Writing;

internal sealed partial class Typesetter
{
    private void Atom(SyntaxNode node)
    {
        switch (node)
        {
            case NameSyntax name:
                Name(name.Name);
                break;
            case NumberSyntax number:
                Number(Numeral.Of(number.Value));
                break;
            case CallSyntax call:
                Call(call);
                break;
            case ReductionSyntax reduction:
                var (open, between, close) = _markup.Reduction(reduction.Function);
                _text.Append(open);
                for (int i = 0; i < reduction.Indices.Count; i++)
                {
                    if (i > 0) _text.Append(_markup.Comma);
                    Name(reduction.Indices[i]);
                }
                _text.Append(between);
                if (reduction.Body is SumSyntax || LeadingSign.Of(reduction.Body)) Parenthesized(reduction.Body);
                else Expression(reduction.Body);
                _text.Append(close);
                break;
            case BlockSyntax block:
                var matrix = _markup.Matrix;
                _text.Append(matrix.Open);
                for (int i = 0; i < block.Rows.Count; i++)
                {
                    if (i > 0) _text.Append(matrix.Row);
                    List(block.Rows[i], matrix.Entry);
                }
                _text.Append(matrix.Close);
                break;
            default:
                Parenthesized(node);
                break;
        }
    }

    private void Number(Numeral numeral)
    {
        if (numeral.Denominator is { } denominator)
        {
            var (open, between, close) = _markup.Fraction;
            _text.Append(open).Append(_markup.Digits(numeral.Digits)).Append(between).Append(_markup.Digits(denominator)).Append(close);
            return;
        }
        int e = numeral.Digits.IndexOf('e', StringComparison.Ordinal);
        if (e < 0)
        {
            _text.Append(_markup.Digits(numeral.Digits));
            return;
        }
        string mantissa = numeral.Digits[..e], exponent = numeral.Digits[(e + 1)..];
        if (mantissa != "1") _text.Append(_markup.Digits(mantissa)).Append(_markup.Dot);
        _text.Append(_markup.Superscript.Open).Append(_markup.Digits("10")).Append(_markup.Superscript.Between);
        _text.Append(exponent[0] == '-' ? _markup.Negative : "").Append(_markup.Digits(exponent.TrimStart('-'))).Append(_markup.Superscript.Close);
    }

    private void Call(CallSyntax call)
    {
        switch (call)
        {
            case { Function: "sqrt", Arguments: [var x] }:
                Wrapped(_markup.Root, x);
                break;
            case { Function: "abs", Arguments: [var x] }:
                Wrapped(_markup.Absolute, x);
                break;
            case { Function: "norm1", Arguments: [var x] }:
                Wrapped(_markup.Norm("1"), x);
                break;
            case { Function: "norm2", Arguments: [var x] }:
                Wrapped(_markup.Norm("2"), x);
                break;
            case { Function: "normF", Arguments: [var x] }:
                Wrapped(_markup.Norm("F"), x);
                break;
            case { Function: "norminf", Arguments: [var x] }:
                Wrapped(_markup.Norm("∞"), x);
                break;
            case { Function: "dot", Arguments.Count: 2 }:
                _text.Append(_markup.Angles.Open);
                List(call.Arguments, _markup.Comma);
                _text.Append(_markup.Angles.Close);
                break;
            case { Function: "eye", Arguments.Count: 1 }:
                Constant(_markup.Symbol("I", upright: false), call.Arguments);
                break;
            case { Function: "ones" }:
                Constant(_markup.Symbol("1", upright: true), call.Arguments);
                break;
            case { Function: "zeros" }:
                Constant(_markup.Symbol("0", upright: true), call.Arguments);
                break;
            case { Function: "logdet", Arguments: [var x] }:
                _text.Append(_markup.Function("log")).Append(_markup.Function("det"));
                Parenthesized(x);
                break;
            default:
                _text.Append(_markup.Function(call.Function switch { "asin" => "arcsin", "acos" => "arccos", "atan" => "arctan", var name => name }));
                _text.Append(_markup.Parentheses.Open);
                List(call.Arguments, _markup.Comma);
                _text.Append(_markup.Parentheses.Close);
                break;
        }
    }

    private void Constant(string symbol, IReadOnlyList<SyntaxNode> sizes)
    {
        _text.Append(_markup.Subscript.Open).Append(symbol).Append(_markup.Subscript.Between);
        List(sizes, _markup.Cross);
        _text.Append(_markup.Subscript.Close);
    }

    private void Wrapped((string Open, string Close) around, SyntaxNode node)
    {
        _text.Append(around.Open);
        Expression(node);
        _text.Append(around.Close);
    }

    private void List(IReadOnlyList<SyntaxNode> nodes, string between)
    {
        for (int i = 0; i < nodes.Count; i++)
        {
            if (i > 0) _text.Append(between);
            Expression(nodes[i]);
        }
    }
}
