using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla.Numerics;

/// <summary>Lanes of the width that <see cref="Vector{T}"/> has, with operations that every processor has.</summary>
/// <param name="value">The numbers.</param>
internal readonly struct Lanes(Vector<double> value) : ILanes<Lanes>
{
    /// <summary>1.5 times 2^52: adding it rounds to an integer, which then stands in the low bits.</summary>
    private const double Magic = 6755399441055744.0;
    private const double SmallestNormal = 2.2250738585072014e-308;

    internal readonly Vector<double> Value = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes operator +(Lanes a, Lanes b) => new(a.Value + b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes operator -(Lanes a, Lanes b) => new(a.Value - b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes operator *(Lanes a, Lanes b) => new(a.Value * b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes operator /(Lanes a, Lanes b) => new(a.Value / b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes operator -(Lanes a) => new(-a.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes operator ^(Lanes a, Lanes b) => new(a.Value ^ b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes Of(double value) => new(new Vector<double>(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes MultiplyAdd(Lanes a, Lanes b, Lanes c) => new(Vector.FusedMultiplyAdd(a.Value, b.Value, c.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes Abs(Lanes a) => new(Vector.Abs(a.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes Min(Lanes a, Lanes b) => new(Vector.MinNative(a.Value, b.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes Max(Lanes a, Lanes b) => new(Vector.MaxNative(a.Value, b.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes WithSignOf(Lanes a, Lanes b) => new(Vector.ConditionalSelect(Vector.AsVectorInt64(new Vector<double>(-0.0)), b.Value, a.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes LastBitAsSign(Lanes a) => new(Vector.AsVectorDouble(Vector.ShiftLeft(Vector.AsVectorInt64(a.Value), 63)));

    /// <summary>The nearest integer, for numbers up to 2^51; the even one of two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes Round(Lanes a) => new(a.Value + new Vector<double>(Magic) - new Vector<double>(Magic));

    /// <summary>a 2^n for integers n from -2044 to 2046, rounded once where the result is subnormal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes Scale(Lanes a, Lanes n)
    {
        Vector<double> first = Vector.FusedMultiplyAdd(n.Value, new Vector<double>(0.5), new Vector<double>(Magic)) - new Vector<double>(Magic);
        return new(a.Value * PowerOfTwo(first) * PowerOfTwo(n.Value - first));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Lanes K, Lanes M) Split(Lanes a)
    {
        Vector<long> tiny = Vector.LessThan(a.Value, new Vector<double>(SmallestNormal));
        Vector<long> bits = Vector.AsVectorInt64(Vector.ConditionalSelect(tiny, a.Value * new Vector<double>(18014398509481984.0), a.Value));
        Vector<long> biased = Vector.ShiftRightLogical(bits + new Vector<long>(0x3FF0000000000000 - 0x3FE6A09E667F3BCD), 52);
        Vector<double> m = Vector.AsVectorDouble(bits - Vector.ShiftLeft(biased - new Vector<long>(1023), 52));
        Vector<double> k = Vector.AsVectorDouble(biased | new Vector<long>(0x4330000000000000)) - new Vector<double>(4503599627370496.0 + 1023);
        return (new(k - (Vector.AsVectorDouble(tiny) & new Vector<double>(54))), new(m));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes WhereLess(Lanes x, Lanes y, Lanes a, Lanes b) => new(Vector.ConditionalSelect(Vector.LessThan(x.Value, y.Value), a.Value, b.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AllBetween(Lanes a, double low, double high) => Vector.GreaterThanOrEqualAll(a.Value, new Vector<double>(low)) && Vector.LessThanOrEqualAll(a.Value, new Vector<double>(high));

    /// <summary>Whether a lane is larger than the size or smaller than its negative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyBeyond(Lanes a, double size) => Vector.GreaterThanAny(Vector.Abs(a.Value), new Vector<double>(size));

    /// <summary>The function of each lane on its own.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Lanes Each(Lanes a, Func<double, double> function)
    {
        Vector<double> x = a.Value;
        for (int k = 0; k < Vector<double>.Count; k++) x = x.WithElement(k, function(x[k]));
        return new(x);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Lanes Each(Lanes a, Lanes b, Func<double, double, double> function)
    {
        Vector<double> x = a.Value;
        for (int k = 0; k < Vector<double>.Count; k++) x = x.WithElement(k, function(x[k], b.Value[k]));
        return new(x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes Exp(Lanes a) => PolynomialMath.Exp(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes ExpOfSum(Lanes a, Lanes low) => PolynomialMath.ExpOfSum(a, low);

    /// <summary>2^n for integers n from -1022 to 1023.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> PowerOfTwo(Vector<double> n) =>
        Vector.AsVectorDouble(Vector.ShiftLeft(Vector.AsVectorInt64(n + new Vector<double>(Magic)) + new Vector<long>(1023), 52));
}
