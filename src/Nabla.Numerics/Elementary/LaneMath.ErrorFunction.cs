using System.Runtime.CompilerServices;

namespace Nabla.Numerics;

internal static partial class LaneMath
{
    /// <summary>Near 0 an odd polynomial with its first coefficient in two parts; from 1 on 1 - e^(-x²) q(x), with a polynomial for q(x) = e^(x²) erfc(x) on [1, 6].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Erf<V>(V x)
        where V : struct, ILanes<V>
    {
        V one = V.Of(1), size = V.Min(V.Of(6), V.Abs(x)), z = size * size;
        V small = NearZero(x, z), large = one - V.Exp(-z) * ScaledComplement(V.MultiplyAdd(size, V.Of(0.4), V.Of(-1.4)));
        V result = V.WhereLess(size, one, small, V.WithSignOf(large, x));
        return V.WhereLess(V.Of(0), size, result, x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V NearZero<V>(V x, V z)
        where V : struct, ILanes<V>
    {
        V z2 = z * z, z4 = z2 * z2, first = V.Of(1.1283791670955126), head = x * first, rest = V.MultiplyAdd(x, first, -head);
        V p01 = Pair(z, -0.376126389031836, 0.11283791670946283), p23 = Pair(z, -0.02686617064336638, 0.005223977607828179);
        V p45 = Pair(z, -0.0008548325999156973, 0.00012055295406257073), p67 = Pair(z, -1.4924743682827532e-05, 1.6447482365383707e-06);
        V p89 = Pair(z, -1.6208775313542883e-07, 1.3720824599150955e-08);
        V low = V.MultiplyAdd(z2, p23, p01), middle = V.MultiplyAdd(z2, p67, p45), high = V.MultiplyAdd(z2, V.Of(-7.796584063102422e-10), p89);
        V sum = V.MultiplyAdd(z, V.MultiplyAdd(z4, V.MultiplyAdd(z4, high, middle), low), V.Of(1.533545961316588e-17));
        return head + V.MultiplyAdd(x, sum, rest);
    }

    /// <summary>e^(x²) erfc(x) for u = (2 x - 7) / 5.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ScaledComplement<V>(V u)
        where V : struct, ILanes<V>
    {
        V u2 = u * u, u4 = u2 * u2, u8 = u4 * u4;
        V p0 = V.MultiplyAdd(u2, Pair(u, 0.06663207961189559, -0.041766773342468005), Pair(u, 0.15529365560366487, -0.10330894489117348));
        V p1 = V.MultiplyAdd(u2, Pair(u, 0.008833166087301843, -0.005056422467682807), Pair(u, 0.025495889601504007, -0.015180957588169376));
        V p2 = V.MultiplyAdd(u2, Pair(u, 0.0012113189333011211, 0.0011188371652961523), Pair(u, 0.0026969165414397994, -0.0016380716395358436));
        V p3 = V.MultiplyAdd(u2, Pair(u, -0.004148314111811739, -0.00795389884262645), Pair(u, 0.002442727046824042, 0.00019581917386449988));
        V p4 = V.MultiplyAdd(u2, Pair(u, -0.0014871638321998992, -0.00022757224443608495), Pair(u, -0.007675899082075163, -0.004471215079031013));
        return V.MultiplyAdd(u8, V.MultiplyAdd(u8, p4, V.MultiplyAdd(u4, p3, p2)), V.MultiplyAdd(u4, p1, p0));
    }
}
