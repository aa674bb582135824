using System.Numerics;

namespace Nabla.Numerics.Tests;

/// <summary>Elementary functions in fixed point with 400 fractional bits, as an independent reference.</summary>
internal static class HighPrecision
{
    internal const int Bits = 400;
    private static readonly BigInteger One = BigInteger.One << Bits;
    private static readonly BigInteger Ln2 = 2 * Series(One / 3, k => 2 * k + 1, One / 9);
    private static readonly BigInteger Pi = 4 * (4 * ArcTangent(5) - ArcTangent(239));

    internal static BigInteger Fixed(double x)
    {
        Rational exact = Rational.FromDouble(x);
        return (exact.Numerator << Bits) / exact.Denominator;
    }

    /// <summary>The error of a result in units in the last place of the reference, which is value 2^exponent in fixed point.</summary>
    internal static double Ulps(double result, BigInteger value, int exponent = 0)
    {
        if (value.IsZero) return result == 0 ? 0 : double.PositiveInfinity;
        long top = (long)BigInteger.Abs(value).GetBitLength() - Bits + exponent;
        if (top > 1024 || (top == 1024 && double.IsInfinity(result))) return double.IsInfinity(result) ? 0 : double.PositiveInfinity;
        long unit = Math.Max(top - 53, -1074);
        Rational exact = exponent >= 0 ? new Rational(value << exponent, One) : new Rational(value, One << -exponent);
        Rational error = Rational.Abs(Rational.FromDouble(result) - exact);
        Rational scaled = unit >= 0 ? error / (BigInteger.One << (int)unit) : error * (BigInteger.One << (int)-unit);
        return scaled.ToDouble();
    }

    /// <summary>e^x as mantissa 2^n.</summary>
    internal static (BigInteger Mantissa, int Exponent) Exp(BigInteger x)
    {
        int n = (int)((x + Ln2 / 2) / Ln2);
        BigInteger r = x - n * Ln2, sum = BigInteger.Zero, term = One;
        for (int k = 1; !term.IsZero; k++)
        {
            sum += term;
            term = ((term * r) >> Bits) / k;
            if (term == BigInteger.MinusOne) break;
        }
        return (sum, n);
    }

    /// <summary>The logarithm of a positive double, by two steps of Halley's method from the base library's.</summary>
    internal static BigInteger Log(Rational x)
    {
        double start = x.ToDouble() is > 0 and < double.PositiveInfinity ? Math.Log(x.ToDouble()) : 0;
        BigInteger y = Fixed(start);
        for (int step = 0; step < 3; step++)
        {
            (BigInteger m, int n) = Exp(y);
            Rational e = n >= 0 ? new Rational(m << n, One) : new Rational(m, One << -n), change = 2 * (x - e) / (x + e);
            y += (change.Numerator << Bits) / change.Denominator;
        }
        return y;
    }

    internal static BigInteger Sin(BigInteger x)
    {
        BigInteger r = x - (x / (2 * Pi)) * 2 * Pi, square = (r * r) >> Bits, sum = BigInteger.Zero, term = r;
        for (int k = 1; k < 400; k += 2)
        {
            sum += term;
            term = -((term * square) >> Bits) / ((k + 1) * (k + 2));
        }
        return sum;
    }

    internal static BigInteger Cos(BigInteger x) => Sin(x + Pi / 2);

    internal static BigInteger Erf(BigInteger x)
    {
        BigInteger square = (x * x) >> Bits, sum = BigInteger.Zero, term = x;
        for (int k = 0; k < 500; k++)
        {
            sum += term / (2 * k + 1);
            term = -((term * square) >> Bits) / (k + 1);
        }
        return (2 * sum << Bits) / Root(Pi << Bits);
    }

    private static BigInteger Root(BigInteger x)
    {
        BigInteger root = BigInteger.One << (int)((x.GetBitLength() + 1) / 2);
        for (BigInteger next = (root + x / root) >> 1; next < root; next = (root + x / root) >> 1) root = next;
        return root;
    }

    private static BigInteger ArcTangent(int inverse) => Series(One / inverse, k => (k & 1) == 0 ? 2 * k + 1 : -(2 * k + 1), One / (inverse * inverse));

    private static BigInteger Series(BigInteger first, Func<int, int> divisor, BigInteger ratio)
    {
        BigInteger sum = BigInteger.Zero;
        for (int k = 0; !first.IsZero; k++)
        {
            sum += first / divisor(k);
            first = (first * ratio) >> Bits;
        }
        return sum;
    }
}
