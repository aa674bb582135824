namespace Nabla.Expressions.Evaluation;

/// <summary>A number m 2ᵏ, for sums of products that are beyond the range of a double where their roots, logarithms and quotients are not.</summary>
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

    /// <summary>The nearest double.</summary>
    public double ToDouble() => Math.ScaleB(Mantissa, Exponent);

    /// <summary>The natural logarithm.</summary>
    public double Log() => Math.Log(Mantissa) + Exponent * Math.Log(2);

    /// <summary>The power.</summary>
    public ScaledNumber Power(double exponent)
    {
        // 2ᵏ has an exact root where k is even.
        var (m, k) = Exponent % 2 == 0 ? (Mantissa, Exponent) : (2 * Mantissa, Exponent - 1);
        double whole = Math.Round(k * exponent);
        return new(Math.Pow(m, exponent) * Math.Pow(2, k * exponent - whole), (int)Math.Clamp(whole, -10_000, 10_000));
    }

    /// <summary>The sum of multiples.</summary>
    public static ScaledNumber Sum(IReadOnlyList<(double Factor, ScaledNumber Number)> terms)
    {
        int largest = terms.Where(t => t.Number.Mantissa != 0).Select(t => t.Number.Exponent).DefaultIfEmpty().Max();
        return new(terms.Sum(t => t.Factor * Math.ScaleB(t.Number.Mantissa, t.Number.Exponent - largest)), largest);
    }
}
