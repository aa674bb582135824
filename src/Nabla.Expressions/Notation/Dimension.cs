using System.Globalization;
using System.Text;

namespace Nabla.Expressions.Notation;

/// <summary>The size of an axis: a polynomial with integer coefficients in named and unknown sizes, in canonical form.</summary>
/// <remarks>
/// Most dimensions are one name or one number. Sums come from blocks, products from Kronecker products and <c>vec</c>.
/// Two dimensions are equal when their polynomials are.
/// </remarks>
public sealed class Dimension : IEquatable<Dimension>
{
    // A monomial is its factors, sorted, joined by '*'; the empty text is the constant.
    private readonly SortedDictionary<string, long> _terms;
    private readonly string _text;

    private Dimension(SortedDictionary<string, long> terms)
    {
        _terms = terms;
        _text = Write(terms);
    }

    /// <summary>The dimension 1.</summary>
    public static Dimension One { get; } = Of(1);

    /// <summary>A dimension of a known size.</summary>
    public static Dimension Of(long size) =>
        new(size == 0 ? new(StringComparer.Ordinal) : new(StringComparer.Ordinal) { [""] = size });

    /// <summary>A dimension that is known by its name; two uses of a name are the same dimension.</summary>
    public static Dimension Named(string name) => new(new(StringComparer.Ordinal) { [name] = 1 });

    /// <summary>A dimension that inference has yet to find; the mark sets it apart from every name.</summary>
    internal static Dimension Unknown(int number) => Named($"?{number}");

    /// <summary>The size, where it is a number.</summary>
    public long? Size => _terms.Count == 0 ? 0 : _terms.Count == 1 && _terms.TryGetValue("", out long size) ? size : null;

    /// <summary>The name, where the dimension is a single name (or a single unknown).</summary>
    public string? Name => _terms.Count == 1 && _terms.First() is { Value: 1 } only && only.Key.Length > 0 && !only.Key.Contains('*') ? only.Key : null;

    /// <summary>Whether the dimension is a single unknown.</summary>
    internal bool IsUnknown => Name is ['?', ..];

    /// <summary>The monomials: their factors, sorted (none for the constant), and their coefficients.</summary>
    internal IEnumerable<(string[] Factors, long Coefficient)> Monomials => _terms.Select(t => (t.Key.Length == 0 ? [] : t.Key.Split('*'), t.Value));

    /// <summary>All names and unknowns that occur.</summary>
    internal IEnumerable<string> Names => _terms.Keys.Where(k => k.Length > 0).SelectMany(k => k.Split('*')).Distinct();

    /// <summary>The coefficient of a name where it occurs alone in a monomial.</summary>
    internal long CoefficientOf(string name) => _terms.GetValueOrDefault(name);

    /// <summary>The dimension with every name replaced.</summary>
    internal Dimension Substitute(Func<string, Dimension?> replacement)
    {
        if (!Names.Any(n => replacement(n) is not null)) return this;
        var sum = Of(0);
        foreach (var (monomial, coefficient) in _terms)
        {
            var product = Of(coefficient);
            if (monomial.Length > 0) foreach (string factor in monomial.Split('*')) product *= replacement(factor) ?? Named(factor);
            sum += product;
        }
        return sum;
    }

    /// <summary>The size when every name has one.</summary>
    /// <exception cref="KeyNotFoundException">A name has no size.</exception>
    internal long Evaluate(IReadOnlyDictionary<string, long> sizes)
    {
        long sum = 0;
        foreach (var (monomial, coefficient) in _terms)
        {
            long product = coefficient;
            if (monomial.Length > 0) foreach (string factor in monomial.Split('*')) product = checked(product * sizes[factor]);
            sum = checked(sum + product);
        }
        return sum;
    }

    /// <summary>The sum of two dimensions, as a block has.</summary>
    public static Dimension operator +(Dimension left, Dimension right) => Combine(left, right, 1);

    /// <summary>The difference of two dimensions.</summary>
    public static Dimension operator -(Dimension left, Dimension right) => Combine(left, right, -1);

    /// <summary>The product of two dimensions, as a Kronecker product has.</summary>
    public static Dimension operator *(Dimension left, Dimension right)
    {
        if (left.Size == 1) return right;
        if (right.Size == 1) return left;
        var terms = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (a, x) in left._terms)
            foreach (var (b, y) in right._terms)
                AddTo(terms, a.Length == 0 ? b : b.Length == 0 ? a : string.Join('*', a.Split('*').Concat(b.Split('*')).Order(StringComparer.Ordinal)), checked(x * y));
        return new(terms);
    }

    private static Dimension Combine(Dimension left, Dimension right, long sign)
    {
        var terms = new SortedDictionary<string, long>(left._terms, StringComparer.Ordinal);
        foreach (var (monomial, coefficient) in right._terms) AddTo(terms, monomial, checked(sign * coefficient));
        return new(terms);
    }

    private static void AddTo(SortedDictionary<string, long> terms, string monomial, long coefficient)
    {
        long sum = checked(terms.GetValueOrDefault(monomial) + coefficient);
        if (sum == 0) terms.Remove(monomial);
        else terms[monomial] = sum;
    }

    private static string Write(SortedDictionary<string, long> terms)
    {
        if (terms.Count == 0) return "0";
        var text = new StringBuilder();
        foreach (var (monomial, coefficient) in terms.OrderBy(t => t.Value < 0).ThenBy(t => t.Key.Length == 0))
        {
            long size = Math.Abs(coefficient);
            if (text.Length > 0) text.Append(coefficient < 0 ? " - " : " + ");
            else if (coefficient < 0) text.Append('-');
            if (monomial.Length == 0) text.Append(size.ToString(CultureInfo.InvariantCulture));
            else text.Append(size == 1 ? monomial : $"{size}*{monomial}");
        }
        return text.ToString();
    }

    /// <inheritdoc/>
    public bool Equals(Dimension? other) => other is not null && _text == other._text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Dimension);

    /// <inheritdoc/>
    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    /// <summary>Whether two dimensions are proven equal.</summary>
    public static bool operator ==(Dimension? left, Dimension? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether two dimensions are not proven equal.</summary>
    public static bool operator !=(Dimension? left, Dimension? right) => !(left == right);

    /// <summary>The dimension as the notation writes it: <c>n</c>, <c>3</c>, <c>m*n</c>, <c>m + 1</c>.</summary>
    public override string ToString() => _text;
}
