using Nabla.Expressions.Core;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;

namespace Nabla.Expressions.Writing;

internal sealed partial class Form
{
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
}
