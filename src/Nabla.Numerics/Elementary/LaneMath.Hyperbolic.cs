using System.Runtime.CompilerServices;

namespace Nabla.Numerics;

internal static partial class LaneMath
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Tanh<V>(V x)
        where V : struct, ILanes<V>
    {
        V size = V.Abs(x), z = x * x, z2 = z * z, z4 = z2 * z2;
        V p01 = Pair(z, -0.3333333333333333, 0.13333333333333058), p23 = Pair(z, -0.05396825396791376, 0.021869488519674272);
        V p45 = Pair(z, -0.00886323511681168, 0.0035921219125100573), p67 = Pair(z, -0.001455776608232611, 0.000589666353353449);
        V p89 = Pair(z, -0.00023760807220542078, 9.260425707392635e-05), pab = Pair(z, -3.123663177449832e-05, 6.5016361857599885e-06);
        V low = V.MultiplyAdd(z2, p23, p01), middle = V.MultiplyAdd(z2, p67, p45), high = V.MultiplyAdd(z2, pab, p89);
        V small = V.MultiplyAdd(x * z, V.MultiplyAdd(z4, V.MultiplyAdd(z4, high, middle), low), x);
        V large = V.Of(1) - V.Of(2) / (Exp(V.Min(V.Of(45), size + size)) + V.Of(1));
        V result = V.WhereLess(size, V.Of(0.625), small, large ^ (x & V.Of(-0.0)));
        return V.WhereLess(V.Of(1e-160), size, result, x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Sigmoid<V>(V x)
        where V : struct, ILanes<V>
    {
        V one = V.Of(1), e = Exp(-V.Abs(x)), sum = one + e, lost = e - (sum - one);
        V numerator = V.WhereLess(x, V.Of(0), e, one), inverse = one / sum, q = numerator * inverse;
        V rest = V.MultiplyAdd(-q, lost, V.MultiplyAdd(-q, sum, numerator));
        return V.MultiplyAdd(rest, inverse, q);
    }
}
