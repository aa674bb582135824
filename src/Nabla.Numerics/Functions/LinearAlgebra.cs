using System.Numerics;

namespace Nabla.Numerics;

/// <summary>The functions of linear algebra: solutions, inverses, ranks, bases of subspaces, norms.</summary>
/// <remarks>The factorisations behind them, for repeated use: <see cref="LU{T}"/>, <see cref="Cholesky{T}"/>, <see cref="QR{T}"/>, <see cref="SymmetricEigen{T}"/>, <see cref="Eigen{T}"/>, <see cref="SVD{T}"/>, <see cref="Schur{T}"/>.</remarks>
public static partial class LinearAlgebra
{
    /// <summary>The solution X of A X = B by LU with partial pivoting.</summary>
    /// <remarks>Rows that differ much in size compete for the pivots in relation to their own sizes. Into a given X, nothing is allocated for n and k up to 32 unless A is nearly singular; for larger systems see <see cref="LU{T}.Factor(NDArray{T})"/>.</remarks>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="A">A square n x n matrix.</param>
    /// <param name="B">A vector of n or a matrix of n x k.</param>
    /// <param name="X">The array that takes the solution, of the shape of B; a new one when null. It may be B.</param>
    /// <exception cref="ShapeException">A is not square, or B or X does not fit.</exception>
    /// <exception cref="SingularMatrixException">A is singular to working precision.</exception>
    /// <exception cref="NotFiniteNumberException">An entry of A is infinite or not a number.</exception>
    public static unsafe NDArray<T> Solve<T>(NDArray<T> A, NDArray<T> B, NDArray<T>? X = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = Square(A).Rows;
        if (n is 0 or > SmallSystem.LargestOrder || !Vector<T>.IsSupported) return new LU<T>(A, scalesRows: true).Solve(B, X);
        int width = RightSides(B, n, n), xColumn = 0;
        if (width > SmallSystem.LargestWidth) return new LU<T>(A, scalesRows: true).Solve(B, X);
        NDArray<T> result = X is null ? NDArray<T>.Uninitialised(B.Shape.ToArray()) : MustTake(X, B);
        if (B.Order == 2) xColumn = result.Strides[1];
        fixed (T* a = A.Data, b = B.Data, x = result.Data)
            if (SmallSystem.TrySolve(n, width, a + A.Offset, A.Strides[0], A.Strides[1], b + B.Offset, B.Strides[0], B.Order == 2 ? B.Strides[1] : 0, x + result.Offset, result.Strides[0], xColumn)) return result;
        return new LU<T>(A, scalesRows: true).Solve(B, X);
    }

    /// <summary>The solution X of A X = B for a triangular A, by substitution: the other triangle is not read.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="A">A square n x n matrix.</param>
    /// <param name="B">A vector of n or a matrix of n x k.</param>
    /// <param name="lower">Whether the lower triangle is meant, else the upper one.</param>
    /// <param name="unitDiagonal">Whether the diagonal entries count as 1, whatever they are.</param>
    /// <exception cref="ShapeException">A is not square, or B does not fit.</exception>
    /// <exception cref="SingularMatrixException">A diagonal entry is 0.</exception>
    /// <exception cref="NotFiniteNumberException">An entry of A is infinite or not a number.</exception>
    public static unsafe NDArray<T> SolveTriangular<T>(NDArray<T> A, NDArray<T> B, bool lower, bool unitDiagonal = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = Square(A).MustBeFinite().Rows, columns = RightSides(B, n, n);
        for (int i = 0; i < n && !unitDiagonal; i++)
            if (A[i, i] == T.Zero) throw new SingularMatrixException($"The {n} x {n} triangular matrix is singular: entry [{i}, {i}] is 0.");
        NDArray<T> X = B.Copy();
        fixed (T* a = A.Data, x = X.Data) Triangular.SolveLeft(lower, unitDiagonal, n, a + A.Offset, A.Strides[0], A.Strides[1], x, columns, columns);
        return X;
    }

    /// <summary>The inverse of a square matrix; that of a matrix that equals its transpose to the last bit equals its own.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="A">A square matrix.</param>
    /// <exception cref="ShapeException">A is not square.</exception>
    /// <exception cref="SingularMatrixException">A is singular to working precision.</exception>
    /// <exception cref="NotFiniteNumberException">An entry is infinite or not a number.</exception>
    public static NDArray<T> Inverse<T>(NDArray<T> A)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        NDArray<T> I = NDArray<T>.Identity(Square(A).Rows), X = Solve(A, I, I);
        return IsSymmetric(A) ? (X + X.Transpose()) * (T.One / (T.One + T.One)) : X;
    }

    /// <summary>The determinant of a square matrix; 1 for an empty one.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="A">A square matrix.</param>
    /// <exception cref="ShapeException">A is not square.</exception>
    /// <exception cref="NotFiniteNumberException">An entry is infinite or not a number.</exception>
    public static T Determinant<T>(NDArray<T> A)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new LU<T>(Square(A)).Determinant;

    /// <summary>The X of least Euclidean norm among those that minimise the norm of A X - B, column by column, for A of any shape and rank.</summary>
    /// <remarks>By QR with pivoting of the matrix with columns scaled to norm 1 where that has full rank, so that badly scaled columns cost no digits, refined in twice the working precision where that helps (Björck 1967); else by the singular value decomposition.</remarks>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="A">An m x n matrix.</param>
    /// <param name="B">A vector of m or a matrix of m x k.</param>
    /// <exception cref="ShapeException">A is not a matrix, or B does not fit.</exception>
    /// <exception cref="NotFiniteNumberException">An entry of A or B is infinite or not a number.</exception>
    public static NDArray<T> LeastSquares<T>(NDArray<T> A, NDArray<T> B)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(A);
        ArgumentNullException.ThrowIfNull(B);
        int m = A.Rows, n = A.Columns;
        RightSides(B, m, n);
        B.MustBeFinite();
        if (m < n || n == 0) return new SVD<T>(A).Solve(B);
        NDArray<T> scaled = A.MustBeFinite().Copy();
        int[] exponents = new int[n];
        for (int j = 0; j < n; j++)
        {
            T norm = A.Column(j).Norm2();
            if (norm == T.Zero) continue;
            exponents[j] = -T.ILogB(norm);
            for (int i = 0; i < m; i++) scaled[i, j] = T.ScaleB(scaled[i, j], exponents[j]);
        }
        var qr = new QR<T>(scaled, pivoting: true);
        if (qr.Rank < n) return new SVD<T>(A).Solve(B);
        NDArray<T> X = qr.Solve(B);
        if (qr.DiagonalRatio > Precision<T>.Number(100)) Refine(scaled, qr, B, X);
        NDArray<T> columns = X.Reshape(n, B.Order == 2 ? B.Shape[1] : 1);
        for (int j = 0; j < n; j++)
            for (int c = 0; c < columns.Columns; c++) columns[j, c] = T.ScaleB(columns[j, c], exponents[j]);
        return X;
    }

    /// <summary>The rank: the number of singular values above max(m, n) times the precision times the largest.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="A">A matrix.</param>
    /// <exception cref="ShapeException">A is not a matrix.</exception>
    /// <exception cref="NotFiniteNumberException">An entry is infinite or not a number.</exception>
    public static int Rank<T>(NDArray<T> A)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new SVD<T>(A, withVectors: false).Rank;

    /// <summary>The pseudo-inverse of Moore and Penrose, n x m for an m x n matrix.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="A">A matrix.</param>
    /// <exception cref="ShapeException">A is not a matrix.</exception>
    /// <exception cref="NotFiniteNumberException">An entry is infinite or not a number.</exception>
    public static NDArray<T> PseudoInverse<T>(NDArray<T> A)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new SVD<T>(A).PseudoInverse();

    /// <summary>The condition number for the Euclidean norm: the largest singular value over the smallest; infinite for a singular matrix.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="A">A matrix.</param>
    /// <exception cref="ShapeException">A is not a matrix.</exception>
    /// <exception cref="NotFiniteNumberException">An entry is infinite or not a number.</exception>
    public static T Condition<T>(NDArray<T> A)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new SVD<T>(A, withVectors: false).Condition;

    /// <summary>An orthonormal basis of the null space of A, the columns of an n x (n - rank) matrix, which may have no columns.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="A">An m x n matrix.</param>
    /// <exception cref="ShapeException">A is not a matrix.</exception>
    /// <exception cref="NotFiniteNumberException">An entry is infinite or not a number.</exception>
    public static NDArray<T> NullSpace<T>(NDArray<T> A)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var svd = new SVD<T>(A, full: true);
        return svd.V.Slice(.., svd.Rank..).Copy();
    }

    /// <summary>An orthonormal basis of the column space of A, the columns of an m x rank matrix, which may have no columns.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="A">An m x n matrix.</param>
    /// <exception cref="ShapeException">A is not a matrix.</exception>
    /// <exception cref="NotFiniteNumberException">An entry is infinite or not a number.</exception>
    public static NDArray<T> ColumnSpace<T>(NDArray<T> A)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var svd = new SVD<T>(A);
        return svd.U.Slice(.., ..svd.Rank).Copy();
    }

    /// <summary>A norm of a matrix.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="A">A matrix.</param>
    /// <param name="norm">Which norm.</param>
    /// <exception cref="ShapeException">A is not a matrix.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such norm.</exception>
    /// <exception cref="NotFiniteNumberException">An entry is infinite or not a number, for the spectral and nuclear norms.</exception>
    public static T Norm<T>(NDArray<T> A, MatrixNorm norm)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(A);
        A.MustBeMatrix();
        if (A.Count == 0) return T.Zero;
        return norm switch
        {
            MatrixNorm.One => A.Map(T.Abs).Sum(0).Max(),
            MatrixNorm.Infinity => A.Map(T.Abs).Sum(1).Max(),
            MatrixNorm.Frobenius => A.Norm2(),
            MatrixNorm.Spectral => new SVD<T>(A, withVectors: false).S[0],
            MatrixNorm.Nuclear => new SVD<T>(A, withVectors: false).S.Sum(),
            _ => throw new ArgumentOutOfRangeException(nameof(norm), norm, "There is no such norm."),
        };
    }

    /// <summary>Whether a matrix is square and equal to its transpose, entry by entry.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="A">A matrix.</param>
    /// <exception cref="ShapeException">A is not a matrix.</exception>
    public static bool IsSymmetric<T>(NDArray<T> A)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(A);
        if (A.Rows != A.Columns) return false;
        for (int i = 0; i < A.Rows; i++)
            for (int j = 0; j < i; j++)
                if (A[i, j] != A[j, i]) return false;
        return true;
    }

    private static void Refine<T>(NDArray<T> A, QR<T> qr, NDArray<T> B, NDArray<T> X)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        NDArray<T> right = B.Reshape(A.Rows, -1), solutions = X.Reshape(A.Columns, -1);
        for (int c = 0; c < right.Columns; c++)
        {
            T[] x = solutions.Column(c).ToArray();
            LeastSquaresRefinement.Improve(A, qr, right.Column(c).ToArray(), x);
            for (int j = 0; j < x.Length; j++) solutions[j, c] = x[j];
        }
    }

    /// <summary>The number of right sides of a system with a matrix of m x n, each of m.</summary>
    internal static int RightSides<T>(NDArray<T> B, int m, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(B);
        if (B.Order is not (1 or 2) || B.Shape[0] != m)
            throw new ShapeException($"The right side of a system with a {m} x {n} matrix must have {m} rows, but it is {Shape.Text(B.Shape)}.");
        return B.Order == 2 ? B.Shape[1] : 1;
    }

    /// <summary>The array that is to take the solution for B: of its shape, and B itself or apart from it.</summary>
    internal static NDArray<T> MustTake<T>(NDArray<T> X, NDArray<T> B)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!X.Shape.SequenceEqual(B.Shape)) throw new ShapeException($"The solution must have the shape of the right side, {Shape.Text(B.Shape)}, but it is {Shape.Text(X.Shape)}.");
        return X.MustBeWritable();
    }

    private static NDArray<T> Square<T>(NDArray<T> A)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(A);
        return A.MustBeSquare();
    }
}
