using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla.Numerics;

/// <summary>The product of a matrix by a vector, bound by the reading of the matrix: each entry is read once, in order, several rows side by side.</summary>
internal static unsafe class Gemv
{
    private const long ParallelWork = 200_000;
    private const int Strip = 8192;

    /// <summary>y += alpha A x for A of m x n with rows at distance <paramref name="row"/>.</summary>
    internal static void Add<T>(int m, int n, T alpha, T* A, nint row, T* x, T* y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Parallelism.Threads > 1 && (long)m * n > ParallelWork) AddParallel(m, n, alpha, A, row, x, y);
        else Rows(0, m, n, alpha, A, row, x, y);
    }

    /// <summary>y += alpha A'x for A of m x n with rows at distance <paramref name="row"/>; the entries of x lie at distance <paramref name="step"/>.</summary>
    internal static void AddTransposed<T>(int m, int n, T alpha, T* A, nint row, T* x, nint step, T* y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Parallelism.Threads > 1 && (long)m * n > ParallelWork) AddTransposedParallel(m, n, alpha, A, row, x, step, y);
        else
            for (int j = 0; j < n; j += Strip) Vectors.AddCombination(alpha, x, step, A + j, row, m, y + j, Math.Min(Strip, n - j));
    }

    private static void AddParallel<T>(int m, int n, T alpha, T* A, nint row, T* x, T* y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int share = Math.Max(4, m / (4 * Parallelism.Threads) / 4 * 4);
        Parallelism.For((m + share - 1) / share, item => Rows(item * share, Math.Min(m, (item + 1) * share), n, alpha, A, row, x, y));
    }

    private static void AddTransposedParallel<T>(int m, int n, T alpha, T* A, nint row, T* x, nint step, T* y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int share = Math.Clamp(n / (4 * Parallelism.Threads) / 64 * 64, 64, 1024);
        Parallelism.For((n + share - 1) / share, item => Vectors.AddCombination(alpha, x, step, A + item * share, row, m, y + item * share, Math.Min(share, n - item * share)));
    }

    private static void Rows<T>(int first, int end, int n, T alpha, T* A, nint row, T* x, T* y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T* sums = stackalloc T[4];
        int i = first;
        for (; i <= end - 4; i += 4)
        {
            FourDots(A + i * row, row, x, n, sums);
            for (int r = 0; r < 4; r++) y[i + r] += alpha * sums[r];
        }
        for (; i < end; i++) y[i] += alpha * Vectors.Dot(A + i * row, x, n);
    }

    /// <summary>The products of four rows by x.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void FourDots<T>(T* a, nint row, T* x, int n, T* sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T* b = a + row, c = b + row, d = c + row;
        T s0 = T.Zero, s1 = T.Zero, s2 = T.Zero, s3 = T.Zero;
        int k = 0;
        if (Vector<T>.IsSupported)
        {
            int w = Vector<T>.Count;
            Vector<T> a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default, d0 = default, d1 = default;
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
            (s0, s1, s2, s3) = (Vector.Sum(a0 + a1), Vector.Sum(b0 + b1), Vector.Sum(c0 + c1), Vector.Sum(d0 + d1));
        }
        for (; k < n; k++)
        {
            s0 += a[k] * x[k];
            s1 += b[k] * x[k];
            s2 += c[k] * x[k];
            s3 += d[k] * x[k];
        }
        (sums[0], sums[1], sums[2], sums[3]) = (s0, s1, s2, s3);
    }
}
