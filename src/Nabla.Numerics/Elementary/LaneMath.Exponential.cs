using System.Runtime.CompilerServices;

namespace Nabla.Numerics;

/// <summary>The elementary functions over lanes of any width, with errors below 2 units in the last place over the whole range.</summary>
/// <remarks>
/// Arguments are reduced with fused multiply-adds; the polynomials are minimax approximations computed for this library with the exchange algorithm of Remez (1934). For the method see Muller (2016), Elementary Functions.
/// Zeros keep their sign, infinities have their limits, and what is not a number stays so.
/// </remarks>
internal static partial class LaneMath
{
    private const double Log2E = 1.4426950408889634;
    private const double Ln2High = 0.6931471805598903;
    private const double Ln2Low = 5.497923018708371e-14;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Exp<V>(V x)
        where V : struct, ILanes<V>
    {
        (V n, V r) = ReduceByLn2(V.Min(V.Of(710), V.Max(V.Of(-746), x)));
        return V.Scale(V.MultiplyAdd(r * r, ExpRest(r), r) + V.Of(1), n);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Expm1<V>(V x)
        where V : struct, ILanes<V>
    {
        (V n, V r) = ReduceByLn2(V.Min(V.Of(710), V.Max(V.Of(-50), x)));
        V grown = V.MultiplyAdd(r * r, ExpRest(r), r), scale = V.Scale(V.Of(0.5), n);
        V half = V.MultiplyAdd(scale, grown, scale - V.Of(0.5));
        return V.WhereLess(V.Abs(x), V.Of(5e-17), x, half + half);
    }

    /// <summary>e^(x + low), where low is small beside x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ExpOfSum<V>(V x, V low)
        where V : struct, ILanes<V>
    {
        (V n, V r) = ReduceByLn2(V.Min(V.Of(710), V.Max(V.Of(-746), x)));
        r += low;
        return V.Scale(V.MultiplyAdd(r * r, ExpRest(r), r) + V.Of(1), n);
    }

    /// <summary>The nearest integer n to x / log 2 and the remainder x - n log 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V N, V R) ReduceByLn2<V>(V x)
        where V : struct, ILanes<V>
    {
        V n = V.Round(x * V.Of(Log2E));
        return (n, V.MultiplyAdd(n, V.Of(-Ln2Low), V.MultiplyAdd(n, V.Of(-Ln2High), x)));
    }

    /// <summary>(e^r - 1 - r) / r² for |r| up to log 2 / 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ExpRest<V>(V r)
        where V : struct, ILanes<V>
    {
        V r2 = r * r, r4 = r2 * r2;
        V p01 = Pair(r, 0.5, 0.1666666666666667), p23 = Pair(r, 0.041666666666666685, 0.008333333333326134);
        V p45 = Pair(r, 0.00138888888888744, 0.00019841269874822077), p67 = Pair(r, 2.480158734733894e-05, 2.755725539859815e-06);
        V p89 = Pair(r, 2.755725291227619e-07, 2.5105217600667974e-08);
        V low = V.MultiplyAdd(r2, p23, p01), middle = V.MultiplyAdd(r2, p67, p45);
        V high = V.MultiplyAdd(r2, V.Of(2.092158967413066e-09), p89);
        return V.MultiplyAdd(r4, V.MultiplyAdd(r4, high, middle), low);
    }

    /// <summary>a + b x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Pair<V>(V x, double a, double b)
        where V : struct, ILanes<V> => V.MultiplyAdd(x, V.Of(b), V.Of(a));
}
