namespace Nabla.Expressions.Operators;

/// <summary>Scalar functions that the base library lacks or computes inaccurately.</summary>
internal static class Scalars
{
    /// <summary>log(1 + x) to a few units in the last place.</summary>
    /// <remarks>The error of 1 + x is divided out: Goldberg (1991), theorem 4.</remarks>
    public static double Log1p(double x)
    {
        double u = 1 + x;
        return u == 1 ? x : double.IsPositiveInfinity(u) ? u : Math.Log(u) * (x / (u - 1));
    }

    /// <summary>exp(x) - 1 to a few units in the last place.</summary>
    /// <remarks>The error of exp(x) is divided out: Higham (2002), section 1.14.1.</remarks>
    public static double Expm1(double x)
    {
        double u = Math.Exp(x);
        if (u == 1) return x;
        if (double.IsPositiveInfinity(u) || u - 1 == -1) return u - 1;
        return (u - 1) * (x / Math.Log(u));
    }

    /// <summary>1/(1 + exp(-x)), without overflow.</summary>
    public static double Sigmoid(double x)
    {
        if (x >= 0) return 1 / (1 + Math.Exp(-x));
        double e = Math.Exp(x);
        return e / (1 + e);
    }

    /// <summary>log(1 + exp(x)), without overflow and accurate for negative x.</summary>
    public static double Softplus(double x) => double.IsNaN(x) ? x : Math.Max(x, 0) + Log1p(Math.Exp(-Math.Abs(x)));

    /// <summary>The error function to a few units in the last place.</summary>
    /// <remarks>
    /// Below 3 the series 2/√π exp(-x²) Σ 2ᵏ x²ᵏ⁺¹ / (2k+1)!!, whose terms are all of one sign; above, the complement
    /// by its continued fraction, from the inside. Abramowitz and Stegun (1964), equations 7.1.6 and 7.1.14.
    /// </remarks>
    public static double Erf(double x)
    {
        double z = Math.Abs(x), s = z * z;
        if (double.IsNaN(x)) return x;
        if (z >= 6) return Math.Sign(x);
        if (z < 3)
        {
            double term = x, sum = x;
            for (int k = 1; Math.Abs(term) > 1e-17 * Math.Abs(sum); k++) sum += term *= 2 * s / (2 * k + 1);
            return 2 / Math.Sqrt(Math.PI) * Math.Exp(-s) * sum;
        }
        double fraction = z;
        for (int k = 60; k >= 1; k--) fraction = z + k / 2.0 / fraction;
        return Math.Sign(x) * (1 - Math.Exp(-s) / Math.Sqrt(Math.PI) / fraction);
    }

    /// <summary>The square root of the sum of squares, without overflow or underflow on the way.</summary>
    public static double Norm(ReadOnlySpan<double> x)
    {
        double scale = 0, sum = 0;
        foreach (double e in x) scale = double.IsNaN(e) ? e : Math.Max(scale, Math.Abs(e));
        if (scale == 0 || !double.IsFinite(scale)) return scale;
        foreach (double e in x) sum += e / scale * (e / scale);
        return scale * Math.Sqrt(sum);
    }
}
