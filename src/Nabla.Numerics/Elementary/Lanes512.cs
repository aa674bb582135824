using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Numerics;

/// <summary>Eight lanes, with the instructions of AVX-512 for scaling and splitting by powers of two and for tables in registers.</summary>
/// <param name="value">The numbers.</param>
internal readonly struct Lanes512(Vector512<double> value) : ILanes<Lanes512>
{
    internal readonly Vector512<double> Value = value;

    /// <summary>Whether this processor has what the type needs.</summary>
    internal static bool IsSupported => Vector512.IsHardwareAccelerated && Avx512DQ.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator +(Lanes512 a, Lanes512 b) => new(a.Value + b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator -(Lanes512 a, Lanes512 b) => new(a.Value - b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator *(Lanes512 a, Lanes512 b) => new(a.Value * b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator /(Lanes512 a, Lanes512 b) => new(a.Value / b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator -(Lanes512 a) => new(-a.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator ^(Lanes512 a, Lanes512 b) => new(a.Value ^ b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Of(double value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 MultiplyAdd(Lanes512 a, Lanes512 b, Lanes512 c) => new(Vector512.FusedMultiplyAdd(a.Value, b.Value, c.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Abs(Lanes512 a) => new(Vector512.Abs(a.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Min(Lanes512 a, Lanes512 b) => new(Vector512.MinNative(a.Value, b.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Max(Lanes512 a, Lanes512 b) => new(Vector512.MaxNative(a.Value, b.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 WithSignOf(Lanes512 a, Lanes512 b) => new(Vector512.ConditionalSelect(Vector512.Create(-0.0), b.Value, a.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 LastBitAsSign(Lanes512 a) => new(Vector512.ShiftLeft(a.Value.AsInt64(), 63).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Lanes512 K, Lanes512 M) Split(Lanes512 a)
    {
        Vector512<double> m = Avx512F.GetMantissa(a.Value, 0), k = Avx512F.GetExponent(a.Value);
        Vector512<double> large = Vector512.GreaterThanOrEqual(m, Vector512.Create(1.4142135623730951));
        return (new(k + (large & Vector512<double>.One)), new(Vector512.ConditionalSelect(large, m * Vector512.Create(0.5), m)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 WhereLess(Lanes512 x, Lanes512 y, Lanes512 a, Lanes512 b) => new(Vector512.ConditionalSelect(Vector512.LessThan(x.Value, y.Value), a.Value, b.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AllBetween(Lanes512 a, double low, double high) => Vector512.GreaterThanOrEqualAll(a.Value, Vector512.Create(low)) && Vector512.LessThanOrEqualAll(a.Value, Vector512.Create(high));

    /// <summary>Whether a lane is larger than the size or smaller than its negative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyBeyond(Lanes512 a, double size) => Vector512.GreaterThanAny(Vector512.Abs(a.Value), Vector512.Create(size));

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Lanes512 Each(Lanes512 a, Lanes512 b, Func<double, double, double> function)
    {
        Vector512<double> x = a.Value;
        for (int k = 0; k < Vector512<double>.Count; k++) x = x.WithElement(k, function(x[k], b.Value[k]));
        return new(x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Exp(Lanes512 a) => new(TableMath.Exp(a.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 ExpOfSum(Lanes512 a, Lanes512 low) => new(TableMath.ExpOfSum(a.Value, low.Value));
}
