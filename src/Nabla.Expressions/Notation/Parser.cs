using Nabla.Expressions.Notation.Syntax;

namespace Nabla.Expressions.Notation;

/// <summary>Reads the notation: a precedence parser written by hand, made for good errors.</summary>
/// <remarks>Chains of sums and products are read by loops and nesting is counted, so that time and stack are bounded by the input.</remarks>
public sealed partial class Parser
{
    private readonly string _text;
    private readonly int? _declaration;
    private readonly Token[] _tokens;
    private readonly NablaException? _lexicalError;
    private readonly Stack<(Token Open, bool Block)> _open = new();
    private int _at;
    private int _depth;

    private Parser(string text, int? declaration)
    {
        if (text.Length > Limits.InputCharacters)
            throw new NablaException(ErrorCode.Limit, $"The input may have {Limits.InputCharacters} characters, but it has {text.Length}.");
        (_text, _declaration) = (text, declaration);
        (_tokens, _lexicalError) = Lexer.Read(text, declaration);
    }

    /// <summary>Reads a program.</summary>
    /// <param name="text">The program's text.</param>
    /// <exception cref="NablaException">The text is not of the notation.</exception>
    public static ProgramSyntax Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new Parser(text, null).Program();
    }

    /// <summary>Reads one entry of a list of declarations, such as <c>S in R^(n x n) symmetric</c>.</summary>
    /// <param name="text">The entry's text; it may declare several names, as a program may.</param>
    /// <param name="index">The entry's index, from 0; places of errors carry it.</param>
    /// <exception cref="NablaException">The text is not a declaration.</exception>
    public static IReadOnlyList<Declaration> ParseDeclaration(string text, int index)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parser = new Parser(text, index);
        var declarations = new List<Declaration>();
        while (parser.SkipSeparators())
        {
            if (!parser.IsDeclaration()) throw parser.Unexpected("a declaration such as x in R^n");
            parser.ParseDeclaration(declarations);
            parser.EndStatement();
        }
        return declarations.Count > 0 ? declarations : throw parser.Unexpected("a declaration such as x in R^n");
    }

    private Token Current => _tokens[_at];

    private Token Next => _tokens[Math.Min(_at + 1, _tokens.Length - 1)];

    private Place PlaceOf(Token token) => new(token.Line, token.Column, _declaration);

    private string TextOf(Token token) => token.Length <= 40 ? NameOf(token) : string.Concat(SpanOf(token)[..37], "...");

    private string NameOf(Token token) => _text.Substring(token.Start, token.Length);

    private ReadOnlySpan<char> SpanOf(Token token) => _text.AsSpan(token.Start, token.Length);

    private Token Advance()
    {
        var token = _tokens[_at];
        if (_at < _tokens.Length - 1) _at++;
        if (_open.Count > 0 && !_open.Peek().Block) SkipLineBreaks();
        return token;
    }

    private void SkipLineBreaks()
    {
        while (Current.Kind == TokenKind.NewLine) _at++;
    }

    private Token Open(bool block = false)
    {
        var open = Current;
        if (++_depth > Limits.Nesting) throw TooDeep(open);
        _open.Push((open, block));
        Advance();
        return open;
    }

    private void Close(TokenKind kind, string expected)
    {
        if (Current.Kind != kind) throw Unexpected(expected);
        _open.Pop();
        _depth--;
        Advance();
    }

    private NablaException TooDeep(Token at) =>
        new(ErrorCode.Limit, $"Brackets, powers and marks may be nested {Limits.Nesting} levels deep, and here they are nested deeper.", PlaceOf(at));

    private ProgramSyntax Program()
    {
        var declarations = new List<Declaration>();
        var bindings = new List<Binding>();
        Token? unnamed = null;
        while (SkipSeparators())
        {
            if (IsDeclaration()) ParseDeclaration(declarations);
            else
            {
                if (unnamed is { } first)
                    throw new NablaException(ErrorCode.Syntax, "Only the last statement stands without a name; this one must be bound: f = ...", PlaceOf(first));
                if (!IsBinding()) unnamed = Current;
                bindings.Add(ParseBinding());
            }
            EndStatement();
        }
        if (bindings.Count == 0)
        {
            string what = declarations.Count > 0 ? "The program declares names, but no function follows" : "The program is empty";
            throw new NablaException(ErrorCode.Syntax, $"{what}; it must end in an expression such as sin(A*x + b).", PlaceOf(Current));
        }
        var function = bindings[^1];
        bindings.RemoveAt(bindings.Count - 1);
        return new(declarations, bindings, function.Value, function.Names, function.Places);
    }

    private bool SkipSeparators()
    {
        while (Current.Kind is TokenKind.Semicolon or TokenKind.NewLine) Advance();
        return Current.Kind != TokenKind.End;
    }

    private void EndStatement()
    {
        if (Current.Kind is not (TokenKind.Semicolon or TokenKind.NewLine or TokenKind.End)) throw Unexpected("an operator or the end of the statement");
    }

    // The token after a list of names: x, y ...
    private Token AfterNames()
    {
        int at = _at;
        while (_tokens[at].Kind == TokenKind.Name)
        {
            at++;
            if (_tokens[at].Kind != TokenKind.Comma) return _tokens[at];
            at++;
        }
        return default;
    }

    private bool IsBinding() => Current.Kind == TokenKind.Name && AfterNames().Kind == TokenKind.Equals;

    private bool IsDeclaration() =>
        Current.Kind == TokenKind.Name && AfterNames() is var after && (after.Kind == TokenKind.Element || (after.Kind == TokenKind.Name && SpanOf(after) is "in"));

    private Binding ParseBinding()
    {
        if (!IsBinding()) return new([], ParseSum(), []);
        var names = new List<string>(1);
        var places = new List<Place>(1);
        do
        {
            if (names.Count > 0) Advance();
            places.Add(PlaceOf(Current));
            names.Add(NameOf(Current));
            Advance();
        }
        while (Current.Kind == TokenKind.Comma);
        Advance();
        return new(names, ParseSum(), places);
    }
}
