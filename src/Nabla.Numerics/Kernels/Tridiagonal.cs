using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla.Numerics;

/// <summary>Reduces a symmetric matrix to tridiagonal form and finds the eigenvalues of that.</summary>
internal static unsafe class Tridiagonal
{
    private const int Cap = 60;

    /// <summary>Reduces the symmetric a (n x n, its upper triangle is used and overwritten) to the diagonal d and off-diagonal e; z becomes the transpose of the orthogonal factor.</summary>
    internal static void Reduce<T>(T* a, int n, T* d, T* e, T* z)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] taus = new T[n], products = new T[2 * n];
        fixed (T* p = products)
        {
            T* w = p, previousW = p + n, previousV = null;
            for (int k = 0; k < n; k++)
            {
                // The update of the step before is still to be done: first in this row, then in the others on the way through them.
                T* row = a + (long)k * n;
                if (previousV != null)
                {
                    Vectors.Axpy(-previousV[0], previousW, row + k, n - k);
                    Vectors.Axpy(-previousW[0], previousV, row + k, n - k);
                }
                d[k] = row[k];
                if (k == n - 1) break;
                T* v = row + k + 1;
                int size = n - k - 1;
                (taus[k], e[k]) = Reflector.Make(v, size);
                UpdateAndMultiply(a + (long)(k + 1) * n + k + 1, n, size, previousV == null ? null : previousV + 1, previousW + 1, v, w);
                for (int i = 0; i < size; i++) w[i] *= taus[k];
                Vectors.Axpy(-taus[k] * Vectors.Dot(w, v, size) / (T.One + T.One), v, w, size);
                T* other = previousW;
                previousW = w;
                w = other;
                previousV = v;
            }
        }
        if (z == null) return;
        if (n > 0) z[0] = T.One;
        if (n > 1) BlockReflector<T>.Accumulate(a + 1, n, n - 1, taus.AsSpan(0, n - 1), z + n + 1, n, n - 1);
    }

    /// <summary>The implicit QL iteration: d becomes the eigenvalues, unsorted, and the rows of z are rotated along.</summary>
    internal static void Iterate<T>(int n, T* d, T* e, T* z)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T two = T.One + T.One, norm = T.Zero;
        for (int i = 0; i < n; i++) norm = T.Max(norm, T.Max(T.Abs(d[i]), i < n - 1 ? T.Abs(e[i]) : T.Zero));
        if (n > 0) e[n - 1] = T.Zero;
        var rotations = new RotationBatch<T>(z, n);
        for (int l = 0; l < n; l++)
        {
            for (int step = 0; ; step++)
            {
                int m = l;
                for (; m < n - 1; m++)
                {
                    T size = T.Abs(e[m]), near = T.Sqrt(T.Abs(d[m])) * T.Sqrt(T.Abs(d[m + 1]));
                    if (size <= Precision<T>.Epsilon * near || size <= Precision<T>.SafeMinimum) break;
                    if (step > 20 && size <= Precision<T>.Epsilon * norm) break;
                }
                if (m == l) break;
                if (step == Cap) throw new ConvergenceException($"The QL iteration for the eigenvalues of a {n} x {n} matrix did not converge in {Cap} steps.");
                T g = (d[l + 1] - d[l]) / (two * e[l]);
                g = d[m] - d[l] + e[l] / (g + T.CopySign(T.Hypot(g, T.One), g));
                T s = T.One, c = T.One, p = T.Zero;
                int i = m - 1;
                rotations.Begin(l, m, down: false);
                for (; i >= l; i--)
                {
                    T b = c * e[i];
                    (c, s, T r) = Reflector.Rotation(g, s * e[i]);
                    e[i + 1] = r;
                    if (r == T.Zero)
                    {
                        d[i + 1] -= p;
                        break;
                    }
                    g = d[i + 1] - p;
                    r = (d[i] - g) * s + two * c * b;
                    p = s * r;
                    d[i + 1] = g + p;
                    g = c * r - b;
                    rotations.Set(i, c, -s);
                }
                e[m] = T.Zero;
                if (i >= l) continue;
                d[l] -= p;
                e[l] = g;
            }
        }
        rotations.Apply();
    }

    /// <summary>A -= v w' + w v' and p = A x for a symmetric A of which the upper triangle is stored, each entry read once; v is null when there is nothing to subtract.</summary>
    private static void UpdateAndMultiply<T>(T* A, int stride, int n, T* v, T* w, T* x, T* p)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        new Span<T>(p, n).Clear();
        T* sums = stackalloc T[2];
        int i = 0;
        for (; i < n - 1; i += 2)
        {
            T* row = A + (long)i * stride, next = row + stride;
            T v0 = v == null ? T.Zero : v[i], w0 = v == null ? T.Zero : w[i], v1 = v == null ? T.Zero : v[i + 1], w1 = v == null ? T.Zero : w[i + 1];
            row[i] -= v0 * w0 + w0 * v0;
            row[i + 1] -= v0 * w1 + w0 * v1;
            next[i + 1] -= v1 * w1 + w1 * v1;
            int rest = n - i - 2, from = i + 2;
            if (v == null) MultiplyTwo(row + from, next + from, x + from, p + from, x[i], x[i + 1], rest, sums);
            else UpdateTwo(row + from, next + from, v + from, w + from, x + from, p + from, v0, w0, v1, w1, x[i], x[i + 1], rest, sums);
            p[i] += row[i] * x[i] + row[i + 1] * x[i + 1] + sums[0];
            p[i + 1] += row[i + 1] * x[i] + next[i + 1] * x[i + 1] + sums[1];
        }
        if (i == n) return;
        T* last = A + (long)i * stride + i;
        if (v != null) *last -= v[i] * w[i] + w[i] * v[i];
        p[i] += *last * x[i];
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void UpdateTwo<T>(T* row, T* next, T* v, T* w, T* x, T* p, T v0, T w0, T v1, T w1, T x0, T x1, int n, T* sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int j = 0, width = Vector<T>.Count;
        T sum0 = T.Zero, sum1 = T.Zero;
        if (Vector<T>.IsSupported)
        {
            Vector<T> a0 = new(-v0), b0 = new(-w0), a1 = new(-v1), b1 = new(-w1), c0 = new(x0), c1 = new(x1), s0 = default, s1 = default;
            for (; j <= n - width; j += width)
            {
                Vector<T> vj = Vector.Load(v + j), wj = Vector.Load(w + j), xj = Vector.Load(x + j);
                Vector<T> r0 = Vectors.MultiplyAdd(b0, vj, Vectors.MultiplyAdd(a0, wj, Vector.Load(row + j)));
                Vector<T> r1 = Vectors.MultiplyAdd(b1, vj, Vectors.MultiplyAdd(a1, wj, Vector.Load(next + j)));
                r0.Store(row + j);
                r1.Store(next + j);
                s0 = Vectors.MultiplyAdd(r0, xj, s0);
                s1 = Vectors.MultiplyAdd(r1, xj, s1);
                Vectors.MultiplyAdd(c1, r1, Vectors.MultiplyAdd(c0, r0, Vector.Load(p + j))).Store(p + j);
            }
            (sum0, sum1) = (Vector.Sum(s0), Vector.Sum(s1));
        }
        for (; j < n; j++)
        {
            row[j] -= v0 * w[j] + w0 * v[j];
            next[j] -= v1 * w[j] + w1 * v[j];
            sum0 += row[j] * x[j];
            sum1 += next[j] * x[j];
            p[j] += x0 * row[j] + x1 * next[j];
        }
        (sums[0], sums[1]) = (sum0, sum1);
    }

    private static void MultiplyTwo<T>(T* row, T* next, T* x, T* p, T x0, T x1, int n, T* sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (sums[0], sums[1]) = (Vectors.Dot(row, x, n), Vectors.Dot(next, x, n));
        Vectors.Axpy(x0, row, p, n);
        Vectors.Axpy(x1, next, p, n);
    }
}
