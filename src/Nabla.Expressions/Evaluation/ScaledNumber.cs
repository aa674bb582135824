namespace Nabla.Expressions.Evaluation;

/// <summary>A number m 2ᵏ, for sums of squares that are beyond the range of a double where their roots are not.</summary>
/// <param name="Mantissa">m.</param>
/// <param name="Exponent">k.</param>
internal readonly record struct ScaledNumber(double Mantissa, int Exponent)
{
    // Below it products of doubles lose digits.
    private const double Smallest = 1e-290;

    /// <summary>Whether a sum of products may have left the range of a double.</summary>
    public static bool IsNeeded(double value) => !double.IsFinite(value) || Math.Abs(value) < Smallest;

    /// <summary>A double, with a mantissa near 1.</summary>
    public static ScaledNumber Of(double value) => value == 0 || !double.IsFinite(value) ? new(value, 0) : new(Math.ScaleB(value, -Math.ILogB(value)), Math.ILogB(value));

    /// <summary>The product.</summary>
    public ScaledNumber Times(ScaledNumber other)
    {
        var product = Of(Mantissa * other.Mantissa);
        return product with { Exponent = product.Exponent + Exponent + other.Exponent };
    }

    /// <summary>The power with a multiple of 1/2.</summary>
    public ScaledNumber Power(double exponent)
    {
        // 2ᵏ has an exact root where k is even.
        var (m, k) = Exponent % 2 == 0 ? (Mantissa, Exponent) : (2 * Mantissa, Exponent - 1);
        return new(Math.Pow(m, exponent), (int)Math.Clamp(k * exponent, -10_000, 10_000));
    }

    /// <summary>The sum of multiples.</summary>
    public static ScaledNumber Sum(IReadOnlyList<(double Factor, ScaledNumber Number)> terms)
    {
        int largest = terms.Where(t => t.Number.Mantissa != 0).Select(t => t.Number.Exponent).DefaultIfEmpty().Max();
        return new(terms.Sum(t => t.Factor * Math.ScaleB(t.Number.Mantissa, t.Number.Exponent - largest)), largest);
    }
}
