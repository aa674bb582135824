namespace Nabla.Expressions.Notation;

public sealed partial class Parser
{
    // The error at the current token, where something else is expected.
    private NablaException Unexpected(string expected)
    {
        var token = Current;
        if (token.Kind == TokenKind.Invalid) return _lexicalError!;
        if (_open.Count > 0 && (token.Kind == TokenKind.End || EndsStatementInBracket(token))) return Unclosed();
        return new(ErrorCode.Syntax, Message(token, expected), PlaceOf(token));
    }

    // What begins a statement, within a bracket that an earlier line or statement opened: the bracket was not closed.
    private bool EndsStatementInBracket(Token token) => token.Kind switch
    {
        TokenKind.Equals or TokenKind.Element => true,
        TokenKind.Semicolon => !_open.Peek().Block,
        TokenKind.Name => SpanOf(token) is "in" || (_at > 0 && _tokens[_at - 1].Kind == TokenKind.NewLine),
        TokenKind.Number or TokenKind.OpenParenthesis or TokenKind.OpenBracket => _at > 0 && _tokens[_at - 1].Kind == TokenKind.NewLine,
        _ => false,
    };

    private NablaException Unclosed()
    {
        var open = _open.Peek().Open;
        return new(ErrorCode.Syntax, $"The bracket {TextOf(open)} is not closed; a {Closing(open)} is missing.", PlaceOf(open));
    }

    private static char Closing(Token open) => open.Kind switch
    {
        TokenKind.OpenParenthesis => ')',
        TokenKind.OpenBracket => ']',
        _ => '}',
    };

    private string Message(Token token, string expected)
    {
        var before = _at > 0 ? _tokens[_at - 1].Kind : TokenKind.NewLine;
        bool afterOperand = before is TokenKind.Number or TokenKind.Name or TokenKind.CloseParenthesis or TokenKind.CloseBracket or TokenKind.Transpose;
        string found = TextOf(token);
        return token.Kind switch
        {
            TokenKind.End => $"The program ends where {expected} is expected.",
            TokenKind.NewLine => $"The line ends where {expected} is expected.",
            TokenKind.CloseParenthesis or TokenKind.CloseBracket or TokenKind.CloseBrace when _open.Count == 0 && afterOperand => $"There is no open bracket that this {found} closes.",
            TokenKind.CloseParenthesis or TokenKind.CloseBracket or TokenKind.CloseBrace when afterOperand && Closing(_open.Peek().Open) != found[0] =>
                $"The bracket {TextOf(_open.Peek().Open)} of {_open.Peek().Open.Line}:{_open.Peek().Open.Column} is closed by {Closing(_open.Peek().Open)}, but here is {found}.",
            TokenKind.Number or TokenKind.Name or TokenKind.OpenParenthesis or TokenKind.OpenBracket when afterOperand => Implied(token),
            TokenKind.Multiply when before == TokenKind.Multiply => "A power is written ^, not **.",
            TokenKind.Divide when before == TokenKind.Divide => "A comment begins with #, not //.",
            TokenKind.Equals when before == TokenKind.Equals => "The notation has no comparisons; a single = binds a name.",
            TokenKind.Equals => "Only a name can be bound, as in z = A*x + b; what stands before this = is no name.",
            TokenKind.Element => "Only a name can be declared, as in x in R^n.",
            TokenKind.Cross => "The sign × stands only between the sizes of a declaration; a product is written *.",
            TokenKind.Colon => "A colon stands only alone, for a whole row or column: A[1,:].",
            TokenKind.Comma when _open.Count == 0 => "A comma separates arguments, entries and indices; statements are separated by ; or a line break.",
            TokenKind.OpenBrace or TokenKind.CloseBrace => "Braces stand only in declarations, as in A in R^{m x n}; expressions are grouped by ( ).",
            _ => $"Expected {expected}, but here is {found}.",
        };
    }

    private string Implied(Token token)
    {
        var before = _tokens[_at - 1];
        string left = TextOf(before), right = TextOf(token);
        if (before.Kind == TokenKind.Name && Names.FunctionNamed(left) is not null) return $"The arguments of {left} stand in brackets: write {left}({right}), or {left}(...)*{right} for a product.";
        bool isText = before.Kind is TokenKind.Number or TokenKind.Name && token.Kind is TokenKind.Number or TokenKind.Name;
        return isText ? $"Multiplication is never implied: write {left}*{right}." : $"Multiplication is never implied: write a * between {left} and {right}.";
    }
}
