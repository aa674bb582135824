using System.Runtime.CompilerServices;

namespace Nabla.Numerics;

internal static partial class PolynomialMath
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Lanes Log(Lanes x)
    {
        (Lanes k, Lanes m) = Lanes.Split(x);
        return LogLimits(x, LogOfSum(k, m - Lanes.Of(1), Lanes.Of(0)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Lanes Log1p(Lanes x)
    {
        Lanes one = Lanes.Of(1), half = Lanes.Of(0.5), u = one + x, back = u - one;
        Lanes lost = (one - (u - back)) + (x - back);
        (Lanes k, Lanes m) = Lanes.Split(u);
        Lanes size = Lanes.Abs(k), f = Lanes.WhereLess(size, half, x, m - one);
        Lanes correction = Lanes.WhereLess(size, half, Lanes.Of(0), lost / u);
        Lanes result = LogLimits(u, LogOfSum(k, f, correction));
        return Lanes.WhereLess(Lanes.Abs(x), Lanes.Of(5e-17), x, result);
    }

    /// <summary>log(1 + exp(x)) without overflow: max(x, 0) + log(1 + u) with u = exp(-|x|), which needs no exponent taken off since u is at most 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Lanes Softplus(Lanes x)
    {
        Lanes one = Lanes.Of(1), zero = Lanes.Of(0), limit = Lanes.Of(0.41421356237309503), u = Exp(-Lanes.Abs(x));
        // 1 + u = 2 (1 + (u - 1)/2), where that is the nearer to 1.
        Lanes k = Lanes.WhereLess(limit, u, one, zero), f = Lanes.WhereLess(limit, u, Lanes.Of(0.5) * (u - one), u);
        return Lanes.Max(zero, x) + LogOfSum(k, f, zero);
    }

    /// <summary>k log 2 + log(1 + f) + correction, by the series of the inverse hyperbolic tangent of f / (2 + f).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes LogOfSum(Lanes k, Lanes f, Lanes correction)
    {
        Lanes s = f / (Lanes.Of(2) + f), z = s * s, z2 = z * z;
        Lanes p01 = LaneMath.Pair(z, 0.666666666666667, 0.3999999999989789), p23 = LaneMath.Pair(z, 0.28571428626651374, 0.22222211031770914);
        Lanes p45 = LaneMath.Pair(z, 0.18182896204982457, 0.15331497877293587);
        Lanes high = Lanes.MultiplyAdd(z2, Lanes.Of(0.1461909540045934), p45);
        Lanes rest = z * Lanes.MultiplyAdd(z2, Lanes.MultiplyAdd(z2, high, p23), p01);
        Lanes half = Lanes.Of(0.5) * f * f, low = Lanes.MultiplyAdd(k, Lanes.Of(Ln2Low), correction);
        Lanes sum = Lanes.MultiplyAdd(s, half + rest, low);
        return Lanes.MultiplyAdd(k, Lanes.Of(Ln2High), f - (half - sum));
    }

    /// <summary>The result for positive finite x, else negative infinity at 0, infinity at infinity, and not a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes LogLimits(Lanes x, Lanes result)
    {
        Lanes zero = Lanes.Of(0), infinity = Lanes.Of(double.PositiveInfinity);
        Lanes below = Lanes.WhereLess(x, zero, Lanes.Of(double.NaN), x), atMost = Lanes.WhereLess(zero, x, result, Lanes.WhereLess(Lanes.Abs(x), Lanes.Of(double.Epsilon), -infinity, below));
        return Lanes.WhereLess(x, infinity, atMost, x);
    }
}
