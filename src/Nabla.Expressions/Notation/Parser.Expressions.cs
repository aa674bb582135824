using Nabla.Expressions.Core;
using Nabla.Expressions.Notation.Syntax;
using Nabla.Expressions.Operators;

namespace Nabla.Expressions.Notation;

public sealed partial class Parser
{
    private bool InBlock => _open.Count > 0 && _open.Peek().Block;

    private SyntaxNode ParseSum()
    {
        if (DeepRecursion.IsNeeded) return DeepRecursion.Continue(ParseSum);
        var first = ParseProduct();
        if (!JoinsTerm()) return first;
        var place = PlaceOf(Current);
        var terms = new List<SumTerm> { new(false, first, first.Place) };
        do
        {
            var sign = Advance();
            terms.Add(new(sign.Kind == TokenKind.Minus, ParseProduct(), PlaceOf(sign)));
        }
        while (JoinsTerm());
        return new SumSyntax(terms, place);
    }

    // In a literal blanks separate: [1 -2] has two entries, [1 - 2] and [1-2] have one.
    private bool JoinsTerm() => Current.Kind is TokenKind.Plus or TokenKind.Minus && !(InBlock && Current.BlankBefore && !Next.BlankBefore);

    private SyntaxNode ParseProduct()
    {
        var first = ParseSign();
        if (Join(Current.Kind) is null) return first;
        var place = PlaceOf(Current);
        var links = new List<ProductLink>(2);
        while (Join(Current.Kind) is { } join)
        {
            var sign = Advance();
            links.Add(new(join, ParseSign(), PlaceOf(sign)));
        }
        return new ProductSyntax(first, links, place);
    }

    private static Infix? Join(TokenKind kind) => kind switch
    {
        TokenKind.Multiply => Infix.Multiply,
        TokenKind.Hadamard => Infix.Hadamard,
        TokenKind.Divide => Infix.Divide,
        TokenKind.ElementwiseDivide => Infix.ElementwiseDivide,
        TokenKind.Solve => Infix.Solve,
        TokenKind.Kronecker => Infix.Kronecker,
        _ => null,
    };

    private SyntaxNode ParseSign()
    {
        var (negative, place) = Signs();
        var operand = ParsePower();
        return negative ? new NegateSyntax(operand, place) : operand;
    }

    private (bool Negative, Place Place) Signs()
    {
        bool negative = false;
        var place = PlaceOf(Current);
        while (Current.Kind is TokenKind.Plus or TokenKind.Minus) negative ^= Advance().Kind == TokenKind.Minus;
        return (negative, place);
    }

    // A transpose after a power applies to the power: A^2' is (A^2)'; and x'^2 is (x')^2.
    private SyntaxNode ParsePower()
    {
        var node = ParsePrimary();
        int height = _depth;
        while (true)
        {
            var token = Current;
            if (token.Kind == TokenKind.Transpose)
            {
                Advance();
                node = new TransposeSyntax(node, PlaceOf(token));
            }
            else if (IsIndex()) node = ParseIndex(node);
            else if (token.Kind is TokenKind.Power or TokenKind.ElementwisePower)
            {
                Advance();
                node = new PowerSyntax(node, ParseExponent(), token.Kind == TokenKind.ElementwisePower, PlaceOf(token));
            }
            else return node;
            if (++height > Limits.Nesting) throw TooDeep(token);
        }
    }

    private SyntaxNode ParseExponent()
    {
        if (DeepRecursion.IsNeeded) return DeepRecursion.Continue(ParseExponent);
        var (negative, place) = Signs();
        var node = ParsePrimary();
        for (int height = _depth; IsIndex();)
        {
            if (++height > Limits.Nesting) throw TooDeep(Current);
            node = ParseIndex(node);
        }
        var token = Current;
        if (token.Kind is TokenKind.Power or TokenKind.ElementwisePower)
        {
            if (++_depth > Limits.Nesting) throw TooDeep(token);
            Advance();
            node = new PowerSyntax(node, ParseExponent(), token.Kind == TokenKind.ElementwisePower, PlaceOf(token));
            _depth--;
        }
        return negative ? new NegateSyntax(node, place) : node;
    }

    private bool IsIndex() => Current.Kind == TokenKind.OpenBracket && !(InBlock && Current.BlankBefore);

    private IndexSyntax ParseIndex(SyntaxNode operand)
    {
        var indices = new List<SyntaxNode?>(2);
        var open = Open();
        while (true)
        {
            if (Current.Kind == TokenKind.Colon)
            {
                Advance();
                indices.Add(null);
            }
            else indices.Add(ParseSum());
            if (Current.Kind != TokenKind.Comma) break;
            Advance();
        }
        Close(TokenKind.CloseBracket, ", or ]");
        return new(operand, indices, PlaceOf(open));
    }

    private SyntaxNode ParsePrimary()
    {
        if (_open.Count > 0) SkipLineBreaks();
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Number:
                Advance();
                return new NumberSyntax(Lexer.Number(SpanOf(token))
                    ?? throw new NablaException(ErrorCode.Limit, $"The number {TextOf(token)} is beyond the range of a double.", PlaceOf(token)), PlaceOf(token));
            case TokenKind.Name:
                Advance();
                string name = NameOf(token);
                if (Current.Kind == TokenKind.OpenBracket && name is "sum" or "prod") return ParseReduction(name, token);
                bool call = Current.Kind == TokenKind.OpenParenthesis && !(InBlock && Current.BlankBefore && OperatorTable.Find(name) is null);
                return call ? ParseCall(name, token) : new NameSyntax(name, PlaceOf(token));
            case TokenKind.OpenParenthesis:
                Open();
                var inner = ParseSum();
                Close(TokenKind.CloseParenthesis, "an operator or )");
                return inner;
            case TokenKind.OpenBracket:
                return ParseBlock();
            default:
                throw Unexpected("an operand");
        }
    }

    private CallSyntax ParseCall(string name, Token at)
    {
        var arguments = new List<SyntaxNode>(2);
        Open();
        if (Current.Kind != TokenKind.CloseParenthesis)
        {
            arguments.Add(ParseSum());
            while (Current.Kind == TokenKind.Comma)
            {
                Advance();
                arguments.Add(ParseSum());
            }
        }
        Close(TokenKind.CloseParenthesis, "an operator, a comma or )");
        return new(name, arguments, PlaceOf(at));
    }

    private ReductionSyntax ParseReduction(string name, Token at)
    {
        var indices = new List<string>(2);
        Open();
        while (true)
        {
            var index = Current;
            if (index.Kind != TokenKind.Name) throw Unexpected("the name of an index");
            Advance();
            string text = NameOf(index);
            if (indices.Contains(text)) throw new NablaException(ErrorCode.Name, $"The index {text} stands twice in one {name}.", PlaceOf(index));
            indices.Add(text);
            if (Current.Kind != TokenKind.Comma) break;
            Advance();
        }
        Close(TokenKind.CloseBracket, ", or ]");
        if (Current.Kind != TokenKind.OpenParenthesis)
            throw StartsOperand(Current.Kind)
                ? new NablaException(ErrorCode.Syntax, $"What {name} runs over stands in brackets, as in {name}[i](x[i]), but here is {TextOf(Current)}.", PlaceOf(Current))
                : Unexpected($"( and what {name} runs over");
        Open();
        var body = ParseSum();
        Close(TokenKind.CloseParenthesis, "an operator or )");
        return new(name, indices, body, PlaceOf(at));
    }

    private BlockSyntax ParseBlock()
    {
        var rows = new List<IReadOnlyList<SyntaxNode>>();
        var row = new List<SyntaxNode>();
        var open = Open(block: true);
        SkipLineBreaks();
        if (Current.Kind == TokenKind.CloseBracket) throw new NablaException(ErrorCode.Syntax, "A matrix has at least one entry, but [] has none.", PlaceOf(open));
        while (true)
        {
            row.Add(ParseSum());
            var token = Current;
            if (token.Kind == TokenKind.Comma)
            {
                Advance();
                continue;
            }
            if (token.Kind is TokenKind.Semicolon or TokenKind.NewLine)
            {
                Advance();
                SkipLineBreaks();
                if (Current.Kind == TokenKind.Semicolon && token.Kind == TokenKind.NewLine) Advance();
                rows.Add(row);
                row = [];
                if (token.Kind == TokenKind.NewLine && Current.Kind == TokenKind.CloseBracket) break;
                continue;
            }
            if (token.Kind == TokenKind.CloseBracket) break;
            if (!(token.BlankBefore && StartsOperand(token.Kind))) throw Unexpected("an operator, a comma, ; or ]");
        }
        if (row.Count > 0) rows.Add(row);
        Close(TokenKind.CloseBracket, "]");
        return new(rows, PlaceOf(open));
    }

    private static bool StartsOperand(TokenKind kind) =>
        kind is TokenKind.Number or TokenKind.Name or TokenKind.OpenParenthesis or TokenKind.OpenBracket or TokenKind.Plus or TokenKind.Minus;

}
