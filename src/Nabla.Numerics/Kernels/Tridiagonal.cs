using System.Numerics;

namespace Nabla.Numerics;

/// <summary>Reduces a symmetric matrix to tridiagonal form and finds the eigenvalues of that.</summary>
/// <remarks>The reduction by panels, half of its work in matrix products: Dongarra, Hammarling and Sorensen (1989), Block reduction of matrices to condensed forms for eigenvalue computations.</remarks>
internal static unsafe class Tridiagonal
{
    private const int Cap = 60;
    private const int Panel = 32;

    /// <summary>Reduces the symmetric a (n x n, its upper triangle is used and overwritten) to the diagonal d and off-diagonal e; reflector k with its factor taus[k] is left behind the diagonal of row k.</summary>
    internal static void Reduce<T>(T* a, int n, T* d, T* e, T[] taus)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] updates = LargePages.Uninitialised<T>(4 * Panel * n), inner = new T[2 * Panel];
        fixed (T* left = updates, c = inner)
        {
            // Rows 2p and 2p + 1 are the vectors v, w of step p on the left, w, v on the right: the matrix is what is stored minus their products.
            T* right = left + 2 * Panel * (nint)n;
            for (int first = 0; first < n; first += Panel)
            {
                int end = Math.Min(n, first + Panel);
                for (int k = first; k < end; k++)
                {
                    int done = 2 * (k - first), size = n - k - 1;
                    T* row = a + (nint)k * n, v = row + k + 1;
                    Vectors.AddCombination(-T.One, left + k, n, right + k, n, done, row + k, n - k);
                    d[k] = row[k];
                    if (size == 0) return;
                    (taus[k], e[k]) = Reflector.Make(v, size);
                    T* w = right + (nint)done * n + k + 1;
                    Symv.Set(a + (nint)(k + 1) * n + k + 1, n, size, v, w);
                    MatrixVector<T>.OfThread.Multiply(done, size, -T.One, right + k + 1, n, 1, v, 1, c, 1, adds: false);
                    Vectors.AddCombination(T.One, c, 1, left + k + 1, n, done, w, size);
                    Vectors.Scale(taus[k], w, size);
                    Vectors.Axpy(-taus[k] * Vectors.Dot(w, v, size) / (T.One + T.One), v, w, size);
                    var step = new ReadOnlySpan<T>(v, size);
                    step.CopyTo(new Span<T>(left + (nint)done * n + k + 1, size));
                    step.CopyTo(new Span<T>(w + n, size));
                    new ReadOnlySpan<T>(w, size).CopyTo(new Span<T>(left + (nint)(done + 1) * n + k + 1, size));
                }
                Gemm.AddUpper(n - end, 2 * (end - first), -T.One, left + end, 1, n, right + end, n, 1, a + (nint)end * (n + 1), n);
            }
        }
    }

    /// <summary>The implicit QL iteration: d becomes the eigenvalues, unsorted, and rows are rotated along.</summary>
    internal static void Iterate<T>(int n, T* d, T* e, RotationBatch<T> rotations)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T two = T.One + T.One, norm = T.Zero, inverse = T.One / Precision<T>.Epsilon;
        for (int i = 0; i < n; i++) norm = T.Max(norm, T.Max(T.Abs(d[i]), i < n - 1 ? T.Abs(e[i]) : T.Zero));
        if (n > 0) e[n - 1] = T.Zero;
        for (int l = 0; l < n; l++)
        {
            for (int step = 0; ; step++)
            {
                int m = l;
                for (; m < n - 1; m++)
                {
                    T size = T.Abs(e[m]), ratio = size * inverse;
                    if (ratio * ratio <= T.Abs(d[m] * d[m + 1]) || size <= Precision<T>.SafeMinimum) break;
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
}
