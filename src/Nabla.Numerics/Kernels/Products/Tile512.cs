using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Numerics;

/// <summary>A tile of 12 rows by 2 vectors of 512 bits: 24 accumulators of the 32 registers.</summary>
internal static unsafe class Tile512
{
    internal const int Rows = 12;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write<T>(Vector512<T> alpha, Vector512<T> x, Vector512<T> y, T* c, bool add)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int w = Vector512<T>.Count;
        Write(alpha, x, c, add);
        Write(alpha, y, c + w, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write<T>(Vector512<T> alpha, Vector512<T> x, T* c, bool add)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => (add ? Vectors.MultiplyAdd(alpha, x, Vector512.Load(c)) : alpha * x).Store(c);

    /// <summary>c = alpha a b, or c += alpha a b, where the columns of a lie at distance <paramref name="aStep"/>. A leaf: any call here would spill the accumulators.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    internal static void Run<T>(int k, T alpha, T* a, nint aStep, T* b, T* c, nint cRow, bool add)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int w = Vector512<T>.Count;
        Vector512<T> c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default, c30 = default, c31 = default;
        Vector512<T> c40 = default, c41 = default, c50 = default, c51 = default, c60 = default, c61 = default, c70 = default, c71 = default;
        Vector512<T> c80 = default, c81 = default, c90 = default, c91 = default, ca0 = default, ca1 = default, cb0 = default, cb1 = default;
        T* row = c;
        for (int r = 0; r < Rows && Sse.IsSupported; r++)
        {
            Sse.Prefetch0(row);
            Sse.Prefetch0(row + w);
            row += cRow;
        }
        for (int p = 0; p < k; p++)
        {
            Vector512<T> b0 = Vector512.Load(b), b1 = Vector512.Load(b + w);
            Vector512<T> x = Vector512.Create(a[0]);
            c00 = Vectors.MultiplyAdd(x, b0, c00);
            c01 = Vectors.MultiplyAdd(x, b1, c01);
            x = Vector512.Create(a[1]);
            c10 = Vectors.MultiplyAdd(x, b0, c10);
            c11 = Vectors.MultiplyAdd(x, b1, c11);
            x = Vector512.Create(a[2]);
            c20 = Vectors.MultiplyAdd(x, b0, c20);
            c21 = Vectors.MultiplyAdd(x, b1, c21);
            x = Vector512.Create(a[3]);
            c30 = Vectors.MultiplyAdd(x, b0, c30);
            c31 = Vectors.MultiplyAdd(x, b1, c31);
            x = Vector512.Create(a[4]);
            c40 = Vectors.MultiplyAdd(x, b0, c40);
            c41 = Vectors.MultiplyAdd(x, b1, c41);
            x = Vector512.Create(a[5]);
            c50 = Vectors.MultiplyAdd(x, b0, c50);
            c51 = Vectors.MultiplyAdd(x, b1, c51);
            x = Vector512.Create(a[6]);
            c60 = Vectors.MultiplyAdd(x, b0, c60);
            c61 = Vectors.MultiplyAdd(x, b1, c61);
            x = Vector512.Create(a[7]);
            c70 = Vectors.MultiplyAdd(x, b0, c70);
            c71 = Vectors.MultiplyAdd(x, b1, c71);
            x = Vector512.Create(a[8]);
            c80 = Vectors.MultiplyAdd(x, b0, c80);
            c81 = Vectors.MultiplyAdd(x, b1, c81);
            x = Vector512.Create(a[9]);
            c90 = Vectors.MultiplyAdd(x, b0, c90);
            c91 = Vectors.MultiplyAdd(x, b1, c91);
            x = Vector512.Create(a[10]);
            ca0 = Vectors.MultiplyAdd(x, b0, ca0);
            ca1 = Vectors.MultiplyAdd(x, b1, ca1);
            x = Vector512.Create(a[11]);
            cb0 = Vectors.MultiplyAdd(x, b0, cb0);
            cb1 = Vectors.MultiplyAdd(x, b1, cb1);
            a += aStep;
            b += 2 * w;
        }
        Vector512<T> v = Vector512.Create(alpha);
        Write(v, c00, c01, c, add);
        Write(v, c10, c11, c += cRow, add);
        Write(v, c20, c21, c += cRow, add);
        Write(v, c30, c31, c += cRow, add);
        Write(v, c40, c41, c += cRow, add);
        Write(v, c50, c51, c += cRow, add);
        Write(v, c60, c61, c += cRow, add);
        Write(v, c70, c71, c += cRow, add);
        Write(v, c80, c81, c += cRow, add);
        Write(v, c90, c91, c += cRow, add);
        Write(v, ca0, ca1, c += cRow, add);
        Write(v, cb0, cb1, c += cRow, add);
    }

    /// <summary>Four of the rows of c = a b, for the last rows of a product.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    internal static void RunFew<T>(int k, T* a, nint aStep, T* b, T* c)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int w = Vector512<T>.Count;
        Vector512<T> c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default, c30 = default, c31 = default;
        for (int p = 0; p < k; p++)
        {
            Vector512<T> b0 = Vector512.Load(b), b1 = Vector512.Load(b + w);
            Vector512<T> x = Vector512.Create(a[0]);
            c00 = Vectors.MultiplyAdd(x, b0, c00);
            c01 = Vectors.MultiplyAdd(x, b1, c01);
            x = Vector512.Create(a[1]);
            c10 = Vectors.MultiplyAdd(x, b0, c10);
            c11 = Vectors.MultiplyAdd(x, b1, c11);
            x = Vector512.Create(a[2]);
            c20 = Vectors.MultiplyAdd(x, b0, c20);
            c21 = Vectors.MultiplyAdd(x, b1, c21);
            x = Vector512.Create(a[3]);
            c30 = Vectors.MultiplyAdd(x, b0, c30);
            c31 = Vectors.MultiplyAdd(x, b1, c31);
            a += aStep;
            b += 2 * w;
        }
        c00.Store(c);
        c01.Store(c + w);
        c10.Store(c + 2 * w);
        c11.Store(c + 3 * w);
        c20.Store(c + 4 * w);
        c21.Store(c + 5 * w);
        c30.Store(c + 6 * w);
        c31.Store(c + 7 * w);
    }

    /// <summary>One vector of each row of c = alpha a b, or c += alpha a b, for the last columns of a product.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    internal static void RunNarrow<T>(int k, T alpha, T* a, nint aStep, T* b, T* c, nint cRow, bool add)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int w = Vector512<T>.Count;
        Vector512<T> c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default;
        Vector512<T> c6 = default, c7 = default, c8 = default, c9 = default, c10 = default, c11 = default;
        for (int p = 0; p < k; p++)
        {
            Vector512<T> x = Vector512.Load(b);
            c0 = Vectors.MultiplyAdd(Vector512.Create(a[0]), x, c0);
            c1 = Vectors.MultiplyAdd(Vector512.Create(a[1]), x, c1);
            c2 = Vectors.MultiplyAdd(Vector512.Create(a[2]), x, c2);
            c3 = Vectors.MultiplyAdd(Vector512.Create(a[3]), x, c3);
            c4 = Vectors.MultiplyAdd(Vector512.Create(a[4]), x, c4);
            c5 = Vectors.MultiplyAdd(Vector512.Create(a[5]), x, c5);
            c6 = Vectors.MultiplyAdd(Vector512.Create(a[6]), x, c6);
            c7 = Vectors.MultiplyAdd(Vector512.Create(a[7]), x, c7);
            c8 = Vectors.MultiplyAdd(Vector512.Create(a[8]), x, c8);
            c9 = Vectors.MultiplyAdd(Vector512.Create(a[9]), x, c9);
            c10 = Vectors.MultiplyAdd(Vector512.Create(a[10]), x, c10);
            c11 = Vectors.MultiplyAdd(Vector512.Create(a[11]), x, c11);
            a += aStep;
            b += 2 * w;
        }
        Vector512<T> v = Vector512.Create(alpha);
        Write(v, c0, c, add);
        Write(v, c1, c += cRow, add);
        Write(v, c2, c += cRow, add);
        Write(v, c3, c += cRow, add);
        Write(v, c4, c += cRow, add);
        Write(v, c5, c += cRow, add);
        Write(v, c6, c += cRow, add);
        Write(v, c7, c += cRow, add);
        Write(v, c8, c += cRow, add);
        Write(v, c9, c += cRow, add);
        Write(v, c10, c += cRow, add);
        Write(v, c11, c += cRow, add);
    }

    /// <summary>One vector of each of four rows of c = alpha a b, or c += alpha a b, for what lies beside the diagonal of a symmetric product.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    internal static void RunFewNarrow<T>(int k, T alpha, T* a, nint aStep, T* b, T* c, nint cRow, bool add)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int w = Vector512<T>.Count;
        Vector512<T> c0 = default, c1 = default, c2 = default, c3 = default;
        for (int p = 0; p < k; p++)
        {
            Vector512<T> x = Vector512.Load(b);
            c0 = Vectors.MultiplyAdd(Vector512.Create(a[0]), x, c0);
            c1 = Vectors.MultiplyAdd(Vector512.Create(a[1]), x, c1);
            c2 = Vectors.MultiplyAdd(Vector512.Create(a[2]), x, c2);
            c3 = Vectors.MultiplyAdd(Vector512.Create(a[3]), x, c3);
            a += aStep;
            b += 2 * w;
        }
        Vector512<T> v = Vector512.Create(alpha);
        Write(v, c0, c, add);
        Write(v, c1, c += cRow, add);
        Write(v, c2, c += cRow, add);
        Write(v, c3, c += cRow, add);
    }
}
