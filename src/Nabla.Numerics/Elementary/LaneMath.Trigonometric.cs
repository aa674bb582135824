using System.Runtime.CompilerServices;

namespace Nabla.Numerics;

internal static partial class LaneMath
{
    private const double LargestReduced = 1_000_000;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Sin<V>(V x)
        where V : struct, ILanes<V>
    {
        if (!V.AllBetween(x, -LargestReduced, LargestReduced)) return V.Each(x, Math.Sin);
        (V quadrant, V r, V low) = ReduceByHalfPi(x);
        V result = Quadrant(quadrant, r, low);
        return V.WhereLess(V.Abs(x), V.Of(7e-9), x, result);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Cos<V>(V x)
        where V : struct, ILanes<V>
    {
        if (!V.AllBetween(x, -LargestReduced, LargestReduced)) return V.Each(x, Math.Cos);
        (V quadrant, V r, V low) = ReduceByHalfPi(x);
        return Quadrant(quadrant + V.Of(1), r, low);
    }

    /// <summary>The quadrant and the remainder after it, in two parts: Cody and Waite (1980) with three parts of pi / 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V Quadrant, V R, V Low) ReduceByHalfPi<V>(V x)
        where V : struct, ILanes<V>
    {
        V n = V.Round(x * V.Of(0.6366197723675814));
        V first = V.MultiplyAdd(n, V.Of(-1.5707963267341256), x), second = n * V.Of(6.077100506303966e-11);
        V difference = first - second, back = difference - first;
        V lost = (first - (difference - back)) - (second + back);
        lost = V.MultiplyAdd(n, V.Of(-2.0222662487959506e-21), lost);
        V r = difference + lost;
        return (n, r, (difference - r) + lost);
    }

    /// <summary>The sine of (quadrant pi / 2 + r + low).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Quadrant<V>(V quadrant, V r, V low)
        where V : struct, ILanes<V>
    {
        V one = V.Of(1), z = r * r, z2 = z * z, half = V.Of(0.5) * z;
        V s = V.MultiplyAdd(z2, V.MultiplyAdd(z2, Pair(z, -2.5051130101805494e-08, 1.5918002281873061e-10), Pair(z, -0.0001984126983674298, 2.755731609430797e-06)), Pair(z, -0.16666666666666666, 0.00833333333333094));
        V c = V.MultiplyAdd(z2, V.MultiplyAdd(z2, Pair(z, 2.0876145163581403e-09, -1.138255204095506e-11), Pair(z, 2.4801587298755762e-05, -2.7557317266494944e-07)), Pair(z, 0.041666666666666664, -0.001388888888888739));
        V sine = r + V.MultiplyAdd(r * z, s, low * (one - half));
        V head = one - half;
        V cosine = head + (((one - head) - half) + V.MultiplyAdd(z2, c, -(r * low)));
        // The quadrants 2 and 3 have the other sign: those for which the integer part of quadrant / 2 is odd.
        V turn = V.Round(V.MultiplyAdd(quadrant, V.Of(0.5), V.Of(-0.25)));
        return V.WhereOdd(quadrant, cosine, sine) ^ V.WhereOdd(turn, V.Of(-0.0), V.Of(0));
    }
}
