using System.Globalization;
using Nabla.Expressions.Notation.Syntax;

namespace Nabla.Expressions.Notation;

public sealed partial class Parser
{
    private const string Set = "a set: R, R^n or R^(m x n)";

    private void ParseDeclaration(List<Declaration> declarations)
    {
        var names = new List<Token>(1) { Advance() };
        while (Current.Kind == TokenKind.Comma)
        {
            Advance();
            names.Add(Advance());
        }
        Advance();
        var shape = ParseSet();
        var properties = ParseProperties(shape);
        if (shape.Kind == Kind.Matrix) CheckProperties(properties, shape);
        foreach (var name in names) declarations.Add(new(NameOf(name), shape, properties.Aggregate(Properties.None, (all, p) => all | p.Property), PlaceOf(name)));
    }

    private Shape ParseSet()
    {
        if (Current.Kind != TokenKind.Name || SpanOf(Current) is not "R")
            throw Current.Kind == TokenKind.Name ? new NablaException(ErrorCode.Syntax, $"Expected {Set}, but here is {TextOf(Current)}.", PlaceOf(Current)) : Unexpected(Set);
        Advance();
        if (Current.Kind != TokenKind.Power) return Shape.Scalar;
        Advance();
        if (Current.Kind is not (TokenKind.OpenParenthesis or TokenKind.OpenBrace)) return Shape.Column(ParseSize());
        var close = Current.Kind == TokenKind.OpenParenthesis ? TokenKind.CloseParenthesis : TokenKind.CloseBrace;
        Open();
        var rows = ParseSize();
        Dimension? columns = null;
        if (IsCross())
        {
            if (Current.Kind == TokenKind.Name && Current.Length > 1) columns = JoinedSize();
            else
            {
                Advance();
                columns = ParseSize();
            }
        }
        if (columns is not null && IsCross())
            throw new NablaException(ErrorCode.Unsupported, "A name is a scalar, a vector or a matrix: the set has at most two sizes.", PlaceOf(Current));
        if (columns is null && rows.Name is { } name && IsTwoSizes(name))
            throw new NablaException(ErrorCode.Ambiguous, $"{name} is one name, hence a vector; the sizes of a matrix stand apart, as in R^({name[0]} x {name[2..]}).", PlaceOf(_tokens[_at - 1]));
        Close(close, $"{(columns is null ? "x and a second size, or " : "")}the closing {(close == TokenKind.CloseBrace ? '}' : ')')}");
        return columns is null ? Shape.Column(rows) : Shape.Matrix(rows, columns);
    }

    // In 3x4 and 3xn the lexer takes x4 and xn for a name.
    private bool IsCross() => Current.Kind == TokenKind.Cross
        || (Current.Kind == TokenKind.Name && SpanOf(Current)[0] == 'x' && (Current.Length == 1 || (!Current.BlankBefore && _tokens[_at - 1].Kind == TokenKind.Number)));

    // In mxn and mx3 the lexer takes all for a name.
    private static bool IsTwoSizes(string name) => name.Length > 2 && name[1] == 'x' && (name.Length == 3 || name[2..].All(char.IsAsciiDigit));

    private Dimension JoinedSize()
    {
        var token = Advance();
        var rest = SpanOf(token)[1..];
        if (!char.IsAsciiDigit(rest[0])) return Dimension.Named(rest.ToString());
        return Size(rest, token) ?? throw BadSize(token);
    }

    private Dimension ParseSize()
    {
        var token = Current;
        if (token.Kind == TokenKind.Name)
        {
            Advance();
            return Dimension.Named(NameOf(token));
        }
        if (token.Kind is TokenKind.Minus or TokenKind.Plus) throw BadSize(token);
        if (token.Kind != TokenKind.Number) throw Unexpected("a size: a name or a number");
        Advance();
        return Size(SpanOf(token), token) ?? throw BadSize(token);
    }

    private Dimension? Size(ReadOnlySpan<char> digits, Token token)
    {
        if (digits.IndexOfAnyExceptInRange('0', '9') >= 0) return null;
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long size) || size > int.MaxValue)
            throw new NablaException(ErrorCode.Limit, $"A size may be at most {int.MaxValue}, but it is {TextOf(token)}.", PlaceOf(token));
        return size == 0 ? null : Dimension.Of(size);
    }

    private NablaException BadSize(Token token) => new(ErrorCode.Shape,
        $"A size is a name or an integer from 1, but it is {(token.Kind is TokenKind.Minus or TokenKind.Plus ? TextOf(token) + TextOf(Next) : TextOf(token))}.", PlaceOf(token));

    private List<(Properties Property, Token At)> ParseProperties(Shape shape)
    {
        var properties = new List<(Properties, Token)>();
        while (Current.Kind is TokenKind.Name or TokenKind.Comma)
        {
            if (Current.Kind == TokenKind.Comma)
            {
                Advance();
                if (Current.Kind != TokenKind.Name) throw Unexpected("a property: " + PropertyWords.List);
            }
            if (Next.Kind == TokenKind.Element || (Next.Kind == TokenKind.Name && SpanOf(Next) is "in"))
                throw new NablaException(ErrorCode.Syntax, "Declarations are separated by ; or a line break.", PlaceOf(Current));
            var at = Advance();
            string word = NameOf(at);
            if (word == "x") throw new NablaException(ErrorCode.Syntax, "The sizes of a matrix stand in brackets, as in R^(m x n).", PlaceOf(at));
            var property = Current.Kind == TokenKind.Name ? PropertyWords.Find(word + " " + TextOf(Current)) : Properties.None;
            if (property != Properties.None)
            {
                word += " " + TextOf(Current);
                Advance();
            }
            else property = PropertyWords.Find(word);
            if (property == Properties.None)
            {
                string both = Current.Kind == TokenKind.Name ? word + " " + TextOf(Current) : word;
                throw new NablaException(ErrorCode.Name, $"There is no property {TextOf(at)}; did you mean {PropertyWords.Nearest(word, both)}? The properties are {PropertyWords.List}.", PlaceOf(at));
            }
            if (shape.Kind != Kind.Matrix && property is not (Properties.Positive or Properties.Nonnegative))
                throw new NablaException(ErrorCode.Shape, $"Only a matrix can be {word}, but the set is {Words(shape)}.", PlaceOf(at));
            properties.Add((property, at));
        }
        return properties;
    }

    private static string Words(Shape shape) => shape.Kind switch
    {
        Kind.Scalar => "R, of scalars",
        Kind.Column => $"R^{shape.Rows}, of vectors",
        _ => $"R^({shape})",
    };

    private void CheckProperties(List<(Properties Property, Token At)> properties, Shape shape)
    {
        foreach (var (property, at) in properties)
        {
            if (property is Properties.Positive or Properties.Nonnegative or Properties.LowerTriangular or Properties.UpperTriangular || shape.Rows == shape.Columns) continue;
            throw new NablaException(ErrorCode.Shape, $"A matrix that is {PropertyWords.Of(property)} must be square, but it is {shape}.", PlaceOf(at));
        }
    }
}
