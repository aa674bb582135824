using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla.Numerics;

/// <summary>Products of small matrices straight from the operands, without packing: four rows by two vectors at a time.</summary>
/// <remarks>Every entry is one chain of fused multiply-adds over the inner dimension, whatever part of the kernel it falls to.</remarks>
internal static unsafe class SmallProduct
{
    /// <summary>C = alpha A B, or C += alpha A B, for B and C with columns at distance 1.</summary>
    internal static void Run<T>(int m, int n, int k, T alpha, T* A, nint aRow, nint aColumn, T* B, nint bRow, T* C, nint cRow, bool add)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int w = Vector<T>.Count, j = 0;
        for (; j <= n - 2 * w; j += 2 * w)
        {
            int i = 0;
            for (; i <= m - 4; i += 4) FourByTwo(k, alpha, A + i * aRow, aRow, aColumn, B + j, bRow, C + i * cRow + j, cRow, add);
            for (; i < m; i++) OneByTwo(k, alpha, A + i * aRow, aColumn, B + j, bRow, C + i * cRow + j, add);
        }
        for (; j <= n - w; j += w)
        {
            int i = 0;
            for (; i <= m - 4; i += 4) FourByOne(k, alpha, A + i * aRow, aRow, aColumn, B + j, bRow, C + i * cRow + j, cRow, add);
            for (; i < m; i++) OneByOne(k, alpha, A + i * aRow, aColumn, B + j, bRow, C + i * cRow + j, add);
        }
        if (j < n) Rest(m, n - j, k, alpha, A, aRow, aColumn, B + j, bRow, C + j, cRow, add);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void FourByTwo<T>(int k, T alpha, T* a, nint aRow, nint aColumn, T* b, nint bRow, T* c, nint cRow, bool add)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int w = Vector<T>.Count;
        T* a1 = a + aRow, a2 = a1 + aRow, a3 = a2 + aRow;
        Vector<T> s00 = default, s01 = default, s10 = default, s11 = default, s20 = default, s21 = default, s30 = default, s31 = default;
        nint at = 0;
        for (int p = 0; p < k; p++, at += aColumn, b += bRow)
        {
            Vector<T> b0 = Vector.Load(b), b1 = Vector.Load(b + w), x0 = new(a[at]), x1 = new(a1[at]), x2 = new(a2[at]), x3 = new(a3[at]);
            s00 = Vectors.MultiplyAdd(x0, b0, s00);
            s01 = Vectors.MultiplyAdd(x0, b1, s01);
            s10 = Vectors.MultiplyAdd(x1, b0, s10);
            s11 = Vectors.MultiplyAdd(x1, b1, s11);
            s20 = Vectors.MultiplyAdd(x2, b0, s20);
            s21 = Vectors.MultiplyAdd(x2, b1, s21);
            s30 = Vectors.MultiplyAdd(x3, b0, s30);
            s31 = Vectors.MultiplyAdd(x3, b1, s31);
        }
        Put(alpha, s00, c, add);
        Put(alpha, s01, c + w, add);
        Put(alpha, s10, c + cRow, add);
        Put(alpha, s11, c + cRow + w, add);
        Put(alpha, s20, c + 2 * cRow, add);
        Put(alpha, s21, c + 2 * cRow + w, add);
        Put(alpha, s30, c + 3 * cRow, add);
        Put(alpha, s31, c + 3 * cRow + w, add);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void FourByOne<T>(int k, T alpha, T* a, nint aRow, nint aColumn, T* b, nint bRow, T* c, nint cRow, bool add)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T* a1 = a + aRow, a2 = a1 + aRow, a3 = a2 + aRow;
        Vector<T> s0 = default, s1 = default, s2 = default, s3 = default;
        nint at = 0;
        for (int p = 0; p < k; p++, at += aColumn, b += bRow)
        {
            Vector<T> v = Vector.Load(b);
            s0 = Vectors.MultiplyAdd(new Vector<T>(a[at]), v, s0);
            s1 = Vectors.MultiplyAdd(new Vector<T>(a1[at]), v, s1);
            s2 = Vectors.MultiplyAdd(new Vector<T>(a2[at]), v, s2);
            s3 = Vectors.MultiplyAdd(new Vector<T>(a3[at]), v, s3);
        }
        Put(alpha, s0, c, add);
        Put(alpha, s1, c + cRow, add);
        Put(alpha, s2, c + 2 * cRow, add);
        Put(alpha, s3, c + 3 * cRow, add);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void OneByTwo<T>(int k, T alpha, T* a, nint aColumn, T* b, nint bRow, T* c, bool add)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Vector<T> s0 = default, s1 = default;
        for (int p = 0; p < k; p++, a += aColumn, b += bRow)
        {
            Vector<T> x = new(*a);
            s0 = Vectors.MultiplyAdd(x, Vector.Load(b), s0);
            s1 = Vectors.MultiplyAdd(x, Vector.Load(b + Vector<T>.Count), s1);
        }
        Put(alpha, s0, c, add);
        Put(alpha, s1, c + Vector<T>.Count, add);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void OneByOne<T>(int k, T alpha, T* a, nint aColumn, T* b, nint bRow, T* c, bool add)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Vector<T> sum = default;
        for (int p = 0; p < k; p++, a += aColumn, b += bRow) sum = Vectors.MultiplyAdd(new Vector<T>(*a), Vector.Load(b), sum);
        Put(alpha, sum, c, add);
    }

    /// <summary>The last columns, fewer than a vector holds: two at a time, so that the chains of additions overlap.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Rest<T>(int m, int n, int k, T alpha, T* A, nint aRow, nint aColumn, T* B, nint bRow, T* C, nint cRow, bool add)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < m; i++, A += aRow, C += cRow)
        {
            for (int j = 0; j < n; j += 2)
            {
                bool pair = j + 1 < n;
                int second = pair ? 1 : 0;
                T sum0 = T.Zero, sum1 = T.Zero;
                T* a = A, b = B + j;
                for (int p = 0; p < k; p++, a += aColumn, b += bRow)
                {
                    sum0 = T.MultiplyAddEstimate(*a, b[0], sum0);
                    sum1 = T.MultiplyAddEstimate(*a, b[second], sum1);
                }
                C[j] = add ? T.MultiplyAddEstimate(alpha, sum0, C[j]) : alpha * sum0;
                if (pair) C[j + 1] = add ? T.MultiplyAddEstimate(alpha, sum1, C[j + 1]) : alpha * sum1;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<T>(T alpha, Vector<T> sum, T* c, bool add)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Vector<T> factor = new(alpha);
        (add ? Vectors.MultiplyAdd(factor, sum, Vector.Load(c)) : factor * sum).Store(c);
    }
}
