using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla.Numerics;

public static partial class VectorMath
{
    private const double SmallestNormal = 2.2250738585072014e-308;

    /// <summary>The natural logarithm: negative infinity at 0, not a number below.</summary>
    /// <param name="x">The arguments.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Log(Vector<double> x)
    {
        Vector<long> tiny = Vector.LessThan(x, new Vector<double>(SmallestNormal));
        Vector<double> normal = Vector.ConditionalSelect(tiny, x * new Vector<double>(18014398509481984.0), x);
        (Vector<double> k, Vector<double> m) = SplitByTwo(normal);
        k = Vector.ConditionalSelect(tiny, k - new Vector<double>(54), k);
        Vector<double> result = LogOfSum(k, m - Vector<double>.One, Vector<double>.Zero);
        return LogLimits(x, result);
    }

    /// <summary>log(1 + x), right also near 0: negative infinity at -1, not a number below.</summary>
    /// <param name="x">The arguments.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Log1p(Vector<double> x)
    {
        Vector<double> one = Vector<double>.One, u = one + x, back = u - one;
        Vector<double> lost = (one - (u - back)) + (x - back);
        (Vector<double> k, Vector<double> m) = SplitByTwo(u);
        Vector<long> unscaled = Vector.Equals(k, Vector<double>.Zero);
        Vector<double> f = Vector.ConditionalSelect(unscaled, x, m - one);
        Vector<double> correction = Vector.ConditionalSelect(unscaled, Vector<double>.Zero, lost / u);
        Vector<double> result = LogLimits(u, LogOfSum(k, f, correction));
        return Vector.ConditionalSelect(Vector.LessThan(Vector.Abs(x), new Vector<double>(5e-17)), x, result);
    }

    /// <summary>The exponent k and m from the root of 1/2 to that of 2 with x = 2^k m, for normal x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector<double> K, Vector<double> M) SplitByTwo(Vector<double> x)
    {
        Vector<long> bits = Vector.AsVectorInt64(x);
        Vector<long> biased = Vector.ShiftRightLogical(bits + new Vector<long>(0x3FF0000000000000 - 0x3FE6A09E667F3BCD), 52);
        Vector<double> m = Vector.AsVectorDouble(bits - Vector.ShiftLeft(biased - new Vector<long>(1023), 52));
        Vector<double> k = Vector.AsVectorDouble(biased | new Vector<long>(0x4330000000000000)) - new Vector<double>(4503599627370496.0 + 1023);
        return (k, m);
    }

    /// <summary>k log 2 + log(1 + f) + correction, by the series of the inverse hyperbolic tangent of f / (2 + f).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> LogOfSum(Vector<double> k, Vector<double> f, Vector<double> correction)
    {
        Vector<double> s = f / (new Vector<double>(2) + f), z = s * s, z2 = z * z;
        Vector<double> p01 = Pair(z, 0.666666666666667, 0.3999999999989789), p23 = Pair(z, 0.28571428626651374, 0.22222211031770914);
        Vector<double> p45 = Pair(z, 0.18182896204982457, 0.15331497877293587);
        Vector<double> high = Vector.FusedMultiplyAdd(z2, new Vector<double>(0.1461909540045934), p45);
        Vector<double> rest = z * Vector.FusedMultiplyAdd(z2, Vector.FusedMultiplyAdd(z2, high, p23), p01);
        Vector<double> half = new Vector<double>(0.5) * f * f;
        Vector<double> low = Vector.FusedMultiplyAdd(k, new Vector<double>(Ln2Low), correction);
        Vector<double> sum = Vector.FusedMultiplyAdd(s, half + rest, low);
        return Vector.FusedMultiplyAdd(k, new Vector<double>(Ln2High), f - (half - sum));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> LogLimits(Vector<double> x, Vector<double> result)
    {
        Vector<double> infinity = new(double.PositiveInfinity), zero = Vector<double>.Zero;
        Vector<long> ordinary = Vector.GreaterThan(x, zero) & Vector.LessThan(x, infinity);
        Vector<double> limit = Vector.ConditionalSelect(Vector.Equals(x, zero), -infinity, Vector.ConditionalSelect(Vector.LessThan(x, zero), new Vector<double>(double.NaN), x));
        return Vector.ConditionalSelect(ordinary, result, limit);
    }
}
