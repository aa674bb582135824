using Nabla.Expressions.Core;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;

namespace Nabla.Expressions.Writing;

/// <summary>A piece of matrix notation with its kind and its length in tokens: what the search for the shortest reading compares.</summary>
internal sealed class Form
{
    private Form? _transposed;

    private Form(SyntaxNode syntax, Kind kind, int tokens, Level level) => (Syntax, Kind, Tokens, Level) = (syntax, kind, tokens, level);

    /// <summary>The syntax tree.</summary>
    public SyntaxNode Syntax { get; }

    /// <summary>Scalar, column, row or matrix.</summary>
    public Kind Kind { get; }

    /// <summary>The number of tokens when it stands alone.</summary>
    public int Tokens { get; }

    /// <summary>How tightly it binds.</summary>
    public Level Level { get; }

    /// <summary>The factors, where this is a chain of matrix products; scalars stand in front.</summary>
    public IReadOnlyList<Form>? Factors { get; private init; }

    /// <summary>The terms, where this is a sum.</summary>
    public IReadOnlyList<(bool Negative, Form Form)>? Terms { get; private init; }

    /// <summary>The operands, where this is a product element by element.</summary>
    public IReadOnlyList<(bool Divides, Form Form)>? Entries { get; private init; }

    /// <summary>What is inverted, where this is <c>inv(M)</c>.</summary>
    public Form? InverseOf { get; private init; }

    /// <summary>What is on the diagonal, where this is <c>diag(v)</c> of a vector.</summary>
    public Form? DiagonalOf { get; private init; }

    /// <summary>The matrix whose diagonal this is, where this is <c>diag(M)</c> of a matrix.</summary>
    public Form? DiagonalIn { get; private init; }

    /// <summary>The matrix whose rows are summed, where this is <c>sum(M, 2)</c>.</summary>
    public Form? RowSumsOf { get; private init; }

    /// <summary>The vector that a norm is of, where this is <c>norm2(v)</c>; and the base of a power of one.</summary>
    public Form? PowerBase { get; private init; }

    /// <summary>What is squared entry by entry, where this is <c>v.^2</c>.</summary>
    public Form? SquareOf { get; private init; }

    /// <summary>What is transposed, where this is a transpose.</summary>
    public Form? TransposeOf { get; private init; }

    /// <summary>The number, where this is one.</summary>
    public Coefficient? Number { get; private init; }

    /// <summary>Whether the matrix equals its transpose.</summary>
    public bool IsSymmetric { get; private init; }

    /// <summary>A text that identifies the form.</summary>
    public string Key => field ??= TextWriter.Write(Syntax);

    /// <summary>The tokens with brackets, if a position that needs at least a level demands them.</summary>
    public int TokensAt(Level least) => Level < least ? Tokens + 2 : Tokens;

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

    /// <summary>The transpose: pushed into products and sums where that is shorter.</summary>
    public Form Transpose() => _transposed ??= FindTranspose();

    private Form FindTranspose()
    {
        if (Kind == Kind.Scalar || IsSymmetric) return this;
        if (TransposeOf is { } inner) return inner;
        var outside = new Form(new TransposeSyntax(Syntax), Turned(Kind), TokensAt(Level.Power) + 1, Level.Postfix) { TransposeOf = this };
        Form? inside = null;
        if (Factors is { } factors) inside = Multiply([.. factors.Reverse().Select(f => f.Transpose())]);
        else if (Terms is { } terms) inside = Add([.. terms.Select(t => (t.Negative, t.Form.Transpose()))]);
        else if (Entries is { } entries) inside = Hadamard([.. entries.Select(e => (e.Divides, e.Form.Transpose()))]);
        else if (Quotient is var (top, bottom)) inside = Divide(top.Transpose(), bottom);
        else if (PowerBase is { } powerBase && Exponent is { } e && Kind == Kind.Matrix) inside = Power(powerBase.Transpose(), e, false);
        else if (NegationOf is { } positive) inside = Negate(positive.Transpose());
        else if (InverseOf is { } M) inside = M.Transpose().Tokens <= M.Tokens ? Inverse(M.Transpose()) : null;
        var best = inside is not null && inside.Tokens <= outside.Tokens ? inside : outside;
        best._transposed = this;
        return best;
    }

    private static Kind Turned(Kind kind) => kind switch { Kind.Column => Kind.Row, Kind.Row => Kind.Column, _ => kind };

    /// <summary>The negative: in front of a product it is the sign of the first factor.</summary>
    public static Form Negate(Form form)
    {
        if (form.Number is { } number && form.Level == Level.Sign) return Constant(-number);
        if (form.Terms is { } terms) return Add([.. terms.Select(t => (!t.Negative, t.Form))]);
        if (form.Syntax is NegateSyntax && form.NegationOf is { } positive) return positive;
        if (form.Level == Level.Product && form.Syntax is ProductSyntax product)
            return new(new ProductSyntax(new NegateSyntax(product.First), product.Links), form.Kind, form.Tokens + 1, Level.Product) { NegationOf = form };
        bool bracket = form.Level < Level.Sign;
        return new(new NegateSyntax(form.Syntax), form.Kind, form.Tokens + (bracket ? 3 : 1), Level.Sign) { NegationOf = form, IsSymmetric = form.IsSymmetric };
    }

    private Form? NegationOf { get; init; }

    /// <summary>A chain of matrix products and scalar factors, in this order; runs of one square matrix become powers, a leading inverse a solve.</summary>
    public static Form Multiply(params ReadOnlySpan<Form> factors)
    {
        var scalars = new List<Form>();
        var chain = new List<Form>();
        foreach (var f in factors)
            foreach (var g in f.Factors ?? [f]) (g.Kind == Kind.Scalar ? scalars : chain).Add(g);
        var all = new List<Form>(scalars);
        foreach (var f in chain)
        {
            if (all.Count > scalars.Count && f.Kind == Kind.Matrix && PowerOf(all[^1], f) is { } power) all[^1] = power;
            else all.Add(f);
        }
        if (all.Count == 1) return all[0];
        return Joined(all, scalars.Count);
    }

    // A*A^2 = A^3
    private static Form? PowerOf(Form left, Form right)
    {
        if (left.Kind != Kind.Matrix || right.Kind != Kind.Matrix) return null;
        var (a, b) = (left.PowerBase ?? left, right.PowerBase ?? right);
        var (m, n) = (left.Exponent ?? 1, right.Exponent ?? 1);
        return m.IsInteger && n.IsInteger && a.Key == b.Key ? Power(a, m + n, false) : null;
    }

    private Coefficient? Exponent { get; init; }

    private (Form Top, Form Bottom)? Quotient { get; init; }

    private static Form Joined(List<Form> all, int scalars)
    {
        // inv(M) in front is M \ ...; after other factors it needs brackets around the rest of the chain.
        for (int i = scalars; i + 1 < all.Count; i++)
        {
            if (all[i].InverseOf is not { } M) continue;
            bool leads = i == 0;
            int plain = all[i].Tokens + 1;
            int solve = leads ? M.TokensAt(Level.Product) + 1 : M.TokensAt(Level.Product) + 3;
            if (solve > plain || (!leads && all[^1].Kind == Kind.Row)) continue;
            var rest = Tail(all, i + 1);
            var (restKind, restTokens) = (rest.Kind, rest.TokensAt(Level.Sign));
            if (leads && rest.Factors is not null)
            {
                // A \ B*C is (A \ B)*C: the same value without brackets.
                var head = all[i + 1];
                var first = Solve(M, head);
                return Chain([first, .. all.Skip(i + 2)], all);
            }
            var solved = Solve(M, rest);
            if (leads) return new(solved.Syntax, ChainKind(all), solved.Tokens, Level.Product) { Factors = all };
            return Chain([.. all.Take(i), solved], all);
        }
        return Chain(all, all);
    }

    private static Form Tail(List<Form> all, int from) => from == all.Count - 1 ? all[from] : Chain([.. all.Skip(from)], [.. all.Skip(from)]);

    private static Form Solve(Form M, Form right) => new(
        new ProductSyntax(M.Syntax, [new(Infix.Solve, right.Syntax)]), right.Kind == Kind.Column ? Kind.Column : Kind.Matrix,
        M.TokensAt(Level.Product) + 1 + right.TokensAt(Level.Sign), Level.Product);

    private static Kind ChainKind(IReadOnlyList<Form> factors)
    {
        var tensors = factors.Where(f => f.Kind != Kind.Scalar).ToArray();
        if (tensors.Length == 0) return Kind.Scalar;
        bool row = tensors[0].Kind == Kind.Row, column = tensors[^1].Kind == Kind.Column;
        return row && column ? Kind.Scalar : row ? Kind.Row : column ? Kind.Column : Kind.Matrix;
    }

    private static Form Chain(List<Form> written, List<Form> factors)
    {
        var first = written[0];
        int tokens = first.TokensAt(Level.Product);
        SyntaxNode head = first.Syntax;
        var links = new List<ProductLink>();
        if (first is { Level: Level.Product, Syntax: ProductSyntax open })
        {
            head = open.First;
            links.AddRange(open.Links);
        }
        bool onlyScalars = first.Kind == Kind.Scalar;
        for (int i = 1; i < written.Count; i++)
        {
            var f = written[i];
            if (onlyScalars && f is { Level: Level.Product, Syntax: ProductSyntax { First: not NegateSyntax } inner } && inner.Links.All(l => l.Operator is not (Infix.Solve or Infix.Kronecker)))
            {
                // After scalars only, 2*(x'*y) is 2*x'*y, and 2*(x.*y) is 2*x.*y.
                tokens += 1 + f.Tokens;
                links.Add(new(Infix.Multiply, inner.First));
                links.AddRange(inner.Links);
                onlyScalars = f.Kind == Kind.Scalar;
                continue;
            }
            onlyScalars &= f.Kind == Kind.Scalar;
            tokens += 1 + f.TokensAt(Level.Sign);
            links.Add(new(Infix.Multiply, f.Syntax));
        }
        return new(new ProductSyntax(head, links), ChainKind(factors), tokens, Level.Product)
        {
            Factors = ChainKind(factors) == Kind.Scalar && factors.Any(f => f.Kind != Kind.Scalar) ? null : factors,
            IsSymmetric = IsPalindrome(factors),
        };
    }

    private static bool IsPalindrome(List<Form> factors)
    {
        var chain = factors.Where(f => f.Kind != Kind.Scalar).ToArray();
        if (chain.Length == 0 || (chain[0].Kind == Kind.Row) || chain[^1].Kind == Kind.Column) return false;
        for (int i = 0, j = chain.Length - 1; i <= j; i++, j--)
            if (i == j ? !chain[i].IsSymmetric : chain[i].Key != chain[j].Transpose().Key) return false;
        return true;
    }

    /// <summary>A product or quotient element by element, of operands of one kind.</summary>
    public static Form Hadamard(params ReadOnlySpan<(bool Divides, Form Form)> operands)
    {
        var ordered = new List<(bool Divides, Form Form)>();
        foreach (var o in operands)
            if (o.Form.Entries is { } inner) foreach (var (divides, form) in inner) ordered.Add((divides ^ o.Divides, form));
            else ordered.Add(o);
        ordered = [.. ordered.Where(o => !o.Divides), .. ordered.Where(o => o.Divides)];
        if (ordered.Count == 1 && !ordered[0].Divides) return ordered[0].Form;
        // An operand that is a product itself needs no brackets in front.
        int front = ordered.FindIndex(o => !o.Divides && o.Form.Level == Level.Product);
        if (front > 0) (ordered[0], ordered[front]) = (ordered[front], ordered[0]);
        bool one = ordered[0].Divides;
        var first = one ? Constant(1) : ordered[0].Form;
        int tokens = first.TokensAt(Level.Product);
        SyntaxNode head = first.Syntax;
        var links = new List<ProductLink>();
        if (first is { Level: Level.Product, Syntax: ProductSyntax open })
        {
            head = open.First;
            links.AddRange(open.Links);
        }
        for (int i = one ? 0 : 1; i < ordered.Count; i++)
        {
            tokens += 1 + ordered[i].Form.TokensAt(Level.Sign);
            links.Add(new(ordered[i].Divides ? Infix.ElementwiseDivide : Infix.Hadamard, ordered[i].Form.Syntax));
        }
        return new(new ProductSyntax(head, links), ordered[0].Form.Kind, tokens, Level.Product)
        {
            Entries = ordered,
            IsSymmetric = ordered.All(o => o.Form.IsSymmetric),
        };
    }

    /// <summary>A tensor divided by a scalar.</summary>
    public static Form Divide(Form form, Form scalar)
    {
        int tokens = form.TokensAt(Level.Product) + 1 + scalar.TokensAt(Level.Sign);
        var (head, links) = form is { Level: Level.Product, Syntax: ProductSyntax open } ? (open.First, (List<ProductLink>)[.. open.Links]) : (form.Syntax, []);
        links.Add(new(Infix.Divide, scalar.Syntax));
        return new(new ProductSyntax(head, links), form.Kind, tokens, Level.Product) { IsSymmetric = form.IsSymmetric, Quotient = (form, scalar) };
    }

    /// <summary>A power of a scalar or square matrix, or element by element.</summary>
    public static Form Power(Form @base, Coefficient exponent, bool elementwise)
    {
        if (exponent.IsOne) return @base;
        if (exponent == Coefficient.Rational(1, 2)) return Call("sqrt", @base.Kind, @base);
        if (@base.PowerBase is { } inner && @base.Exponent is { } e && e.IsInteger && exponent.IsInteger && !elementwise) return Power(inner, e * exponent, false);
        var number = Constant(exponent);
        bool bracket = number.Level < Level.Sign;
        int tokens = @base.TokensAt(Level.Postfix) + 1 + number.Tokens + (bracket ? 2 : 0);
        return new(new PowerSyntax(@base.Syntax, number.Syntax, elementwise), @base.Kind, tokens, Level.Power)
        {
            PowerBase = elementwise ? null : @base,
            Exponent = elementwise ? null : exponent,
            SquareOf = elementwise && exponent == 2 ? @base : null,
            IsSymmetric = @base.IsSymmetric,
        };
    }

    /// <summary>A form that a sum around it does not open.</summary>
    public static Form Closed(Form form) => form.Terms is null ? form : new(form.Syntax, form.Kind, form.Tokens, form.Level) { IsSymmetric = form.IsSymmetric };

    /// <summary>A sum; a positive term stands first where there is one.</summary>
    public static Form Add(params ReadOnlySpan<(bool Negative, Form Form)> terms)
    {
        var flat = new List<(bool Negative, Form Form)>();
        foreach (var t in terms)
        {
            if (t.Form.Terms is { } inner) foreach (var (negative, form) in inner) flat.Add((negative ^ t.Negative, form));
            else if (t.Form.NegationOf is { } positive) flat.Add((!t.Negative, positive));
            else flat.Add(t);
        }
        if (flat.Count == 1) return flat[0].Negative ? Negate(flat[0].Form) : flat[0].Form;
        int lead = flat.FindIndex(t => !t.Negative);
        if (lead > 0) (flat[0], flat[lead]) = (flat[lead], flat[0]);
        var first = flat[0].Negative ? Negate(flat[0].Form) : flat[0].Form;
        int tokens = first.Tokens;
        var syntax = new List<SumTerm> { new(false, first.Syntax) };
        for (int i = 1; i < flat.Count; i++)
        {
            tokens += 1 + flat[i].Form.TokensAt(Level.Product);
            syntax.Add(new(flat[i].Negative, flat[i].Form.Syntax));
        }
        var kind = flat.Select(t => t.Form.Kind).FirstOrDefault(k => k != Kind.Scalar);
        return new(new SumSyntax(syntax), kind, tokens, Level.Sum) { Terms = flat, IsSymmetric = flat.All(t => t.Form.IsSymmetric) };
    }
}
