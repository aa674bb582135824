using System.Runtime.CompilerServices;

namespace Nabla.Numerics;

internal static partial class LaneMath
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Log<V>(V x)
        where V : struct, ILanes<V>
    {
        (V k, V m) = V.Split(x);
        return LogLimits(x, LogOfSum(k, m - V.Of(1), V.Of(0)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Log1p<V>(V x)
        where V : struct, ILanes<V>
    {
        V one = V.Of(1), half = V.Of(0.5), u = one + x, back = u - one;
        V lost = (one - (u - back)) + (x - back);
        (V k, V m) = V.Split(u);
        V size = V.Abs(k), f = V.WhereLess(size, half, x, m - one);
        V correction = V.WhereLess(size, half, V.Of(0), lost / u);
        V result = LogLimits(u, LogOfSum(k, f, correction));
        return V.WhereLess(V.Abs(x), V.Of(5e-17), x, result);
    }

    /// <summary>log(1 + exp(x)) without overflow: max(x, 0) + log(1 + u) with u = exp(-|x|), which needs no exponent taken off since u is at most 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Softplus<V>(V x)
        where V : struct, ILanes<V>
    {
        V one = V.Of(1), zero = V.Of(0), limit = V.Of(0.41421356237309503), u = Exp(-V.Abs(x));
        // 1 + u = 2 (1 + (u - 1)/2), where that is the nearer to 1.
        V k = V.WhereLess(limit, u, one, zero), f = V.WhereLess(limit, u, V.Of(0.5) * (u - one), u);
        return V.Max(zero, x) + LogOfSum(k, f, zero);
    }

    /// <summary>k log 2 + log(1 + f) + correction, by the series of the inverse hyperbolic tangent of f / (2 + f).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogOfSum<V>(V k, V f, V correction)
        where V : struct, ILanes<V>
    {
        V s = f / (V.Of(2) + f), z = s * s, z2 = z * z;
        V p01 = Pair(z, 0.666666666666667, 0.3999999999989789), p23 = Pair(z, 0.28571428626651374, 0.22222211031770914);
        V p45 = Pair(z, 0.18182896204982457, 0.15331497877293587);
        V high = V.MultiplyAdd(z2, V.Of(0.1461909540045934), p45);
        V rest = z * V.MultiplyAdd(z2, V.MultiplyAdd(z2, high, p23), p01);
        V half = V.Of(0.5) * f * f, low = V.MultiplyAdd(k, V.Of(Ln2Low), correction);
        V sum = V.MultiplyAdd(s, half + rest, low);
        return V.MultiplyAdd(k, V.Of(Ln2High), f - (half - sum));
    }

    /// <summary>The result for positive finite x, else negative infinity at 0, infinity at infinity, and not a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogLimits<V>(V x, V result)
        where V : struct, ILanes<V>
    {
        V zero = V.Of(0), infinity = V.Of(double.PositiveInfinity);
        V below = V.WhereLess(x, zero, V.Of(double.NaN), x), atMost = V.WhereLess(zero, x, result, V.WhereLess(V.Abs(x), V.Of(double.Epsilon), -infinity, below));
        return V.WhereLess(x, infinity, atMost, x);
    }
}
