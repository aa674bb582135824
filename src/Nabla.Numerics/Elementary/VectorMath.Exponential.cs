using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla.Numerics;

/// <summary>Elementary functions of vectors of doubles, with errors below 2 units in the last place over the whole range, for use inside other kernels: all are inlined.</summary>
/// <remarks>
/// Arguments are reduced with fused multiply-adds; the polynomials are minimax approximations computed for this library with the exchange algorithm of Remez (1934). For the method see Muller (2016), Elementary Functions.
/// Zeros keep their sign, infinities have their limits, and what is not a number stays so.
/// </remarks>
public static partial class VectorMath
{
    /// <summary>1.5 times 2^52: adding it rounds to an integer, which then stands in the low bits.</summary>
    private const double Magic = 6755399441055744.0;
    private const double Log2E = 1.4426950408889634;
    private const double Ln2High = 0.6931471805598903;
    private const double Ln2Low = 5.497923018708371e-14;

    /// <summary>e^x.</summary>
    /// <param name="x">The arguments.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Exp(Vector<double> x) => ExpOfSum(x, Vector<double>.Zero);

    /// <summary>e^x - 1, right also near 0.</summary>
    /// <param name="x">The arguments.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Expm1(Vector<double> x)
    {
        Vector<double> c = Vector.MinNative(new Vector<double>(710), Vector.MaxNative(new Vector<double>(-50), x));
        (Vector<double> n, Vector<double> r) = ReduceByLn2(c);
        Vector<double> grown = Vector.FusedMultiplyAdd(r * r, ExpRest(r), r);
        Vector<double> scale = PowerOfTwo(n - Vector<double>.One);
        Vector<double> half = Vector.FusedMultiplyAdd(scale, grown, scale - new Vector<double>(0.5));
        return Vector.ConditionalSelect(Vector.LessThan(Vector.Abs(x), new Vector<double>(5e-17)), x, half + half);
    }

    /// <summary>e^(x + low), where low is small beside x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> ExpOfSum(Vector<double> x, Vector<double> low)
    {
        Vector<double> c = Vector.MinNative(new Vector<double>(710), Vector.MaxNative(new Vector<double>(-746), x));
        (Vector<double> n, Vector<double> r) = ReduceByLn2(c);
        r += low;
        Vector<double> y = Vector.FusedMultiplyAdd(r * r, ExpRest(r), r) + Vector<double>.One;
        Vector<double> first = Vector.FusedMultiplyAdd(n, new Vector<double>(0.5), new Vector<double>(Magic)) - new Vector<double>(Magic);
        return y * PowerOfTwo(first) * PowerOfTwo(n - first);
    }

    /// <summary>The nearest integer n to x / log 2 and the remainder x - n log 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector<double> N, Vector<double> R) ReduceByLn2(Vector<double> x)
    {
        Vector<double> n = Vector.FusedMultiplyAdd(x, new Vector<double>(Log2E), new Vector<double>(Magic)) - new Vector<double>(Magic);
        Vector<double> r = Vector.FusedMultiplyAdd(n, new Vector<double>(-Ln2High), x);
        return (n, Vector.FusedMultiplyAdd(n, new Vector<double>(-Ln2Low), r));
    }

    /// <summary>(e^r - 1 - r) / r² for |r| up to log 2 / 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> ExpRest(Vector<double> r)
    {
        Vector<double> r2 = r * r, r4 = r2 * r2;
        Vector<double> p01 = Pair(r, 0.5, 0.1666666666666667), p23 = Pair(r, 0.041666666666666685, 0.008333333333326134);
        Vector<double> p45 = Pair(r, 0.00138888888888744, 0.00019841269874822077), p67 = Pair(r, 2.480158734733894e-05, 2.755725539859815e-06);
        Vector<double> p89 = Pair(r, 2.755725291227619e-07, 2.5105217600667974e-08);
        Vector<double> low = Vector.FusedMultiplyAdd(r2, p23, p01), middle = Vector.FusedMultiplyAdd(r2, p67, p45);
        Vector<double> high = Vector.FusedMultiplyAdd(r2, new Vector<double>(2.092158967413066e-09), p89);
        return Vector.FusedMultiplyAdd(r4, Vector.FusedMultiplyAdd(r4, high, middle), low);
    }

    /// <summary>2^n for integers n from -1022 to 1023.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> PowerOfTwo(Vector<double> n) =>
        Vector.AsVectorDouble(Vector.ShiftLeft(Vector.AsVectorInt64(n + new Vector<double>(Magic)) + new Vector<long>(1023), 52));

    /// <summary>a + b x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> Pair(Vector<double> x, double a, double b) => Vector.FusedMultiplyAdd(x, new Vector<double>(b), new Vector<double>(a));
}
