using System.Numerics;

namespace Nabla.Numerics;

/// <summary>Matrices with names, and questions after special forms.</summary>
public static class SpecialMatrices
{
    /// <summary>The Hilbert matrix: entry (i, j) is 1 / (i + j + 1), counted from 0.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="n">The number of rows and columns.</param>
    public static NDArray<T> Hilbert<T>(int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Tabulate(n, n, (i, j) => T.One / T.CreateChecked(i + j + 1));

    /// <summary>The Toeplitz matrix with the given first column and first row, constant along its diagonals.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="column">The first column, a vector of m.</param>
    /// <param name="row">The first row, a vector of n; its first entry is not used. The column when null: a symmetric matrix.</param>
    /// <exception cref="ShapeException">An operand is not a vector.</exception>
    public static NDArray<T> Toeplitz<T>(NDArray<T> column, NDArray<T>? row = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        NDArray<T> down = MustBeVector(column), across = MustBeVector(row ?? column);
        return Tabulate(down.Shape[0], across.Shape[0], (i, j) => i >= j ? down[i - j] : across[j - i]);
    }

    /// <summary>The Vandermonde matrix: entry (i, j) is x[i]^j.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="x">A vector of m.</param>
    /// <param name="columns">The number of columns; m when negative.</param>
    /// <exception cref="ShapeException">x is not a vector.</exception>
    public static NDArray<T> Vandermonde<T>(NDArray<T> x, int columns = -1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int m = MustBeVector(x).Shape[0], n = columns < 0 ? m : columns;
        NDArray<T> result = NDArray<T>.Zeros(m, n);
        for (int i = 0; i < m; i++)
        {
            T power = T.One;
            for (int j = 0; j < n; j++, power *= x[i]) result[i, j] = power;
        }
        return result;
    }

    /// <summary>The permutation matrix that puts row <c>order[i]</c> of its operand into row i.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="order">A permutation of 0, 1, ..., n - 1.</param>
    /// <exception cref="ArgumentException">The order is not a permutation.</exception>
    public static NDArray<T> Permutation<T>(params ReadOnlySpan<int> order)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = order.Length;
        NDArray<T> result = NDArray<T>.Zeros(n, n);
        bool[] seen = new bool[n];
        for (int i = 0; i < n; i++)
        {
            if ((uint)order[i] >= (uint)n || seen[order[i]]) throw new ArgumentException($"The order must be a permutation of 0 to {n - 1}, but it is [{string.Join(", ", order.ToArray())}].", nameof(order));
            seen[order[i]] = true;
            result[i, order[i]] = T.One;
        }
        return result;
    }

    /// <summary>The entries on and below a diagonal, zeros elsewhere.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="A">A matrix.</param>
    /// <param name="diagonal">The last diagonal that is kept: 0 is the main one, positive ones lie above it.</param>
    /// <exception cref="ShapeException">A is not a matrix.</exception>
    public static NDArray<T> LowerTriangle<T>(NDArray<T> A, int diagonal = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Tabulate(A.Rows, A.Columns, (i, j) => j - i <= diagonal ? A[i, j] : T.Zero);

    /// <summary>The entries on and above a diagonal, zeros elsewhere.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="A">A matrix.</param>
    /// <param name="diagonal">The first diagonal that is kept: 0 is the main one, positive ones lie above it.</param>
    /// <exception cref="ShapeException">A is not a matrix.</exception>
    public static NDArray<T> UpperTriangle<T>(NDArray<T> A, int diagonal = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Tabulate(A.Rows, A.Columns, (i, j) => j - i >= diagonal ? A[i, j] : T.Zero);

    /// <summary>Whether all entries off the main diagonal are zero.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="A">A matrix.</param>
    /// <exception cref="ShapeException">A is not a matrix.</exception>
    public static bool IsDiagonal<T>(NDArray<T> A)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => All(A, (i, j) => i == j || A[i, j] == T.Zero);

    /// <summary>Whether all entries above the main diagonal are zero.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="A">A matrix.</param>
    /// <exception cref="ShapeException">A is not a matrix.</exception>
    public static bool IsLowerTriangular<T>(NDArray<T> A)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => All(A, (i, j) => j <= i || A[i, j] == T.Zero);

    /// <summary>Whether all entries below the main diagonal are zero.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="A">A matrix.</param>
    /// <exception cref="ShapeException">A is not a matrix.</exception>
    public static bool IsUpperTriangular<T>(NDArray<T> A)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => All(A, (i, j) => i <= j || A[i, j] == T.Zero);

    /// <summary>Whether all diagonals are constant.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="A">A matrix.</param>
    /// <exception cref="ShapeException">A is not a matrix.</exception>
    public static bool IsToeplitz<T>(NDArray<T> A)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => All(A, (i, j) => i == 0 || j == 0 || A[i, j] == A[i - 1, j - 1]);

    /// <summary>Whether a matrix is square with exactly one 1 in every row and column and zeros elsewhere.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="A">A matrix.</param>
    /// <exception cref="ShapeException">A is not a matrix.</exception>
    public static bool IsPermutation<T>(NDArray<T> A)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(A);
        if (A.Rows != A.Columns || !All(A, (i, j) => A[i, j] == T.Zero || A[i, j] == T.One)) return false;
        return Array.TrueForAll(A.Sum(0).ToArray(), x => x == T.One) && Array.TrueForAll(A.Sum(1).ToArray(), x => x == T.One);
    }

    /// <summary>Whether a matrix is square and its columns are orthonormal up to rounding: |A'A - I| is at most 10 n times the precision.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="A">A matrix.</param>
    /// <exception cref="ShapeException">A is not a matrix.</exception>
    public static bool IsOrthogonal<T>(NDArray<T> A)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(A);
        if (A.Rows != A.Columns) return false;
        NDArray<T> difference = NDArray.MatMul(A.Transpose(), A) - NDArray<T>.Identity(A.Rows);
        return difference.NormInf() <= T.CreateChecked(10 * Math.Max(A.Rows, 1)) * Precision<T>.Epsilon;
    }

    /// <summary>Whether a matrix is symmetric up to rounding and has a Cholesky factorisation.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="A">A matrix.</param>
    /// <exception cref="ShapeException">A is not a matrix.</exception>
    public static bool IsPositiveDefinite<T>(NDArray<T> A)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(A);
        if (A.Rows != A.Columns || !Array.TrueForAll(A.ToArray(), T.IsFinite)) return false;
        try
        {
            _ = new Cholesky<T>(A);
            return true;
        }
        catch (Exception failure) when (failure is NotPositiveDefiniteException or ArgumentException)
        {
            return false;
        }
    }

    private static NDArray<T> Tabulate<T>(int m, int n, Func<int, int, T> entry)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        NDArray<T> result = NDArray<T>.Zeros(m, n);
        for (int i = 0; i < m; i++)
            for (int j = 0; j < n; j++) result[i, j] = entry(i, j);
        return result;
    }

    private static bool All<T>(NDArray<T> A, Func<int, int, bool> condition)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(A);
        for (int i = 0; i < A.Rows; i++)
            for (int j = 0; j < A.Columns; j++)
                if (!condition(i, j)) return false;
        return true;
    }

    private static NDArray<T> MustBeVector<T>(NDArray<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Order == 1 ? x : throw new ShapeException($"The array must be a vector, but it is {Shape.Text(x.Shape)}.");
    }
}
