using System.Numerics;

namespace Nabla.Numerics;

public static partial class SpecialMatrices
{
    /// <summary>All special forms that a matrix has, entry by entry; orthogonality and definiteness up to rounding.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="A">A matrix.</param>
    /// <exception cref="ShapeException">A is not a matrix.</exception>
    public static MatrixForms FormsOf<T>(NDArray<T> A)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        MatrixForms forms = MatrixForms.None;
        Note(All(A, (i, j) => A[i, j] == T.Zero), MatrixForms.Zero);
        Note(IsIdentity(A), MatrixForms.Identity);
        Note(IsDiagonal(A), MatrixForms.Diagonal);
        Note(IsLowerTriangular(A), MatrixForms.LowerTriangular);
        Note(IsUpperTriangular(A), MatrixForms.UpperTriangular);
        Note(LinearAlgebra.IsSymmetric(A), MatrixForms.Symmetric);
        Note(IsOrthogonal(A), MatrixForms.Orthogonal);
        Note(IsPositiveDefinite(A), MatrixForms.PositiveDefinite);
        Note(IsPermutation(A), MatrixForms.Permutation);
        Note(IsToeplitz(A), MatrixForms.Toeplitz);
        Note(IsVandermonde(A), MatrixForms.Vandermonde);
        Note(IsHilbert(A), MatrixForms.Hilbert);
        return forms;

        void Note(bool holds, MatrixForms form) => forms |= holds ? form : MatrixForms.None;
    }

    /// <summary>Whether a matrix is square with ones on the main diagonal and zeros elsewhere.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="A">A matrix.</param>
    /// <exception cref="ShapeException">A is not a matrix.</exception>
    public static bool IsIdentity<T>(NDArray<T> A)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => All(A, (i, j) => A[i, j] == (i == j ? T.One : T.Zero)) && A.Rows == A.Columns;

    /// <summary>Whether every row holds the powers 0, 1, 2, ... of one number, up to rounding; a matrix of fewer than two columns does so when it holds ones.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="A">A matrix.</param>
    /// <exception cref="ShapeException">A is not a matrix.</exception>
    public static bool IsVandermonde<T>(NDArray<T> A)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => All(A, (i, j) => j == 0 ? A[i, 0] == T.One : Agree(A[i, j], A[i, j - 1] * A[i, 1], j));

    /// <summary>Whether a matrix is square and entry (i, j), counted from 0, is 1 / (i + j + 1) up to rounding.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="A">A matrix.</param>
    /// <exception cref="ShapeException">A is not a matrix.</exception>
    public static bool IsHilbert<T>(NDArray<T> A)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => All(A, (i, j) => Agree(A[i, j], T.One / T.CreateChecked(i + j + 1), 1)) && A.Rows == A.Columns;

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

    private static bool All<T>(NDArray<T> A, Func<int, int, bool> condition)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(A);
        for (int i = 0; i < A.Rows; i++)
            for (int j = 0; j < A.Columns; j++)
                if (!condition(i, j)) return false;
        return true;
    }

    private static bool Agree<T>(T x, T y, int roundings)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Abs(x - y) <= T.CreateChecked(roundings) * Precision<T>.Epsilon * T.Abs(y);
}
