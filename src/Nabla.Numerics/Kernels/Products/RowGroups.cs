using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Numerics;

/// <summary>Kernels over the rows of a matrix that comes from memory and is read once: the products of the rows by a vector, and their combination.</summary>
/// <remarks>
/// Twelve rows side by side: the vector is read anew for every group of rows, from beyond the first cache where the matrix has pushed it out of there. With four rows that, not the matrix, sets the pace.
/// Short rows leave the vector where it is: four of them suffice.
/// </remarks>
internal static unsafe class RowGroups
{
    /// <summary>The rows that are read side by side. Ranges of rows that begin at a multiple of it give the same bits as all rows at once.</summary>
    internal const int Size = 12;

    private const int BytesAhead = 512;
    private const int LongRow = 384;
    private const int LongCombination = 128;

    /// <summary>y[i * yStep] = factor times the product of row i by x, or that added to it.</summary>
    internal static void Multiply<T>(T* A, nint row, int count, T* x, int n, T factor, T* y, nint yStep, bool adds)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T* sums = stackalloc T[Size];
        int i = 0;
        while (i < count)
        {
            T* a = A + i * row;
            int rows = n >= LongRow && count - i >= Size ? Size : count - i >= 4 ? 4 : 1;
            if (rows == 1) sums[0] = Vectors.Dot(a, x, n);
            else if (rows == 4) FourDots(a, row, x, n, sums);
            else if (Register512<T>.IsSupported) TwelveDots<Register512<T>, T>(a, row, x, n, sums);
            else TwelveDots<Register<T>, T>(a, row, x, n, sums);
            for (int r = 0; r < rows; r++)
            {
                T* to = y + (i + r) * yStep;
                *to = adds ? *to + factor * sums[r] : factor * sums[r];
            }
            i += rows;
        }
    }

    /// <summary>y[i] = factor times the product of row i by x, and w[i] = other times that by z: the matrix is read once for both.</summary>
    internal static void MultiplyTwo<T>(T* A, nint row, int count, int n, T* x, T factor, T* y, T* z, T other, T* w)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T* sums = stackalloc T[Size];
        int i = 0;
        for (; n >= Vector512<T>.Count && i <= count - Size / 2; i += Size / 2)
        {
            if (Register512<T>.IsSupported) SixDotsOfTwo<Register512<T>, T>(A + i * row, row, x, z, n, sums);
            else SixDotsOfTwo<Register<T>, T>(A + i * row, row, x, z, n, sums);
            for (int r = 0; r < Size / 2; r++) (y[i + r], w[i + r]) = (factor * sums[2 * r], other * sums[2 * r + 1]);
        }
        Multiply(A + i * row, row, count - i, x, n, factor, y + i, 1, adds: false);
        Multiply(A + i * row, row, count - i, z, n, other, w + i, 1, adds: false);
    }

    /// <summary>y += the sum over the rows i of factor * x[i * xStep] times row i. Ranges of columns that begin at a multiple of 16 give the same bits as all at once.</summary>
    internal static void AddCombination<T>(T factor, T* x, nint xStep, T* A, nint row, int count, T* y, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T* factors = stackalloc T[Size];
        int i = 0;
        for (; n >= LongCombination && i <= count - Size; i += Size)
        {
            for (int r = 0; r < Size; r++) factors[r] = factor * x[(i + r) * xStep];
            if (Register512<T>.IsSupported) AddTwelve<Register512<T>, T>(A + i * row, row, factors, y, n);
            else AddTwelve<Register<T>, T>(A + i * row, row, factors, y, n);
        }
        Vectors.AddCombination(factor, x + i * xStep, xStep, A + i * row, row, count - i, y, n);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void FourDots<T>(T* a, nint row, T* x, int n, T* sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T* b = a + row, c = b + row, d = c + row;
        Vector<T> a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default, d0 = default, d1 = default;
        int k = 0, w = Vector<T>.Count;
        for (; k <= n - 2 * w; k += 2 * w)
        {
            Vector<T> x0 = Vector.Load(x + k), x1 = Vector.Load(x + k + w);
            a0 = Vectors.MultiplyAdd(Vector.Load(a + k), x0, a0);
            a1 = Vectors.MultiplyAdd(Vector.Load(a + k + w), x1, a1);
            b0 = Vectors.MultiplyAdd(Vector.Load(b + k), x0, b0);
            b1 = Vectors.MultiplyAdd(Vector.Load(b + k + w), x1, b1);
            c0 = Vectors.MultiplyAdd(Vector.Load(c + k), x0, c0);
            c1 = Vectors.MultiplyAdd(Vector.Load(c + k + w), x1, c1);
            d0 = Vectors.MultiplyAdd(Vector.Load(d + k), x0, d0);
            d1 = Vectors.MultiplyAdd(Vector.Load(d + k + w), x1, d1);
        }
        T sa = Vector.Sum(a0 + a1), sb = Vector.Sum(b0 + b1), sc = Vector.Sum(c0 + c1), sd = Vector.Sum(d0 + d1);
        for (; k < n; k++)
        {
            sa += a[k] * x[k];
            sb += b[k] * x[k];
            sc += c[k] * x[k];
            sd += d[k] * x[k];
        }
        (sums[0], sums[1], sums[2], sums[3]) = (sa, sb, sc, sd);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void TwelveDots<V, T>(T* a, nint row, T* x, int n, T* sums)
        where V : struct, IRegister<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int w = V.Count;
        nint row2 = 2 * row;
        // The columns that fill no register come first, from one that ends with them.
        T* p = a + n - w, q = p + 3 * row, r = q + 3 * row, s = r + 3 * row;
        V last = V.Last(n % w), v = V.Load(x + n - w) & last;
        V s0 = (V.Load(p) & last) * v, s1 = (V.Load(p + row) & last) * v, s2 = (V.Load(p + row2) & last) * v;
        V s3 = (V.Load(q) & last) * v, s4 = (V.Load(q + row) & last) * v, s5 = (V.Load(q + row2) & last) * v;
        V s6 = (V.Load(r) & last) * v, s7 = (V.Load(r + row) & last) * v, s8 = (V.Load(r + row2) & last) * v;
        V s9 = (V.Load(s) & last) * v, sA = (V.Load(s + row) & last) * v, sB = (V.Load(s + row2) & last) * v;
        p = a;
        q = p + 3 * row;
        r = q + 3 * row;
        s = r + 3 * row;
        for (int k = 0; k <= n - w; k += w, p += w, q += w, r += w, s += w)
        {
            V u = V.Load(x + k);
            s0 = V.MultiplyAdd(V.Load(p), u, s0);
            s1 = V.MultiplyAdd(V.Load(p + row), u, s1);
            s2 = V.MultiplyAdd(V.Load(p + row2), u, s2);
            s3 = V.MultiplyAdd(V.Load(q), u, s3);
            s4 = V.MultiplyAdd(V.Load(q + row), u, s4);
            s5 = V.MultiplyAdd(V.Load(q + row2), u, s5);
            s6 = V.MultiplyAdd(V.Load(r), u, s6);
            s7 = V.MultiplyAdd(V.Load(r + row), u, s7);
            s8 = V.MultiplyAdd(V.Load(r + row2), u, s8);
            s9 = V.MultiplyAdd(V.Load(s), u, s9);
            sA = V.MultiplyAdd(V.Load(s + row), u, sA);
            sB = V.MultiplyAdd(V.Load(s + row2), u, sB);
        }
        (sums[0], sums[1], sums[2], sums[3], sums[4], sums[5]) = (V.Sum(s0), V.Sum(s1), V.Sum(s2), V.Sum(s3), V.Sum(s4), V.Sum(s5));
        (sums[6], sums[7], sums[8], sums[9], sums[10], sums[11]) = (V.Sum(s6), V.Sum(s7), V.Sum(s8), V.Sum(s9), V.Sum(sA), V.Sum(sB));
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void SixDotsOfTwo<V, T>(T* a, nint row, T* x, T* z, int n, T* sums)
        where V : struct, IRegister<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int w = V.Count;
        nint row2 = 2 * row;
        T* p = a + n - w, q = p + 3 * row;
        V last = V.Last(n % w), u = V.Load(x + n - w) & last, v = V.Load(z + n - w) & last;
        V r0 = V.Load(p) & last, r1 = V.Load(p + row) & last, r2 = V.Load(p + row2) & last, r3 = V.Load(q) & last, r4 = V.Load(q + row) & last, r5 = V.Load(q + row2) & last;
        V s0 = r0 * u, s1 = r1 * u, s2 = r2 * u, s3 = r3 * u, s4 = r4 * u, s5 = r5 * u;
        V t0 = r0 * v, t1 = r1 * v, t2 = r2 * v, t3 = r3 * v, t4 = r4 * v, t5 = r5 * v;
        p = a;
        q = p + 3 * row;
        for (int k = 0; k <= n - w; k += w, p += w, q += w)
        {
            (u, v) = (V.Load(x + k), V.Load(z + k));
            (r0, r1, r2) = (V.Load(p), V.Load(p + row), V.Load(p + row2));
            (r3, r4, r5) = (V.Load(q), V.Load(q + row), V.Load(q + row2));
            s0 = V.MultiplyAdd(r0, u, s0);
            t0 = V.MultiplyAdd(r0, v, t0);
            s1 = V.MultiplyAdd(r1, u, s1);
            t1 = V.MultiplyAdd(r1, v, t1);
            s2 = V.MultiplyAdd(r2, u, s2);
            t2 = V.MultiplyAdd(r2, v, t2);
            s3 = V.MultiplyAdd(r3, u, s3);
            t3 = V.MultiplyAdd(r3, v, t3);
            s4 = V.MultiplyAdd(r4, u, s4);
            t4 = V.MultiplyAdd(r4, v, t4);
            s5 = V.MultiplyAdd(r5, u, s5);
            t5 = V.MultiplyAdd(r5, v, t5);
        }
        (sums[0], sums[1], sums[2], sums[3], sums[4], sums[5]) = (V.Sum(s0), V.Sum(t0), V.Sum(s1), V.Sum(t1), V.Sum(s2), V.Sum(t2));
        (sums[6], sums[7], sums[8], sums[9], sums[10], sums[11]) = (V.Sum(s3), V.Sum(t3), V.Sum(s4), V.Sum(t4), V.Sum(s5), V.Sum(t5));
    }

    /// <summary>y += the combination of twelve rows. They are asked for ahead, past the second cache, which stays with y.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void AddTwelve<V, T>(T* a, nint row, T* f, T* y, int n)
        where V : struct, IRegister<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V f0 = V.Of(f[0]), f1 = V.Of(f[1]), f2 = V.Of(f[2]), f3 = V.Of(f[3]), f4 = V.Of(f[4]), f5 = V.Of(f[5]);
        V f6 = V.Of(f[6]), f7 = V.Of(f[7]), f8 = V.Of(f[8]), f9 = V.Of(f[9]), fA = V.Of(f[10]), fB = V.Of(f[11]);
        int w = V.Count, k = 0;
        nint row2 = 2 * row;
        T* p = a, q = p + 3 * row, r = q + 3 * row, s = r + 3 * row;
        for (; k <= n - w; k += w, p += w, q += w, r += w, s += w)
        {
            if (Sse.IsSupported)
            {
                Ask(p, row, row2);
                Ask(q, row, row2);
                Ask(r, row, row2);
                Ask(s, row, row2);
            }
            V even = V.MultiplyAdd(f0, V.Load(p), V.Load(y + k)), odd = f1 * V.Load(p + row);
            even = V.MultiplyAdd(f2, V.Load(p + row2), even);
            odd = V.MultiplyAdd(f3, V.Load(q), odd);
            even = V.MultiplyAdd(f4, V.Load(q + row), even);
            odd = V.MultiplyAdd(f5, V.Load(q + row2), odd);
            even = V.MultiplyAdd(f6, V.Load(r), even);
            odd = V.MultiplyAdd(f7, V.Load(r + row), odd);
            even = V.MultiplyAdd(f8, V.Load(r + row2), even);
            odd = V.MultiplyAdd(f9, V.Load(s), odd);
            even = V.MultiplyAdd(fA, V.Load(s + row), even);
            odd = V.MultiplyAdd(fB, V.Load(s + row2), odd);
            (even + odd).Store(y + k);
        }
        if (k == n) return;
        V sum = default;
        for (int i = 0; i < Size; i++) sum = V.MultiplyAdd(V.Of(f[i]), V.Load(a + i * row + n - w), sum);
        // What stands before the last columns has been added already.
        (V.Load(y + n - w) + (sum & V.Last(n - k))).Store(y + n - w);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Ask<T>(T* at, nint row, nint row2)
        where T : unmanaged
    {
        T* ahead = at + BytesAhead / sizeof(T);
        Sse.PrefetchNonTemporal(ahead);
        Sse.PrefetchNonTemporal(ahead + row);
        Sse.PrefetchNonTemporal(ahead + row2);
    }
}
