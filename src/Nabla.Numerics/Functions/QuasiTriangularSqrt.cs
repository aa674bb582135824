using System.Numerics;

namespace Nabla.Numerics;

/// <summary>The principal square root of an upper quasi-triangular matrix, block by block.</summary>
/// <remarks>Higham (1987), Computing real square roots of a real matrix.</remarks>
internal static class QuasiTriangularSqrt
{
    internal static NDArray<T> Of<T>(NDArray<T> S, T[] re, T[] im)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = S.Rows;
        NDArray<T> X = NDArray<T>.Zeros(n, n);
        var starts = new List<int>();
        for (int i = 0; i < n; i += im[i] == T.Zero ? 1 : 2) starts.Add(i);
        T tolerance = T.CreateChecked(n) * Precision<T>.Epsilon * S.NormInf();
        for (int k = 0; k < starts.Count; k++) DiagonalBlock(S, X, starts[k], re[starts[k]], im[starts[k]], tolerance);
        for (int c = 1; c < starts.Count; c++)
            for (int r = c - 1; r >= 0; r--) OffDiagonalBlock(S, X, starts[r], Size(r), starts[c], Size(c));
        return X;

        int Size(int k) => (k + 1 < starts.Count ? starts[k + 1] : n) - starts[k];
    }

    private static void DiagonalBlock<T>(NDArray<T> S, NDArray<T> X, int i, T re, T im, T tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T two = T.One + T.One;
        if (im == T.Zero)
        {
            if (re < -tolerance)
                throw new ArithmeticException($"The {S.Rows} x {S.Rows} matrix has no real principal square root, because it has the negative eigenvalue {re:G6}.");
            X[i, i] = T.Sqrt(T.Max(re, T.Zero));
            return;
        }
        T modulus = T.Hypot(re, im);
        T alpha = re >= T.Zero ? T.Sqrt((modulus + re) / two) : T.Abs(im) / T.Sqrt(two * (modulus - re));
        for (int r = 0; r < 2; r++)
            for (int c = 0; c < 2; c++) X[i + r, i + c] = (S[i + r, i + c] - (r == c ? re : T.Zero)) / (two * alpha) + (r == c ? alpha : T.Zero);
    }

    /// <summary>Solves X[r, r] Y + Y X[c, c] = S[r, c] - sum of X[r, k] X[k, c] over the blocks between, as a system of at most four equations.</summary>
    private static void OffDiagonalBlock<T>(NDArray<T> S, NDArray<T> X, int r, int rows, int c, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int size = rows * columns;
        NDArray<T> M = NDArray<T>.Zeros(size, size), b = NDArray<T>.Zeros(size);
        for (int p = 0; p < rows; p++)
        {
            for (int q = 0; q < columns; q++)
            {
                int equation = p * columns + q;
                T sum = S[r + p, c + q];
                for (int k = r + rows; k < c; k++) sum -= X[r + p, k] * X[k, c + q];
                b[equation] = sum;
                for (int k = 0; k < rows; k++) M[equation, k * columns + q] += X[r + p, r + k];
                for (int k = 0; k < columns; k++) M[equation, p * columns + k] += X[c + k, c + q];
            }
        }
        if (b.NormInf() == T.Zero) return;
        NDArray<T> y;
        try
        {
            y = LinearAlgebra.Solve(M, b);
        }
        catch (SingularMatrixException)
        {
            throw new ArithmeticException($"The {S.Rows} x {S.Rows} matrix has no square root that can be computed: 0 is an eigenvalue with too few eigenvectors.");
        }
        for (int p = 0; p < rows; p++)
            for (int q = 0; q < columns; q++) X[r + p, c + q] = y[p * columns + q];
    }
}
