using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla.Numerics;

public static partial class VectorMath
{
    /// <summary>x^y. Bases that are not positive normal numbers, and exponents that are not finite, are left to the base library.</summary>
    /// <param name="x">The bases.</param>
    /// <param name="y">The exponents.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Pow(Vector<double> x, Vector<double> y)
    {
        Vector<double> infinity = new(double.PositiveInfinity);
        bool ordinary = Vector.GreaterThanOrEqualAll(x, new Vector<double>(SmallestNormal)) && Vector.LessThanAll(x, infinity) && Vector.LessThanAll(Vector.Abs(y), infinity);
        if (!ordinary) return EachPow(x, y);
        (Vector<double> high, Vector<double> low) = LogInTwoParts(x);
        Vector<double> product = y * high, rest = Vector.FusedMultiplyAdd(y, low, Vector.FusedMultiplyAdd(y, high, -product));
        rest = Vector.ConditionalSelect(Vector.LessThan(Vector.Abs(product), new Vector<double>(750)), rest, Vector<double>.Zero);
        return ExpOfSum(product, rest);
    }

    /// <summary>The logarithm of a positive normal number as a sum of two doubles, with a relative error below 2^-63.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector<double> High, Vector<double> Low) LogInTwoParts(Vector<double> x)
    {
        (Vector<double> k, Vector<double> m) = SplitByTwo(x);
        Vector<double> one = Vector<double>.One, two = new(2), f = m - one, g = m + one;
        Vector<double> gLow = m - (g - one), s = f / g;
        Vector<double> sLow = (Vector.FusedMultiplyAdd(-s, g, f) - s * gLow) / g;
        Vector<double> z = s * s, zLow = Vector.FusedMultiplyAdd(s, s, -z) + two * s * sLow, z2 = z * z, z4 = z2 * z2;
        Vector<double> p01 = Pair(z, 0.4, 0.2857142857142938), p23 = Pair(z, 0.2222222222164817, 0.181818183370362);
        Vector<double> p45 = Pair(z, 0.15384594796189383, 0.13334813320258615), p67 = Pair(z, 0.11706014847110303, 0.11725409511117416);
        Vector<double> tail = z * Vector.FusedMultiplyAdd(z4, Vector.FusedMultiplyAdd(z2, p67, p45), Vector.FusedMultiplyAdd(z2, p23, p01));
        Vector<double> third = new(0.6666666666666666), a = third + tail, aLow = (third - a) + tail + new Vector<double>(3.700743415417188e-17);
        Vector<double> u = z * a, uLow = Vector.FusedMultiplyAdd(z, a, -u) + Vector.FusedMultiplyAdd(z, aLow, zLow * a);
        Vector<double> w = s * u, wLow = Vector.FusedMultiplyAdd(s, u, -w) + Vector.FusedMultiplyAdd(s, uLow, sLow * u);
        Vector<double> head = two * s, log = head + w, logLow = (head - log) + w + (wLow + two * sLow);
        Vector<double> scaled = k * new Vector<double>(Ln2High), sum = scaled + log, back = sum - scaled;
        Vector<double> lost = (scaled - (sum - back)) + (log - back);
        Vector<double> low = Vector.FusedMultiplyAdd(k, new Vector<double>(Ln2Low), lost + logLow), high = sum + low;
        return (high, (sum - high) + low);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector<double> EachPow(Vector<double> x, Vector<double> y)
    {
        for (int k = 0; k < Vector<double>.Count; k++) x = x.WithElement(k, Math.Pow(x[k], y[k]));
        return x;
    }
}
