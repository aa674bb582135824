using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla.Numerics;

public static partial class VectorMath
{
    private const double LargestReduced = 1_000_000;

    /// <summary>The sine; not a number at infinity. Arguments beyond a million are left to the base library.</summary>
    /// <param name="x">The arguments, in radians.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Sin(Vector<double> x)
    {
        if (!Vector.LessThanOrEqualAll(Vector.Abs(x), new Vector<double>(LargestReduced))) return EachSin(x);
        (Vector<long> quadrant, Vector<double> r, Vector<double> low) = ReduceByHalfPi(x);
        Vector<double> result = Quadrant(quadrant, r, low);
        return Vector.ConditionalSelect(Vector.LessThan(Vector.Abs(x), new Vector<double>(7e-9)), x, result);
    }

    /// <summary>The cosine; not a number at infinity. Arguments beyond a million are left to the base library.</summary>
    /// <param name="x">The arguments, in radians.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Cos(Vector<double> x)
    {
        if (!Vector.LessThanOrEqualAll(Vector.Abs(x), new Vector<double>(LargestReduced))) return EachCos(x);
        (Vector<long> quadrant, Vector<double> r, Vector<double> low) = ReduceByHalfPi(x);
        return Quadrant(quadrant + Vector<long>.One, r, low);
    }

    /// <summary>The quadrant and the remainder after it, in two parts: Cody and Waite (1980) with three parts of pi / 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector<long> Quadrant, Vector<double> R, Vector<double> Low) ReduceByHalfPi(Vector<double> x)
    {
        Vector<double> shifted = Vector.FusedMultiplyAdd(x, new Vector<double>(0.6366197723675814), new Vector<double>(Magic)), n = shifted - new Vector<double>(Magic);
        Vector<double> first = Vector.FusedMultiplyAdd(n, new Vector<double>(-1.5707963267341256), x), second = n * new Vector<double>(6.077100506303966e-11);
        Vector<double> difference = first - second, back = difference - first;
        Vector<double> lost = (first - (difference - back)) - (second + back);
        lost = Vector.FusedMultiplyAdd(n, new Vector<double>(-2.0222662487959506e-21), lost);
        Vector<double> r = difference + lost;
        return (Vector.AsVectorInt64(shifted), r, (difference - r) + lost);
    }

    /// <summary>The sine of (quadrant pi / 2 + r + low).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> Quadrant(Vector<long> quadrant, Vector<double> r, Vector<double> low)
    {
        Vector<double> one = Vector<double>.One, z = r * r, z2 = z * z, half = new Vector<double>(0.5) * z;
        Vector<double> s = Vector.FusedMultiplyAdd(z2, Vector.FusedMultiplyAdd(z2, Pair(z, -2.5051130101805494e-08, 1.5918002281873061e-10), Pair(z, -0.0001984126983674298, 2.755731609430797e-06)), Pair(z, -0.16666666666666666, 0.00833333333333094));
        Vector<double> c = Vector.FusedMultiplyAdd(z2, Vector.FusedMultiplyAdd(z2, Pair(z, 2.0876145163581403e-09, -1.138255204095506e-11), Pair(z, 2.4801587298755762e-05, -2.7557317266494944e-07)), Pair(z, 0.041666666666666664, -0.001388888888888739));
        Vector<double> sine = r + Vector.FusedMultiplyAdd(r * z, s, low * (one - half));
        Vector<double> head = one - half;
        Vector<double> cosine = head + (((one - head) - half) + Vector.FusedMultiplyAdd(z2, c, -(r * low)));
        Vector<long> even = Vector.Equals(quadrant & Vector<long>.One, Vector<long>.Zero);
        Vector<double> value = Vector.ConditionalSelect(even, sine, cosine);
        return Vector.AsVectorDouble(Vector.AsVectorInt64(value) ^ Vector.ShiftLeft(quadrant & new Vector<long>(2), 62));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector<double> EachSin(Vector<double> x)
    {
        for (int k = 0; k < Vector<double>.Count; k++) x = x.WithElement(k, Math.Sin(x[k]));
        return x;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector<double> EachCos(Vector<double> x)
    {
        for (int k = 0; k < Vector<double>.Count; k++) x = x.WithElement(k, Math.Cos(x[k]));
        return x;
    }
}
