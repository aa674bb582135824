using System.Runtime.CompilerServices;

namespace Nabla.Numerics;

internal static partial class LaneMath
{
    private const double SmallestNormal = 2.2250738585072014e-308;
    private const double Ln2High = 0.6931471805598903;
    private const double Ln2Low = 5.497923018708371e-14;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Pow<V>(V x, V y)
        where V : struct, ILanes<V>
    {
        if (!V.AllBetween(x, SmallestNormal, double.MaxValue) || !V.AllBetween(y, -double.MaxValue, double.MaxValue)) return V.Each(x, y, Math.Pow);
        (V high, V low) = LogInTwoParts(x);
        V product = y * high, rest = V.MultiplyAdd(y, low, V.MultiplyAdd(y, high, -product));
        rest = V.WhereLess(V.Abs(product), V.Of(750), rest, V.Of(0));
        return V.ExpOfSum(product, rest);
    }

    /// <summary>The logarithm of a positive normal number as a sum of two doubles, with a relative error below 2^-63.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V High, V Low) LogInTwoParts<V>(V x)
        where V : struct, ILanes<V>
    {
        (V k, V m) = V.Split(x);
        V one = V.Of(1), two = V.Of(2), f = m - one, g = m + one;
        V gLow = m - (g - one), s = f / g;
        V sLow = (V.MultiplyAdd(-s, g, f) - s * gLow) / g;
        V z = s * s, zLow = V.MultiplyAdd(s, s, -z) + two * s * sLow, z2 = z * z, z4 = z2 * z2;
        V p01 = Pair(z, 0.4, 0.2857142857142938), p23 = Pair(z, 0.2222222222164817, 0.181818183370362);
        V p45 = Pair(z, 0.15384594796189383, 0.13334813320258615), p67 = Pair(z, 0.11706014847110303, 0.11725409511117416);
        V tail = z * V.MultiplyAdd(z4, V.MultiplyAdd(z2, p67, p45), V.MultiplyAdd(z2, p23, p01));
        V third = V.Of(0.6666666666666666), a = third + tail, aLow = (third - a) + tail + V.Of(3.700743415417188e-17);
        V u = z * a, uLow = V.MultiplyAdd(z, a, -u) + V.MultiplyAdd(z, aLow, zLow * a);
        V w = s * u, wLow = V.MultiplyAdd(s, u, -w) + V.MultiplyAdd(s, uLow, sLow * u);
        V head = two * s, log = head + w, logLow = (head - log) + w + (wLow + two * sLow);
        V scaled = k * V.Of(Ln2High), sum = scaled + log, back = sum - scaled;
        V lost = (scaled - (sum - back)) + (log - back);
        V low = V.MultiplyAdd(k, V.Of(Ln2Low), lost + logLow), high = sum + low;
        return (high, (sum - high) + low);
    }
}
