using Nabla.Expressions.Core;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;

namespace Nabla.Expressions.Explanation.Claims;

/// <summary>Undoes one mistake in a claim, in every way in which it may have been made: if the result is right, the mistake is found.</summary>
/// <param name="claim">The claim without bindings.</param>
internal sealed class Corrections(SyntaxNode claim)
{
    private static readonly Coefficient[] s_factors = [2, Coefficient.Rational(1, 2), 3, Coefficient.Rational(1, 3), 4, Coefficient.Rational(1, 4), -2, Coefficient.Rational(-1, 2)];

    private readonly List<SyntaxNode> _pieces = SyntaxPieces.All(claim);

    /// <summary>One sign turned.</summary>
    public IEnumerable<SyntaxNode> Signs()
    {
        foreach (var piece in _pieces)
            switch (piece)
            {
                case SumSyntax sum:
                    for (int i = 0; i < sum.Terms.Count; i++)
                    {
                        int turned = i;
                        yield return Put(sum, new SumSyntax([.. sum.Terms.Select((t, k) => k == turned ? t with { Negative = !t.Negative } : t)]));
                    }
                    break;
                case NegateSyntax negate:
                    yield return Put(negate, negate.Operand);
                    break;
            }
    }

    /// <summary>One term, or one number, multiplied by a constant.</summary>
    public IEnumerable<SyntaxNode> Factors()
    {
        var exponents = _pieces.OfType<PowerSyntax>().SelectMany(p => SyntaxPieces.All(p.Exponent)).ToHashSet(ReferenceEqualityComparer.Instance);
        foreach (var piece in Terms().Concat(_pieces.OfType<NumberSyntax>()).Where(p => !exponents.Contains(p)))
            foreach (var factor in s_factors) yield return Put(piece, Product(new NumberSyntax(factor), Infix.Multiply, piece));
    }

    /// <summary>One summand transposed.</summary>
    public IEnumerable<SyntaxNode> TransposedTerms() => Terms().Select(t => Put(t, Transposed(t)));

    /// <summary>A piece transposed: one, all that are equal to it, or neighbouring factors of a product.</summary>
    public IEnumerable<SyntaxNode> Transpositions()
    {
        foreach (var piece in Values()) yield return Put(piece, Transposed(piece));
        foreach (var equal in Values().GroupBy(SyntaxComparer.Encode, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            var all = equal.ToHashSet(ReferenceEqualityComparer.Instance);
            yield return SyntaxPieces.Replace(claim, n => all.Contains(n) ? Transposed(n) : null);
        }
        foreach (var (product, from, to) in Slices())
            yield return Put(product, Joined(product, from, to, Transposed));
    }

    /// <summary><c>diag(diag(M))</c> replaced by M: what stands off the diagonal is put back.</summary>
    public IEnumerable<SyntaxNode> OffDiagonals() => _pieces
        .Where(p => p is CallSyntax { Function: "diag", Arguments: [CallSyntax { Function: "diag" } or PowerSyntax { Elementwise: true, Base: CallSyntax { Function: "diag" } }] })
        .Select(p => Put(p, ((CallSyntax)p).Arguments[0] switch
        {
            CallSyntax inner => inner.Arguments[0],
            var power => SyntaxPieces.With(power, [((CallSyntax)((PowerSyntax)power).Base).Arguments[0], ((PowerSyntax)power).Exponent]),
        }));

    /// <summary>A matrix product replaced by a product element by element, or the reverse.</summary>
    public IEnumerable<SyntaxNode> Products()
    {
        yield return SyntaxPieces.Replace(claim, n => n is ProductSyntax p && p.Links.Any(l => l.Operator == Infix.Hadamard) ? Everywhere(p, Infix.Hadamard, Infix.Multiply) : null);
        yield return SyntaxPieces.Replace(claim, n => n is ProductSyntax p && p.Links.Any(l => l.Operator == Infix.Multiply) ? Everywhere(p, Infix.Multiply, Infix.Hadamard) : null);
        foreach (var piece in _pieces)
        {
            if (piece is PowerSyntax power) yield return Put(power, new PowerSyntax(power.Base, power.Exponent, !power.Elementwise));
            if (piece is CallSyntax { Function: "diag", Arguments: [var diagonal] })
                foreach (var outer in Outer(diagonal)) yield return Put(piece, outer);
            if (piece is not ProductSyntax product) continue;
            for (int i = 0; i < product.Links.Count; i++)
            {
                if (product.Links[i].Operator is not (Infix.Multiply or Infix.Hadamard)) continue;
                var other = product.Links[i].Operator == Infix.Multiply ? Infix.Hadamard : Infix.Multiply;
                SyntaxNode left = Slice(product, 0, i), right = Slice(product, i + 1, product.Links.Count);
                yield return Put(product, new ProductSyntax(product.First, [.. product.Links.Select((l, k) => k == i ? l with { Operator = other } : l)]));
                foreach (var changed in Changed(left, other, right)) yield return Put(product, changed);
            }
            // Two neighbours within a longer product.
            foreach (var (_, from, to) in SlicesOf(product).Where(s => s.To == s.From + 1))
                foreach (var changed in Changed(Factor(product, from), product.Links[from].Operator == Infix.Multiply ? Infix.Hadamard : Infix.Multiply, Factor(product, to)))
                    yield return Put(product, Joined(product, from, to, _ => changed));
        }
        foreach (var piece in Values()) yield return Put(piece, Diagonal(piece));
    }

    private static IEnumerable<SyntaxNode> Changed(SyntaxNode left, Infix other, SyntaxNode right)
    {
        yield return Product(left, other, right);
        if (other == Infix.Multiply)
        {
            yield return Product(Transposed(left), Infix.Multiply, right);
            yield return Product(left, Infix.Multiply, Transposed(right));
            yield return Product(Diagonal(left), Infix.Multiply, right);
            yield break;
        }
        yield return Product(Transposed(left), Infix.Hadamard, right);
        yield return Product(left, Infix.Hadamard, Transposed(right));
        yield return Diagonal(Product(left, Infix.Hadamard, Transposed(right)));
        yield return Product(left, Infix.Multiply, Diagonal(right));
        yield return Product(Diagonal(left), Infix.Multiply, right);
        yield return Product(Diagonal(Transposed(left)), Infix.Multiply, right);
    }

    // diag(a.*b) for a*b', diag(a.^2) for a*a'.
    private static IEnumerable<SyntaxNode> Outer(SyntaxNode diagonal)
    {
        if (diagonal is ProductSyntax { Links: [{ Operator: Infix.Hadamard, Operand: var b }], First: var a }) yield return Product(a, Infix.Multiply, Transposed(b));
        if (diagonal is PowerSyntax { Elementwise: true, Base: var x, Exponent: NumberSyntax { Value: { IsInteger: true } two } } && two == 2) yield return Product(x, Infix.Multiply, Transposed(x));
    }

    private IEnumerable<SyntaxNode> Terms() => _pieces.OfType<SumSyntax>().SelectMany(s => s.Terms.Select(t => t.Operand)).Append(claim);

    // What may be transposed: neither numbers nor exponents nor the axis of a sum.
    private IEnumerable<SyntaxNode> Values() => _pieces.Where(p => p is not NumberSyntax);

    private IEnumerable<(ProductSyntax Product, int From, int To)> Slices() => _pieces.OfType<ProductSyntax>().SelectMany(SlicesOf);

    private static IEnumerable<(ProductSyntax Product, int From, int To)> SlicesOf(ProductSyntax product)
    {
        for (int from = 0; from < product.Links.Count; from++)
            for (int to = from + 1; to <= product.Links.Count && product.Links[to - 1].Operator == Infix.Multiply; to++)
                if (to - from < product.Links.Count && (from == 0 || product.Links[from - 1].Operator == Infix.Multiply)) yield return (product, from, to);
    }

    private SyntaxNode Put(SyntaxNode piece, SyntaxNode other) => SyntaxPieces.Replace(claim, n => ReferenceEquals(n, piece) ? other : null);

    private static SyntaxNode Factor(ProductSyntax product, int index) => index == 0 ? product.First : product.Links[index - 1].Operand;

    private static SyntaxNode Slice(ProductSyntax product, int from, int to) =>
        from == to ? Factor(product, from) : new ProductSyntax(Factor(product, from), [.. product.Links.Skip(from).Take(to - from)]);

    private static SyntaxNode Joined(ProductSyntax product, int from, int to, Func<SyntaxNode, SyntaxNode> change)
    {
        var middle = change(Slice(product, from, to));
        ProductLink[] after = [.. product.Links.Skip(to)];
        return from == 0
            ? after.Length == 0 ? middle : new ProductSyntax(middle, after)
            : new ProductSyntax(product.First, [.. product.Links.Take(from - 1), product.Links[from - 1] with { Operand = middle }, .. after]);
    }

    private static SyntaxNode Everywhere(ProductSyntax product, Infix sign, Infix other) =>
        new ProductSyntax(product.First, [.. product.Links.Select(l => l.Operator == sign ? l with { Operator = other } : l)]);

    private static ProductSyntax Product(SyntaxNode left, Infix sign, SyntaxNode right) => new(left, [new(sign, right)]);

    private static CallSyntax Diagonal(SyntaxNode vector) => new("diag", [vector]);

    private static SyntaxNode Transposed(SyntaxNode node) => node is TransposeSyntax t ? t.Operand : new TransposeSyntax(node);
}
