using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla.Numerics;

/// <summary>A tile of 4 rows by 3 vectors of the width that <see cref="Vector{T}"/> has on this processor: 12 accumulators, and 4 registers for the operands.</summary>
internal static unsafe class Tile
{
    internal const int Rows = 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write<T>(Vector<T> alpha, Vector<T> x, Vector<T> y, Vector<T> z, T* c, bool add)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int w = Vector<T>.Count;
        Write(alpha, x, c, add);
        Write(alpha, y, c + w, add);
        Write(alpha, z, c + 2 * w, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write<T>(Vector<T> alpha, Vector<T> x, T* c, bool add)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => (add ? Vectors.MultiplyAdd(alpha, x, Vector.Load(c)) : alpha * x).Store(c);

    /// <summary>c = alpha a b, or c += alpha a b, where the columns of a lie at distance <paramref name="aStep"/>. A leaf: any call here would spill the accumulators.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    internal static void Run<T>(int k, T alpha, T* a, nint aStep, T* b, T* c, nint cRow, bool add)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int w = Vector<T>.Count;
        Vector<T> c00 = default, c01 = default, c02 = default, c10 = default, c11 = default, c12 = default;
        Vector<T> c20 = default, c21 = default, c22 = default, c30 = default, c31 = default, c32 = default;
        for (int p = 0; p < k; p++)
        {
            Vector<T> b0 = Vector.Load(b), b1 = Vector.Load(b + w), b2 = Vector.Load(b + 2 * w);
            Vector<T> x = new(a[0]);
            c00 = Vectors.MultiplyAdd(x, b0, c00);
            c01 = Vectors.MultiplyAdd(x, b1, c01);
            c02 = Vectors.MultiplyAdd(x, b2, c02);
            x = new(a[1]);
            c10 = Vectors.MultiplyAdd(x, b0, c10);
            c11 = Vectors.MultiplyAdd(x, b1, c11);
            c12 = Vectors.MultiplyAdd(x, b2, c12);
            x = new(a[2]);
            c20 = Vectors.MultiplyAdd(x, b0, c20);
            c21 = Vectors.MultiplyAdd(x, b1, c21);
            c22 = Vectors.MultiplyAdd(x, b2, c22);
            x = new(a[3]);
            c30 = Vectors.MultiplyAdd(x, b0, c30);
            c31 = Vectors.MultiplyAdd(x, b1, c31);
            c32 = Vectors.MultiplyAdd(x, b2, c32);
            a += aStep;
            b += 3 * w;
        }
        Vector<T> v = new(alpha);
        Write(v, c00, c01, c02, c, add);
        Write(v, c10, c11, c12, c += cRow, add);
        Write(v, c20, c21, c22, c += cRow, add);
        Write(v, c30, c31, c32, c += cRow, add);
    }
}
