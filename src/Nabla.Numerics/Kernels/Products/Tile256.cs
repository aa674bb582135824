using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla.Numerics;

/// <summary>A tile of 4 rows by 3 vectors of 256 bits: 12 accumulators, and 4 registers for the operands.</summary>
internal static unsafe class Tile256
{
    internal const int Rows = 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> MultiplyAdd<T>(Vector256<T> a, Vector256<T> b, Vector256<T> c)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => typeof(T) == typeof(double)
            ? Vector256.FusedMultiplyAdd(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>()
            : Vector256.FusedMultiplyAdd(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write<T>(Vector256<T> alpha, Vector256<T> x, Vector256<T> y, Vector256<T> z, T* c, bool add)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int w = Vector256<T>.Count;
        if (add)
        {
            MultiplyAdd(alpha, x, Vector256.Load(c)).Store(c);
            MultiplyAdd(alpha, y, Vector256.Load(c + w)).Store(c + w);
            MultiplyAdd(alpha, z, Vector256.Load(c + 2 * w)).Store(c + 2 * w);
        }
        else
        {
            (alpha * x).Store(c);
            (alpha * y).Store(c + w);
            (alpha * z).Store(c + 2 * w);
        }
    }

    /// <summary>c = alpha a b, or c += alpha a b, where the columns of a lie at distance <paramref name="aStep"/>. A leaf: any call here would spill the accumulators.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    internal static void Run<T>(int k, T alpha, T* a, nint aStep, T* b, T* c, nint cRow, bool add)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int w = Vector256<T>.Count;
        Vector256<T> c00 = default, c01 = default, c02 = default, c10 = default, c11 = default, c12 = default;
        Vector256<T> c20 = default, c21 = default, c22 = default, c30 = default, c31 = default, c32 = default;
        for (int p = 0; p < k; p++)
        {
            Vector256<T> b0 = Vector256.Load(b), b1 = Vector256.Load(b + w), b2 = Vector256.Load(b + 2 * w);
            Vector256<T> x = Vector256.Create(a[0]);
            c00 = MultiplyAdd(x, b0, c00);
            c01 = MultiplyAdd(x, b1, c01);
            c02 = MultiplyAdd(x, b2, c02);
            x = Vector256.Create(a[1]);
            c10 = MultiplyAdd(x, b0, c10);
            c11 = MultiplyAdd(x, b1, c11);
            c12 = MultiplyAdd(x, b2, c12);
            x = Vector256.Create(a[2]);
            c20 = MultiplyAdd(x, b0, c20);
            c21 = MultiplyAdd(x, b1, c21);
            c22 = MultiplyAdd(x, b2, c22);
            x = Vector256.Create(a[3]);
            c30 = MultiplyAdd(x, b0, c30);
            c31 = MultiplyAdd(x, b1, c31);
            c32 = MultiplyAdd(x, b2, c32);
            a += aStep;
            b += 3 * w;
        }
        Vector256<T> v = Vector256.Create(alpha);
        Write(v, c00, c01, c02, c, add);
        Write(v, c10, c11, c12, c += cRow, add);
        Write(v, c20, c21, c22, c += cRow, add);
        Write(v, c30, c31, c32, c += cRow, add);
    }
}
