using System.Numerics;

namespace Nabla.Numerics;

/// <summary>Refines a least squares solution and its residual together, with residuals in twice the working precision.</summary>
/// <remarks>
/// Björck (1967), Iterative refinement of linear least squares solutions: the augmented system r + A x = b, A'r = 0 is corrected with the QR factorisation at hand, so that large residuals cost no digits.
/// Products are summed as in Ogita, Rump and Oishi (2005), Accurate sum and dot product.
/// </remarks>
internal static class LeastSquaresRefinement
{
    private const int Cap = 6;

    /// <summary>Improves x, of which QR is the factorisation with pivoting of A, m x n with rank n.</summary>
    internal static void Improve<T>(NDArray<T> A, QR<T> qr, T[] b, T[] x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int m = A.Rows, n = A.Columns;
        T[] a = A.ToArray(), r = new T[m], f = new T[m], g = new T[n], transposed = A.Transpose().ToArray();
        for (int i = 0; i < m; i++) r[i] = Residual(b[i], T.Zero, a.AsSpan(i * n, n), x);
        T last = T.PositiveInfinity;
        for (int step = 0; step < Cap; step++)
        {
            for (int i = 0; i < m; i++) f[i] = Residual(b[i], r[i], a.AsSpan(i * n, n), x);
            for (int j = 0; j < n; j++) g[j] = Residual(T.Zero, T.Zero, transposed.AsSpan(j * m, m), r);
            (T[] dr, T[] dx) = qr.SolveAugmented(f, g);
            T size = Reductions.Norm2<T>(dx);
            if (!(size < last / (T.One + T.One)) || !T.IsFinite(Reductions.Norm2<T>(dr))) return;
            last = size;
            for (int i = 0; i < m; i++) r[i] += dr[i];
            for (int j = 0; j < n; j++) x[j] += dx[j];
            if (size <= Precision<T>.Epsilon * Reductions.Norm2<T>(x) / (T.One + T.One)) return;
        }
    }

    /// <summary>b - r - a'x in twice the working precision, rounded once.</summary>
    private static T Residual<T>(T b, T r, ReadOnlySpan<T> a, ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T sum = b, error = T.Zero;
        Add(-r, ref sum, ref error);
        for (int k = 0; k < a.Length; k++)
        {
            T product = -a[k] * x[k];
            error += T.FusedMultiplyAdd(-a[k], x[k], -product);
            Add(product, ref sum, ref error);
        }
        return sum + error;
    }

    private static void Add<T>(T term, ref T sum, ref T error)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T next = sum + term, back = next - sum;
        error += (sum - (next - back)) + (term - back);
        sum = next;
    }
}
