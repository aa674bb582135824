using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.Intrinsics.Vector512;
using V = System.Runtime.Intrinsics.Vector512<double>;

namespace Nabla.Numerics;

/// <summary>The functions that rest on e^x and log x with tables of 16 numbers, which lie in two registers of 512 bits each and are looked up by one instruction: the polynomials are half as long, and the logarithm needs no division.</summary>
/// <remarks>
/// The method is that of Tang (1989 and 1990), Table-driven implementation of the exponential and the logarithm function in IEEE floating-point arithmetic, ACM TOMS 15 and 16.
/// The tables and the minimax polynomials (the exchange algorithm of Remez, 1934) were computed for this library with 60 digits.
/// </remarks>
internal static partial class TableMath
{
    private const double Log2E = 1.4426950408889634;
    private const double Ln2 = 0.6931471805599453;
    private const double Ln2Rest = 2.3190468138462996e-17;

    /// <summary>1.5 times 2^48: adding it rounds to a multiple of 1/16, the last four bits of which then stand last.</summary>
    private const double Sixteenths = 422212465065984.0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Exp(V x)
    {
        x = MinNative(Create(710.0), MaxNative(Create(-746.0), x));
        V place = Place(x), n = place - Create(Sixteenths), power = Power(place.AsInt64());
        return Avx512F.Scale(FusedMultiplyAdd(power, Growth(Rest(x, n)), power), n);
    }

    /// <summary>e^(x + low), where low is small beside x, with little more than half a unit of error.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V ExpOfSum(V x, V low)
    {
        x = MinNative(Create(710.0), MaxNative(Create(-746.0), x));
        V place = Place(x), n = place - Create(Sixteenths);
        return ScaledPower(n, Rest(x, n) + low, place);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Expm1(V x)
    {
        V y = MinNative(Create(710.0), MaxNative(Create(-50.0), x)), place = Place(y), n = place - Create(Sixteenths), power = Power(place.AsInt64());
        V first = FusedMultiplyAdd(n, Create(-Ln2), y), second = n * Create(-Ln2Rest), less = n - Create(1.0), scaled = Avx512F.Scale(power, less);
        V half = FusedMultiplyAdd(scaled, first, scaled - Create(0.5)) + Avx512F.Scale(GrowthBeyond(first + second, second, place, power), less);
        return ConditionalSelect(LessThan(Abs(x), Create(5e-17)), x, half + half);
    }

    /// <summary>(e^t - 1) / (e^t + 1) for t = 2 |x|, numerator and denominator each in two parts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Tanh(V x)
    {
        V t = MinNative(Create(20.0), Abs(x));
        t += t;
        V place = Place(t), n = place - Create(Sixteenths), power = Power(place.AsInt64());
        V first = FusedMultiplyAdd(n, Create(-Ln2), t), second = n * Create(-Ln2Rest), scaled = Avx512F.Scale(power, n);
        V head = FusedMultiplyAdd(scaled, first, scaled - Create(1.0)), tail = Avx512F.Scale(GrowthBeyond(first + second, second, place, power), n);
        V above = head + tail, aboveLost = tail - (above - head), below = above + Create(2.0), belowLost = above - (below - Create(2.0)) + aboveLost;
        V inverse = Create(1.0) / below, q = above * inverse;
        V rest = FusedMultiplyAddNegated(q, below, above) + FusedMultiplyAddNegated(q, belowLost, aboveLost);
        return WithSignOf(FusedMultiplyAdd(rest, inverse, q), x);
    }

    /// <summary>For e = e^-|x|: 1 or e^x, whichever is smaller, over 1 + e, which is taken in two parts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Sigmoid(V x, V e)
    {
        V sum = Create(1.0) + e, lost = e - (sum - Create(1.0));
        V numerator = ConditionalSelect(LessThan(x, V.Zero), e, Create(1.0)), inverse = Create(1.0) / sum, q = numerator * inverse;
        V rest = FusedMultiplyAddNegated(q, lost, FusedMultiplyAddNegated(q, sum, numerator));
        return FusedMultiplyAdd(rest, inverse, q);
    }

    /// <summary>e / (1 + e)² for e = e^-|x|.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V SigmoidSlope(V e)
    {
        V sum = Create(1.0) + e, lost = e - (sum - Create(1.0)), q = Create(1.0) / sum;
        V inverse = FusedMultiplyAdd(FusedMultiplyAddNegated(q, lost, FusedMultiplyAddNegated(q, sum, Create(1.0))), q, q);
        return e * inverse * inverse;
    }

    /// <summary>e^-|x|, with little more than half a unit of error.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V ExpOfNegative(V x)
    {
        x = MaxNative(Create(-746.0), x | Create(-0.0));
        V place = Place(x), n = place - Create(Sixteenths);
        return ScaledPower(n, Rest(x, n), place);
    }

    /// <summary>2^n e^r, where what the power lost by rounding is added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ScaledPower(V n, V r, V place)
    {
        V power = Power(place.AsInt64());
        return Avx512F.Scale(power + FusedMultiplyAdd(power, Growth(r), PowerRest(place.AsInt64())), n);
    }

    /// <summary>e^r - 1 for |r| up to log 2 / 32, with an error that is small beside e^r.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Growth(V r)
    {
        V rest = FusedMultiplyAdd(r, Pair(r, 0.008333472155482182, 0.0013889114969981142), Create(0.04166666665963767));
        rest = FusedMultiplyAdd(r, FusedMultiplyAdd(r, rest, Create(0.16666666664409388)), Create(0.5000000000000006));
        return FusedMultiplyAdd(r * r, rest, r);
    }

    /// <summary>The power times (e^r - 1 - r + second), plus what it lost by rounding: what e^(first + second) - 1 has beyond power - 1 + power first, with an error that is small beside r, for r = first + second.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V GrowthBeyond(V r, V second, V place, V power)
    {
        V rest = FusedMultiplyAdd(r, Pair(r, 0.0013889062477737153, 0.00019841558498489404), Create(0.008333333332440232));
        rest = FusedMultiplyAdd(r, FusedMultiplyAdd(r, FusedMultiplyAdd(r, rest, Create(0.04166666666384425)), Create(0.16666666666666674)), Create(0.5));
        return FusedMultiplyAdd(power, FusedMultiplyAdd(r * r, rest, second), PowerRest(place.AsInt64()));
    }

    /// <summary>The nearest multiple of 1/16 to x / log 2, so far up that the four bits after its point stand last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Place(V x) => FusedMultiplyAdd(x, Create(Log2E), Create(Sixteenths));

    /// <summary>x - n log 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Rest(V x, V n) => FusedMultiplyAdd(n, Create(-Ln2Rest), FusedMultiplyAdd(n, Create(-Ln2), x));

    /// <summary>c - a b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V FusedMultiplyAddNegated(V a, V b, V c) => Avx512F.FusedMultiplyAddNegated(a, b, c);

    /// <summary>a + b x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Pair(V x, double a, double b) => FusedMultiplyAdd(x, Create(b), Create(a));
}
