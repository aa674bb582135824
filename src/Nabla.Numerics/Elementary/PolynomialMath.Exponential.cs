using System.Runtime.CompilerServices;

namespace Nabla.Numerics;

/// <summary>The functions that rest on e^x and log x with one polynomial for the whole range of the reduced argument, which needs no more than arithmetic.</summary>
/// <remarks>The polynomials are minimax approximations computed for this library with the exchange algorithm of Remez (1934). For the method see Muller (2016), Elementary Functions.</remarks>
internal static partial class PolynomialMath
{
    private const double Log2E = 1.4426950408889634;
    private const double Ln2High = 0.6931471805598903;
    private const double Ln2Low = 5.497923018708371e-14;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Lanes Exp(Lanes x)
    {
        (Lanes n, Lanes r) = ReduceByLn2(Lanes.Min(Lanes.Of(710), Lanes.Max(Lanes.Of(-746), x)));
        return Lanes.Scale(Lanes.MultiplyAdd(r * r, ExpRest(r), r) + Lanes.Of(1), n);
    }

    /// <summary>e^(x + low), where low is small beside x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Lanes ExpOfSum(Lanes x, Lanes low)
    {
        (Lanes n, Lanes r) = ReduceByLn2(Lanes.Min(Lanes.Of(710), Lanes.Max(Lanes.Of(-746), x)));
        r += low;
        return Lanes.Scale(Lanes.MultiplyAdd(r * r, ExpRest(r), r) + Lanes.Of(1), n);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Lanes Expm1(Lanes x)
    {
        (Lanes n, Lanes r) = ReduceByLn2(Lanes.Min(Lanes.Of(710), Lanes.Max(Lanes.Of(-50), x)));
        Lanes grown = Lanes.MultiplyAdd(r * r, ExpRest(r), r), scale = Lanes.Scale(Lanes.Of(0.5), n);
        Lanes half = Lanes.MultiplyAdd(scale, grown, scale - Lanes.Of(0.5));
        return Lanes.WhereLess(Lanes.Abs(x), Lanes.Of(5e-17), x, half + half);
    }

    /// <summary>The nearest integer n to x / log 2 and the remainder x - n log 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Lanes N, Lanes R) ReduceByLn2(Lanes x)
    {
        Lanes n = Lanes.Round(x * Lanes.Of(Log2E));
        return (n, Lanes.MultiplyAdd(n, Lanes.Of(-Ln2Low), Lanes.MultiplyAdd(n, Lanes.Of(-Ln2High), x)));
    }

    /// <summary>(e^r - 1 - r) / r² for |r| up to log 2 / 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes ExpRest(Lanes r)
    {
        Lanes r2 = r * r, r4 = r2 * r2;
        Lanes p01 = LaneMath.Pair(r, 0.5, 0.1666666666666667), p23 = LaneMath.Pair(r, 0.041666666666666685, 0.008333333333326134);
        Lanes p45 = LaneMath.Pair(r, 0.00138888888888744, 0.00019841269874822077), p67 = LaneMath.Pair(r, 2.480158734733894e-05, 2.755725539859815e-06);
        Lanes p89 = LaneMath.Pair(r, 2.755725291227619e-07, 2.5105217600667974e-08);
        Lanes low = Lanes.MultiplyAdd(r2, p23, p01), middle = Lanes.MultiplyAdd(r2, p67, p45);
        Lanes high = Lanes.MultiplyAdd(r2, Lanes.Of(2.092158967413066e-09), p89);
        return Lanes.MultiplyAdd(r4, Lanes.MultiplyAdd(r4, high, middle), low);
    }
}
