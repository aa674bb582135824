using System.Globalization;
using System.Text;

namespace Nabla.Expressions.Notation;

/// <summary>The size of an axis: a polynomial with integer coefficients in named and unknown sizes, in canonical form.</summary>
/// <remarks>
/// Most dimensions are one name or one number, which are kept as such. Sums come from blocks, products from Kronecker products and <c>vec</c>.
/// Two dimensions are equal when their polynomials are.
/// </remarks>
public sealed class Dimension : IEquatable<Dimension>
{
    private const int MostTerms = 200;
    private const int MostFactors = 64;

    private static readonly Dimension[] s_small = [.. Enumerable.Range(0, 33).Select(size => new Dimension(null, size, null))];

    private readonly string? _name;
    private readonly long _size;

    // A monomial is its factors, sorted, joined by '*'; the empty text is the constant. Null for a name or a number.
    private readonly SortedDictionary<string, long>? _terms;
    private string? _text;

    private Dimension(string? name, long size, SortedDictionary<string, long>? terms) => (_name, _size, _terms) = (name, size, terms);

    /// <summary>The dimension 1.</summary>
    public static Dimension One => s_small[1];

    /// <summary>A dimension of a known size.</summary>
    public static Dimension Of(long size) => size >= 0 && size < s_small.Length ? s_small[size] : new(null, size, null);

    /// <summary>A dimension that is known by its name; two uses of a name are the same dimension.</summary>
    public static Dimension Named(string name) => new(name, 0, null);

    /// <summary>A dimension that inference has yet to find; the mark sets it apart from every name.</summary>
    internal static Dimension Unknown(int number) => Named($"?{number}");

    private static Dimension Of(SortedDictionary<string, long> terms)
    {
        if (terms.Count == 0) return s_small[0];
        if (terms.Count > 1)
            return terms.Count <= MostTerms ? new(null, 0, terms) : throw new NablaException(ErrorCode.Limit, $"A size may be a sum of at most {MostTerms} products of sizes, but here are more.");
        var (monomial, coefficient) = terms.First();
        return monomial.Length == 0 ? Of(coefficient) : coefficient == 1 && !monomial.Contains('*') ? Named(monomial) : new(null, 0, terms);
    }

    private SortedDictionary<string, long> Terms => _terms ?? (_name, _size) switch
    {
        ({ } name, _) => new(StringComparer.Ordinal) { [name] = 1 },
        (null, 0) => new(StringComparer.Ordinal),
        (null, var size) => new(StringComparer.Ordinal) { [""] = size },
    };

    /// <summary>The size, where it is a number.</summary>
    public long? Size => _terms is null && _name is null ? _size : null;

    /// <summary>The name, where the dimension is a single name (or a single unknown).</summary>
    public string? Name => _name;

    /// <summary>Whether the dimension is a single unknown.</summary>
    internal bool IsUnknown => _name is ['?', ..];

    /// <summary>The monomials: their factors, sorted (none for the constant), and their coefficients.</summary>
    internal IEnumerable<(string[] Factors, long Coefficient)> Monomials => Terms.Select(t => (t.Key.Length == 0 ? [] : t.Key.Split('*'), t.Value));

    /// <summary>All names and unknowns that occur.</summary>
    internal IEnumerable<string> Names =>
        _name is not null ? [_name] : _terms is null ? [] : _terms.Keys.Where(k => k.Length > 0).SelectMany(k => k.Split('*')).Distinct();

    /// <summary>The coefficient of a name where it occurs alone in a monomial.</summary>
    internal long CoefficientOf(string name) => _terms?.GetValueOrDefault(name) ?? (_name == name ? 1 : 0);

    /// <summary>The dimension with every name replaced.</summary>
    internal Dimension Substitute(Func<string, Dimension?> replacement)
    {
        if (_name is not null) return replacement(_name) ?? this;
        if (_terms is null || !Names.Any(n => replacement(n) is not null)) return this;
        var sum = s_small[0];
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
        if (_name is not null) return sizes[_name];
        if (_terms is null) return _size;
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
    /// <exception cref="NablaException">The product has too many terms or factors (<see cref="ErrorCode.Limit"/>).</exception>
    public static Dimension operator *(Dimension left, Dimension right)
    {
        if (left.Size is { } m && right.Size is { } n) return Of(checked(m * n));
        if (left.Size == 1) return right;
        if (right.Size == 1) return left;
        var terms = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (a, x) in left.Terms)
            foreach (var (b, y) in right.Terms) AddTo(terms, Product(a, b), checked(x * y));
        return Of(terms);
    }

    private static string Product(string a, string b)
    {
        if (a.Length == 0 || b.Length == 0) return a + b;
        string[] factors = [.. a.Split('*'), .. b.Split('*')];
        if (factors.Length > MostFactors) throw new NablaException(ErrorCode.Limit, $"A size may be a product of at most {MostFactors} sizes, but here are {factors.Length}.");
        Array.Sort(factors, StringComparer.Ordinal);
        return string.Join('*', factors);
    }

    private static Dimension Combine(Dimension left, Dimension right, long sign)
    {
        if (left.Size is { } m && right.Size is { } n) return Of(checked(m + sign * n));
        if (right.Size == 0) return left;
        var terms = new SortedDictionary<string, long>(left.Terms, StringComparer.Ordinal);
        foreach (var (monomial, coefficient) in right.Terms) AddTo(terms, monomial, checked(sign * coefficient));
        return Of(terms);
    }

    private static void AddTo(SortedDictionary<string, long> terms, string monomial, long coefficient)
    {
        long sum = checked(terms.GetValueOrDefault(monomial) + coefficient);
        if (sum == 0) terms.Remove(monomial);
        else terms[monomial] = sum;
    }

    private static string Write(SortedDictionary<string, long> terms)
    {
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
    public bool Equals(Dimension? other) =>
        ReferenceEquals(this, other)
        || (other is not null && (_terms is null
            ? other._terms is null && _name == other._name && _size == other._size
            : other._terms is not null && ToString() == other.ToString()));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Dimension);

    /// <inheritdoc/>
    public override int GetHashCode() => _name is not null ? _name.GetHashCode(StringComparison.Ordinal) : _terms is null ? _size.GetHashCode() : ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary>Whether two dimensions are proven equal.</summary>
    public static bool operator ==(Dimension? left, Dimension? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether two dimensions are not proven equal.</summary>
    public static bool operator !=(Dimension? left, Dimension? right) => !(left == right);

    /// <summary>The dimension as the notation writes it: <c>n</c>, <c>3</c>, <c>m*n</c>, <c>m + 1</c>.</summary>
    public override string ToString() => _text ??= _name ?? (_terms is null ? _size.ToString(CultureInfo.InvariantCulture) : Write(_terms));
}
