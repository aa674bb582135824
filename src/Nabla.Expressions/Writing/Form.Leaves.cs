using Nabla.Expressions.Core;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;

namespace Nabla.Expressions.Writing;

internal sealed partial class Form
{
    /// <summary>A tree that was read, whose length does not matter any more.</summary>
    public static Form Of(SyntaxNode syntax, Kind kind) => new(syntax, kind, int.MaxValue / 4, Level.Sum);

    /// <summary>A name.</summary>
    public static Form Name(string name, Kind kind, bool symmetric = false) =>
        new(new NameSyntax(name), kind, 1, Level.Atom) { IsSymmetric = symmetric };

    /// <summary>A number: an integer, a decimal, or a quotient.</summary>
    public static Form Constant(Coefficient value)
    {
        if (value.Sign < 0) return Negate(Constant(-value)).WithNumber(value);
        if (value.IsInteger || !value.IsExact || IsDecimal(value)) return new(new NumberSyntax(value), Kind.Scalar, 1, Level.Atom) { Number = value };
        var top = new NumberSyntax(Coefficient.Rational(value.Numerator, 1));
        var bottom = new NumberSyntax(Coefficient.Rational(value.Denominator, 1));
        return new(new ProductSyntax(top, [new(Infix.Divide, bottom)]), Kind.Scalar, 3, Level.Product) { Number = value };
    }

    /// <summary>Whether a rational reads better as a decimal: it terminates, and its denominator is not small.</summary>
    internal static bool IsDecimal(Coefficient value)
    {
        var d = value.Denominator;
        if (d <= 12) return false;
        while (d % 10 == 0) d /= 10;
        while (d % 2 == 0) d /= 2;
        while (d % 5 == 0) d /= 5;
        return d.IsOne && value.Denominator < 10_000_000_000_000_000;
    }

    private Form WithNumber(Coefficient value) => new(Syntax, Kind, Tokens, Level) { Number = value };

    /// <summary>A function of arguments.</summary>
    public static Form Call(string function, Kind kind, params ReadOnlySpan<Form> arguments) => Call(function, kind, false, arguments);

    /// <summary>A function of arguments whose value is known to be symmetric, or not.</summary>
    public static Form Call(string function, Kind kind, bool symmetric, params ReadOnlySpan<Form> arguments)
    {
        int tokens = 2 + Math.Max(1, arguments.Length);
        var syntax = new SyntaxNode[arguments.Length];
        for (int i = 0; i < syntax.Length; i++) (syntax[i], tokens) = (arguments[i].Syntax, tokens + arguments[i].Tokens);
        return new(new CallSyntax(function, syntax), kind, tokens, Level.Atom) { IsSymmetric = symmetric };
    }

    /// <summary>A call whose arguments are sizes, already written.</summary>
    public static Form Sized(string function, Kind kind, bool symmetric, params ReadOnlySpan<SyntaxNode> sizes)
    {
        int tokens = 2 + Math.Max(1, sizes.Length);
        foreach (var s in sizes) tokens += TokensOf(s);
        return new(new CallSyntax(function, sizes.ToArray()), kind, tokens, Level.Atom) { IsSymmetric = symmetric };
    }

    /// <summary>The tokens of a written size.</summary>
    internal static int TokensOf(SyntaxNode size) => size switch
    {
        CallSyntax call => 2 + call.Arguments.Count + call.Arguments.Sum(TokensOf),
        SumSyntax sum => sum.Terms.Count - 1 + sum.Terms.Sum(t => TokensOf(t.Operand)),
        ProductSyntax product => product.Links.Count + TokensOf(product.First) + product.Links.Sum(l => TokensOf(l.Operand)),
        NegateSyntax negate => 1 + TokensOf(negate.Operand),
        _ => 1,
    };

    /// <summary>The inverse.</summary>
    public static Form Inverse(Form matrix)
    {
        var call = Call("inv", Kind.Matrix, matrix);
        return new(call.Syntax, Kind.Matrix, call.Tokens, call.Level) { InverseOf = matrix, IsSymmetric = matrix.IsSymmetric };
    }

    /// <summary>The diagonal matrix of a column.</summary>
    public static Form Diagonal(Form column)
    {
        if (column.DiagonalIn is { DiagonalOf: not null } already) return already;
        var call = Call("diag", Kind.Matrix, column);
        return new(call.Syntax, Kind.Matrix, call.Tokens, call.Level) { DiagonalOf = column, IsSymmetric = true };
    }

    /// <summary>The diagonal of a matrix, a column.</summary>
    public static Form DiagonalColumn(Form matrix)
    {
        if (matrix.DiagonalOf is { } column) return column;
        if (matrix.Tokens > matrix.Transpose().Tokens) matrix = matrix.Transpose();
        var call = Call("diag", Kind.Column, matrix);
        return new(call.Syntax, Kind.Column, call.Tokens, call.Level) { DiagonalIn = matrix };
    }

    /// <summary>The sums of the rows of a matrix, a column.</summary>
    public static Form RowSums(Form matrix)
    {
        var call = Call("sum", Kind.Column, matrix, Constant(2));
        var columns = Call("sum", Kind.Row, matrix.Transpose(), Constant(1));
        if (columns.Tokens + 1 < call.Tokens) return new(new TransposeSyntax(columns.Syntax), Kind.Column, columns.Tokens + 1, Level.Postfix) { RowSumsOf = matrix };
        return new(call.Syntax, Kind.Column, call.Tokens, call.Level) { RowSumsOf = matrix };
    }

    /// <summary>An entry, row or column; a null index is <c>:</c>.</summary>
    public static Form Index(Form operand, Kind kind, params ReadOnlySpan<Form?> indices)
    {
        int tokens = operand.TokensAt(Level.Postfix) + 1 + indices.Length;
        var syntax = new SyntaxNode?[indices.Length];
        for (int i = 0; i < syntax.Length; i++) (syntax[i], tokens) = (indices[i]?.Syntax, tokens + (indices[i]?.Tokens ?? 1));
        return new(new IndexSyntax(operand.Syntax, syntax), kind, tokens, Level.Postfix);
    }

    /// <summary>A block matrix of two or more pieces on top of each other or side by side.</summary>
    public static Form Block(bool vertical, Kind kind, params ReadOnlySpan<Form> pieces)
    {
        var syntax = new SyntaxNode[pieces.Length];
        int tokens = 1 + pieces.Length;
        for (int i = 0; i < syntax.Length; i++) (syntax[i], tokens) = (pieces[i].Syntax, tokens + pieces[i].Tokens);
        if (vertical && syntax.All(s => s is BlockSyntax { Rows.Count: 1 }))
            return new(new BlockSyntax([.. syntax.Select(s => ((BlockSyntax)s).Rows[0])]), kind, tokens - 2 * syntax.Length, Level.Atom);
        IReadOnlyList<IReadOnlyList<SyntaxNode>> rows = vertical ? [.. syntax.Select(s => (IReadOnlyList<SyntaxNode>)[s])] : [syntax];
        return new(new BlockSyntax(rows), kind, tokens, Level.Atom);
    }

    /// <summary>A matrix or row of numbers.</summary>
    public static Form Literal(LiteralNode literal)
    {
        long columns = literal.Order == 2 ? literal.Axes[1].Size!.Value : 1;
        var rows = new List<IReadOnlyList<SyntaxNode>>();
        for (int i = 0; i < literal.Entries.Count; i += (int)columns)
            rows.Add([.. literal.Entries.Skip(i).Take((int)columns).Select(e => Constant(e).Syntax)]);
        int tokens = 1 + literal.Entries.Count + literal.Entries.Sum(e => Constant(e).Tokens);
        return new(new BlockSyntax(rows), literal.Order == 2 ? Kind.Matrix : Kind.Column, tokens, Level.Atom);
    }

    /// <summary>A power with a general exponent, element by element.</summary>
    public static Form ElementwisePower(Form @base, Form exponent)
    {
        int tokens = @base.TokensAt(Level.Postfix) + 1 + exponent.TokensAt(Level.Sign);
        return new(new PowerSyntax(@base.Syntax, exponent.Syntax, @base.Kind != Kind.Scalar || exponent.Kind != Kind.Scalar),
            @base.Kind == Kind.Scalar ? exponent.Kind : @base.Kind, tokens, Level.Power);
    }
}
