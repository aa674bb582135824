using System.Globalization;
using System.Numerics;
using Nabla.Expressions.Core;

namespace Nabla.Expressions.Notation;

/// <summary>Cuts a program's text into tokens, in one pass.</summary>
/// <remarks>
/// A character that is not of the notation becomes an <see cref="TokenKind.Invalid"/> token, the last one: what the parser finds wrong
/// before it is reported first.
/// </remarks>
internal sealed class Lexer
{
    private const int ExactDigits = 40;
    private const int ExactExponent = 40;

    private readonly string _text;
    private readonly int? _declaration;
    private readonly List<Token> _tokens;
    private int _at;
    private int _line = 1;
    private int _lineStart;
    private int _pairs;

    private Lexer(string text, int? declaration)
    {
        (_text, _declaration) = (text, declaration);
        _tokens = new(Math.Min(text.Length / 2 + 8, 1 << 16));
    }

    /// <summary>What is wrong with the character of the <see cref="TokenKind.Invalid"/> token.</summary>
    public NablaException? Error { get; private set; }

    /// <summary>The tokens; the last is <see cref="TokenKind.End"/> or <see cref="TokenKind.Invalid"/>.</summary>
    public IReadOnlyList<Token> Tokens => _tokens;

    /// <summary>Cuts a text into tokens.</summary>
    /// <param name="text">The text.</param>
    /// <param name="declaration">The index of the entry of a list of declarations that the text is; null for a program.</param>
    public static (Token[] Tokens, NablaException? Error) Read(string text, int? declaration)
    {
        var lexer = new Lexer(text, declaration);
        lexer.Run();
        return (lexer._tokens.ToArray(), lexer.Error);
    }

    private void Run()
    {
        while (true)
        {
            bool blank = SkipBlanks();
            if (_at >= _text.Length)
            {
                Add(TokenKind.End, blank, 0);
                return;
            }
            char c = _text[_at];
            if (c is '\n' or '\r')
            {
                int length = c == '\r' && At(1) == '\n' ? 2 : 1;
                Add(TokenKind.NewLine, blank, length);
                (_line, _lineStart, _pairs) = (_line + 1, _at, 0);
            }
            else if (Letters.IsLetter(c))
            {
                int end = _at + 1;
                while (end < _text.Length && Letters.ContinuesName(_text[end])) end++;
                Add(TokenKind.Name, blank, end - _at);
            }
            else if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(At(1)))) Add(TokenKind.Number, blank, NumberLength());
            else if (Sign(c) is var (kind, length) && length > 0) Add(kind, blank, length);
            else
            {
                Error = Refuse();
                Add(TokenKind.Invalid, blank, 1);
                return;
            }
        }
    }

    private char At(int offset) => _at + offset < _text.Length ? _text[_at + offset] : '\0';

    private void Add(TokenKind kind, bool blank, int length)
    {
        _tokens.Add(new(kind, blank, _at, length, _line, Column));
        _at += length;
    }

    private int Column => _at - _lineStart - _pairs + 1;

    private bool SkipBlanks()
    {
        int start = _at;
        while (_at < _text.Length)
        {
            char c = _text[_at];
            if (c is ' ' or '\t' or '\u00A0' || (c == '\uFEFF' && _at == 0)) _at++;
            else if (c == '#')
            {
                int end = _text.AsSpan(_at).IndexOfAny('\n', '\r');
                end = end < 0 ? _text.Length : _at + end;
                for (; _at < end; _at++)
                    if (char.IsSurrogatePair(_text, _at)) _pairs++;
            }
            else break;
        }
        return _at > start || _at == 0;
    }

    private (TokenKind Kind, int Length) Sign(char c) => c switch
    {
        '(' => (TokenKind.OpenParenthesis, 1),
        ')' => (TokenKind.CloseParenthesis, 1),
        '[' => (TokenKind.OpenBracket, 1),
        ']' => (TokenKind.CloseBracket, 1),
        '{' => (TokenKind.OpenBrace, 1),
        '}' => (TokenKind.CloseBrace, 1),
        '+' => (TokenKind.Plus, 1),
        '-' or '\u2212' => (TokenKind.Minus, 1),
        '*' => (TokenKind.Multiply, 1),
        '/' => (TokenKind.Divide, 1),
        '\\' => (TokenKind.Solve, 1),
        '^' => (TokenKind.Power, 1),
        '\'' or '\u2032' or 'ᵀ' => (TokenKind.Transpose, 1),
        '⊙' => (TokenKind.Hadamard, 1),
        '⊗' => (TokenKind.Kronecker, 1),
        '∈' => (TokenKind.Element, 1),
        '×' => (TokenKind.Cross, 1),
        ';' => (TokenKind.Semicolon, 1),
        ',' => (TokenKind.Comma, 1),
        ':' => (TokenKind.Colon, 1),
        '=' => (TokenKind.Equals, 1),
        '.' => At(1) switch
        {
            '*' => (TokenKind.Hadamard, 2),
            '/' => (TokenKind.ElementwiseDivide, 2),
            '^' => (TokenKind.ElementwisePower, 2),
            _ => default,
        },
        _ => default,
    };

    // digits [. digits] [e [sign] digits]; a point without a digit after it is not part of the number.
    private int NumberLength()
    {
        int end = Digits(_at);
        if (end + 1 < _text.Length && _text[end] == '.' && char.IsAsciiDigit(_text[end + 1])) end = Digits(end + 1);
        if (end < _text.Length && _text[end] is 'e' or 'E')
        {
            int exponent = end + 1;
            if (exponent < _text.Length && _text[exponent] is '+' or '-') exponent++;
            if (exponent < _text.Length && char.IsAsciiDigit(_text[exponent])) end = Digits(exponent);
        }
        return end - _at;
    }

    private int Digits(int from)
    {
        while (from < _text.Length && char.IsAsciiDigit(_text[from])) from++;
        return from;
    }

    /// <summary>The number that a token's text stands for; null when it is beyond the range of a double.</summary>
    public static Coefficient? Number(ReadOnlySpan<char> text)
    {
        if (text.Length < 10 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int small)) return small;
        int e = text.IndexOfAny('e', 'E');
        var mantissa = e < 0 ? text : text[..e];
        int point = mantissa.IndexOf('.');
        var whole = (point < 0 ? mantissa : mantissa[..point]).TrimStart('0');
        var fraction = point < 0 ? [] : mantissa[(point + 1)..];
        int significant = whole.Length > 0 ? whole.Length + fraction.Length : fraction.TrimStart('0').Length;
        if (significant == 0) return Coefficient.Zero;
        int exponent = 0;
        bool exact = significant <= ExactDigits && fraction.Length <= 2 * ExactDigits
            && (e < 0 || (int.TryParse(text[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent) && Math.Abs(exponent) <= ExactExponent));
        if (!exact)
        {
            double value = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
            return double.IsInfinity(value) ? null : value == 0 ? Coefficient.Zero : Coefficient.Inexact(value);
        }
        var digits = BigInteger.Parse(string.Concat(whole, fraction), NumberStyles.None, CultureInfo.InvariantCulture);
        exponent -= fraction.Length;
        return exponent >= 0
            ? Coefficient.Rational(digits * BigInteger.Pow(10, exponent), BigInteger.One)
            : Coefficient.Rational(digits, BigInteger.Pow(10, -exponent));
    }

    private NablaException Refuse()
    {
        char c = _text[_at];
        var place = new Place(_line, Column, _declaration);
        if (char.IsSurrogate(c) && !char.IsSurrogatePair(_text, _at))
            return new(ErrorCode.Syntax, $"Half of a surrogate pair (U+{(int)c:X4}) is not a character.", place);
        int codePoint = char.ConvertToUtf32(_text, _at);
        string shown = codePoint < 0x20 || codePoint is >= 0x7F and < 0xA0 or >= 0x2000 and <= 0x200F or >= 0x2028 and <= 0x202F or 0xFEFF
            ? "" : $"{char.ConvertFromUtf32(codePoint)} ";
        string what = $"The character {shown}(U+{codePoint:X4}) is not part of the notation";
        if (c == '.') return new(ErrorCode.Syntax, At(1) == '\'' ? "A transpose is written ' without the point." : "A point stands only in numbers and in .* ./ .^.", place);
        if (Letters.Meaning(codePoint) is not { } meant) return new(ErrorCode.Syntax, what + ".", place);
        return new(ErrorCode.Syntax, $"{what}; {(char.IsLetter(c) ? "it looks like" : "write")} {meant}.", place);
    }
}
