using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.Intrinsics.Vector512;
using V = System.Runtime.Intrinsics.Vector512<double>;

namespace Nabla.Numerics;

internal static partial class TableMath
{
    /// <summary>A multiple of 2^-42, so that its products by exponents are exact.</summary>
    private const double Ln2High = 0.6931471805598903;
    private const double Ln2Low = 5.497923018708371e-14;

    /// <summary>The shift that leaves the sixteenth of [1, 2) in which a number lies in the last four bits.</summary>
    private const int Interval = 48;

    /// <summary>From 1 to 2, also of subnormal numbers; 1 at zeros and at infinity, not a number below 0.</summary>
    private const byte FromOneToTwo = 0b1100;

    /// <summary>log x = e log 2 + log m with m from 1 to 2, for every x: at 0 and infinity e is infinite, below 0 m is not a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Log(V x)
    {
        V m = Avx512F.GetMantissa(x, FromOneToTwo);
        Vector512<long> place = m.AsInt64() >>> Interval;
        return LogOfProduct(Avx512F.GetExponent(x), place, FusedMultiplyAdd(m, Inverse(place), Create(-1.0)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Log1p(V x)
    {
        V sum = Create(1.0) + x, back = sum - Create(1.0), lost = (Create(1.0) - (sum - back)) + (x - back);
        V e = Avx512F.GetExponent(sum), m = Avx512F.GetMantissa(sum, FromOneToTwo);
        Vector512<long> place = m.AsInt64() >>> Interval;
        V inverse = Inverse(place);
        V result = LogOfProduct(e, place, FusedMultiplyAdd(Avx512F.Scale(lost, -e), inverse, FusedMultiplyAdd(m, inverse, Create(-1.0))));
        // Where the sum is 0 or infinity, what it lost is not a number: code 4 is negative infinity, in the place for zeros, and 5 infinity, in that for infinity.
        return WithSignOf(Avx512F.Fixup(result, sum, Vector512.Create(0x00500400L), 0), x);
    }

    /// <summary>For u = e^-|x|: log(1 + e^x) without overflow, which is max(x, 0) + log(1 + u). The sum is rounded only to find its interval, which may be the one before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Softplus(V x, V u)
    {
        Vector512<long> place = FusedMultiplyAdd(u, Create(1 - 1.0 / 1024), Create(1.0)).AsInt64() >>> Interval;
        V inverse = Inverse(place), r = FusedMultiplyAdd(u, inverse, inverse - Create(1.0));
        return MaxNative(V.Zero, x) + Logarithm(place) + FusedMultiplyAdd(r * r, LogQuotient(r), r + LogarithmRest(place));
    }

    /// <summary>e log 2 + log(1 + r) less the logarithm of the inverse in the place; e log 2 and that logarithm are in two parts, so that the first ones are added exactly.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogOfProduct(V e, Vector512<long> place, V r)
    {
        V low = FusedMultiplyAdd(e, Create(Ln2Low), LogarithmRest(place));
        return FusedMultiplyAdd(e, Create(Ln2High), Logarithm(place)) + FusedMultiplyAdd(r * r, LogQuotient(r), r + low);
    }

    /// <summary>(log(1 + r) - r) / r² for r from -1/32 to 1/16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogQuotient(V r)
    {
        V q = FusedMultiplyAdd(r, Create(-0.08751402046204917), Create(0.11072452030180384));
        q = FusedMultiplyAdd(r, FusedMultiplyAdd(r, q, Create(-0.12501913265108144)), Create(0.14285819216490453));
        q = FusedMultiplyAdd(r, FusedMultiplyAdd(r, q, Create(-0.1666666608906317)), Create(0.19999999927337556));
        q = FusedMultiplyAdd(r, FusedMultiplyAdd(r, q, Create(-0.24999999999889852)), Create(0.3333333333334777));
        return FusedMultiplyAdd(r, q, Create(-0.5000000000000002));
    }

    /// <summary>The number a with the sign of b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V WithSignOf(V a, V b) => ConditionalSelect(Create(-0.0), b, a);
}
