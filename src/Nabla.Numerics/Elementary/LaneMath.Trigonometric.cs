using System.Runtime.CompilerServices;

namespace Nabla.Numerics;

internal static partial class LaneMath
{
    /// <summary>The largest size of an argument that is reduced here; what lies beyond is left to the base library.</summary>
    internal const double LargestReduced = 1_000_000;

    /// <summary>1.5 times 2^52: adding it rounds to an integer, the last bit of which then stands last.</summary>
    private const double Integers = 6755399441055744.0;
    private const double InversePi = 0.3183098861837907;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Lanes Sin(Lanes x) => Lanes.AnyBeyond(x, LargestReduced) ? Lanes.Each(x, Math.Sin) : SinOfReduced(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Lanes Cos(Lanes x) => Lanes.AnyBeyond(x, LargestReduced) ? Lanes.Each(x, Math.Cos) : CosOfReduced(x);

    /// <summary>The sine where no argument is beyond <see cref="LargestReduced"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V SinOfReduced<V>(V x)
        where V : struct, ILanes<V>
    {
        V turns = V.MultiplyAdd(x, V.Of(InversePi), V.Of(Integers));
        return SineOfRest(x, turns - V.Of(Integers), turns);
    }

    /// <summary>The cosine where no argument is beyond <see cref="LargestReduced"/>: the sine of x + pi / 2, from which half a pi more is taken off.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V CosOfReduced<V>(V x)
        where V : struct, ILanes<V>
    {
        V half = V.Of(0.5), turns = V.MultiplyAdd(x, V.Of(InversePi), half) + V.Of(Integers);
        return SineOfRest(x, (turns - V.Of(Integers)) - half, turns);
    }

    /// <summary>The sine of x - n pi, with the other sign where the last bit of turns is 1.</summary>
    /// <remarks>
    /// The method of Cody and Waite (1980) with pi in three doubles. The first step is exact, because x and n pi then are multiples of 2^-52 with a difference below 2; the third one only counts where next to nothing is left. All three are subtracted, so that -0 stays -0.
    /// One odd polynomial then serves for the whole of [-pi/2, pi/2]; its last two steps are taken one by one, since near pi/2 each rounding at full size counts.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SineOfRest<V>(V x, V n, V turns)
        where V : struct, ILanes<V>
    {
        V r = V.MultiplyAdd(n, V.Of(-2.165713347843828e-32), V.MultiplyAdd(n, V.Of(-1.224646799147353e-16), V.MultiplyAdd(n, V.Of(-Math.PI), x)));
        V z = r * r, z2 = z * z, size = V.Abs(r);
        V high = V.MultiplyAdd(z2, Pair(z, -7.643099004509092e-13, 2.7222771082510933e-15), Pair(z, -2.5052106960304882e-08, 1.6058943960575683e-10));
        V rest = V.MultiplyAdd(z, V.MultiplyAdd(z2, high, Pair(z, -0.00019841269841215257, 2.755731921212953e-06)), V.Of(0.008333333333333212));
        V sine = V.MultiplyAdd(size * z, V.MultiplyAdd(z, rest, V.Of(-0.16666666666666666)), size);
        return V.WithSignOf(V.Min(V.Of(1), sine), r ^ V.LastBitAsSign(turns));
    }
}
