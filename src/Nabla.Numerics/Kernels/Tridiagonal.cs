using System.Numerics;

namespace Nabla.Numerics;

/// <summary>Reduces a symmetric matrix to tridiagonal form and finds the eigenvalues of that.</summary>
internal static unsafe class Tridiagonal
{
    private const int Cap = 60;

    /// <summary>Reduces the symmetric a (n x n, its upper triangle is used and overwritten) to the diagonal d and off-diagonal e; z becomes the transpose of the orthogonal factor.</summary>
    internal static void Reduce<T>(T* a, int n, T* d, T* e, T* z)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] taus = new T[n], work = new T[n];
        fixed (T* p = work)
        {
            for (int k = 0; k < n; k++)
            {
                T* row = a + (long)k * n;
                d[k] = row[k];
                if (k == n - 1) break;
                T* v = row + k + 1;
                int size = n - k - 1;
                (taus[k], e[k]) = Reflector.Make(v, size);
                if (taus[k] == T.Zero) continue;
                T* trailing = a + (long)(k + 1) * n + k + 1;
                Multiply(trailing, n, size, v, p);
                for (int i = 0; i < size; i++) p[i] *= taus[k];
                Vectors.Axpy(-taus[k] * Vectors.Dot(p, v, size) / (T.One + T.One), v, p, size);
                for (int i = 0; i < size; i++)
                {
                    T* target = trailing + (long)i * n + i;
                    Vectors.Axpy(-v[i], p + i, target, size - i);
                    Vectors.Axpy(-p[i], v + i, target, size - i);
                }
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

    /// <summary>p = A v for a symmetric A of which the upper triangle is stored; each entry is read once.</summary>
    private static void Multiply<T>(T* A, int stride, int n, T* v, T* p)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        new Span<T>(p, n).Clear();
        for (int i = 0; i < n; i++)
        {
            T* row = A + (long)i * stride;
            p[i] += row[i] * v[i] + Vectors.Dot(row + i + 1, v + i + 1, n - i - 1);
            Vectors.Axpy(v[i], row + i + 1, p + i + 1, n - i - 1);
        }
    }
}
