using System.Numerics;

namespace Nabla.Numerics;

/// <summary>The error function by Taylor polynomials about the multiples of 1/8, whose coefficients are computed once in exact integers.</summary>
/// <remarks>
/// The Taylor coefficients at c follow from those of erf'(c + h) = erf'(c) e^(-2ch) e^(-h²), whose terms g satisfy (k + 1) g[k+1] = -2 (c g[k] + g[k-1]).
/// The value at c is kept in two doubles, so that the last addition is the only rounding that counts.
/// </remarks>
internal static class ErrorFunction
{
    private const int Centres = 49;
    private const int Degree = 14;
    private const int Bits = 256;
    private static readonly double[] Table = Coefficients();

    internal static double Of(double x)
    {
        double size = Math.Abs(x);
        if (!(size < 6)) return double.IsNaN(x) ? x : Math.CopySign(1, x);
        int centre = (int)(size * 8 + 0.5);
        double h = size - centre * 0.125;
        ReadOnlySpan<double> c = Table.AsSpan(centre * (Degree + 2), Degree + 2);
        double sum = c[Degree + 1];
        if (centre == 0)
        {
            double z = x * x;
            for (int k = Degree - 1; k >= 1; k -= 2) sum = Math.FusedMultiplyAdd(k == Degree - 1 ? 0 : sum, z, c[k + 1]);
            return Math.FusedMultiplyAdd(x, sum, x * c[0]);
        }
        for (int k = Degree; k >= 2; k--) sum = Math.FusedMultiplyAdd(sum, h, c[k]);
        return Math.CopySign(c[1] + Math.FusedMultiplyAdd(sum, h, c[0]), x);
    }

    /// <summary>For each centre: the low part of the value, the value, and the coefficients of h, h², ... For the centre 0 the low part is that of the coefficient of h.</summary>
    private static double[] Coefficients()
    {
        double[] table = new double[Centres * (Degree + 2)];
        BigInteger one = BigInteger.One << Bits, scale = (one << (Bits + 1)) / SquareRoot(Pi() << Bits);
        for (int centre = 0; centre < Centres; centre++)
        {
            // The derivative's own value e^(-c²) 2/sqrt(pi), and the value by integrating from the Maclaurin series.
            BigInteger c = (one * centre) >> 3, square = (c * c) >> Bits;
            BigInteger value = BigInteger.Zero, term = c;
            for (int k = 0; !term.IsZero; k++)
            {
                value += (k & 1) == 0 ? term / (2 * k + 1) : -(term / (2 * k + 1));
                term = ((term * square) >> Bits) / (k + 1);
            }
            value = (value * scale) >> Bits;
            BigInteger exponential = BigInteger.Zero, power = one;
            for (int k = 0; !power.IsZero; k++)
            {
                exponential += power;
                power = ((power * square) >> Bits) / (k + 1);
            }
            BigInteger before = BigInteger.Zero, g = (one << Bits) / exponential * scale >> Bits;
            int row = centre * (Degree + 2);
            BigInteger whole = centre == 0 ? g : value;
            table[row + 1] = centre == 0 ? 0 : ToDouble(value);
            table[row] = ToDouble(whole - ToFixed(ToDouble(whole)));
            for (int k = 1; k <= Degree; k++)
            {
                table[row + 1 + k] = ToDouble(g / k);
                (before, g) = (g, -2 * (((c * g) >> Bits) + before) / k);
            }
        }
        return table;

        double ToDouble(BigInteger x) => new Rational(x, one).ToDouble();

        BigInteger ToFixed(double x) => (Rational.FromDouble(x) * one).Numerator;
    }

    /// <summary>Pi by the formula of Machin (1706).</summary>
    private static BigInteger Pi()
    {
        return 4 * (4 * ArcTangentOfInverse(5) - ArcTangentOfInverse(239));

        static BigInteger ArcTangentOfInverse(int n)
        {
            BigInteger sum = BigInteger.Zero, power = (BigInteger.One << Bits) / n;
            for (int k = 1; !power.IsZero; k += 2)
            {
                sum += (k & 2) == 0 ? power / k : -(power / k);
                power /= n * n;
            }
            return sum;
        }
    }

    private static BigInteger SquareRoot(BigInteger x)
    {
        BigInteger root = BigInteger.One << (int)((x.GetBitLength() + 1) / 2);
        while (true)
        {
            BigInteger next = (root + x / root) >> 1;
            if (next >= root) return root;
            root = next;
        }
    }
}
