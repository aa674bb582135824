namespace Nabla.Numerics;

/// <summary>Linear algebra in exact fractions: determinants, inverses, independence, bases and changes of basis.</summary>
public static class ExactLinearAlgebra
{
    /// <summary>The determinant by elimination: the product of the pivots, with a sign for each exchange of rows; 1 for an empty matrix.</summary>
    /// <param name="A">A square matrix.</param>
    /// <exception cref="ShapeException">The matrix is not square.</exception>
    public static Rational Determinant(ExactMatrix A)
    {
        MustBeSquare(A);
        var reduction = new ExactRowReduction(A.ToArray(), reduced: false);
        if (reduction.Rank < A.Rows) return 0;
        Rational product = reduction.Operations.Count(o => o.Kind == RowOperationKind.Exchange) % 2 == 0 ? 1 : -1;
        Rational[,] form = reduction.Form;
        for (int i = 0; i < A.Rows; i++) product *= form[i, i];
        return product;
    }

    /// <summary>The cofactors: entry (i, j) is (-1)^(i + j) times the determinant without row i and column j.</summary>
    /// <param name="A">A square matrix with at least one row.</param>
    /// <exception cref="ShapeException">The matrix is not square, or is empty.</exception>
    public static ExactMatrix Cofactors(ExactMatrix A)
    {
        MustBeSquare(A);
        if (A.Rows == 0) throw new ShapeException("The matrix must have rows, but it is 0 x 0.");
        return ExactMatrix.Tabulate(A.Rows, A.Rows, (i, j) => ((i + j) % 2 == 0 ? 1 : -1) * Determinant(A.Without(i, j)));
    }

    /// <summary>The terms of the expansion of the determinant along a row: entry times cofactor. Their sum is the determinant. Laplace (1772).</summary>
    /// <param name="A">A square matrix with at least one row.</param>
    /// <param name="row">The row, counted from 0.</param>
    /// <exception cref="ShapeException">The matrix is not square, or is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public static IReadOnlyList<(Rational Entry, Rational Cofactor)> CofactorExpansion(ExactMatrix A, int row)
    {
        MustBeSquare(A);
        if ((uint)row >= (uint)A.Rows) throw new ArgumentOutOfRangeException(nameof(row), $"There is no row {row} in a {A.Rows} x {A.Columns} matrix.");
        return [.. Enumerable.Range(0, A.Rows).Select(j => (A[row, j], ((row + j) % 2 == 0 ? 1 : -1) * Determinant(A.Without(row, j))))];
    }

    /// <summary>The reduction of [A, I] to [I, inverse of A] with its operations: the inverse of Gauss and Jordan.</summary>
    /// <param name="A">A square matrix.</param>
    /// <exception cref="ShapeException">The matrix is not square.</exception>
    public static ExactRowReduction InverseReduction(ExactMatrix A)
    {
        MustBeSquare(A);
        return new ExactRowReduction(A.Beside(ExactMatrix.Identity(A.Rows)).ToArray(), reduced: true, pivotColumns: A.Rows);
    }

    /// <summary>The inverse.</summary>
    /// <param name="A">A square matrix.</param>
    /// <exception cref="ShapeException">The matrix is not square.</exception>
    /// <exception cref="SingularMatrixException">The matrix is singular.</exception>
    public static ExactMatrix Inverse(ExactMatrix A)
    {
        ExactRowReduction reduction = InverseReduction(A);
        if (reduction.Rank < A.Rows) throw new SingularMatrixException($"The {A.Rows} x {A.Rows} matrix is singular: its rank is {reduction.Rank}.");
        return new ExactMatrix(reduction.Form).SelectColumns([.. Enumerable.Range(A.Rows, A.Rows)]);
    }

    /// <summary>The rank.</summary>
    /// <param name="A">A matrix.</param>
    public static int Rank(ExactMatrix A)
    {
        ArgumentNullException.ThrowIfNull(A);
        return new ExactRowReduction(A.ToArray(), reduced: false).Rank;
    }

    /// <summary>Whether the columns are linearly independent.</summary>
    /// <param name="vectors">The vectors, as columns.</param>
    public static bool AreIndependent(ExactMatrix vectors)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        return Rank(vectors) == vectors.Columns;
    }

    /// <summary>Whether the columns generate all of R^m.</summary>
    /// <param name="vectors">The vectors, as columns of length m.</param>
    public static bool Generate(ExactMatrix vectors)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        return Rank(vectors) == vectors.Rows;
    }

    /// <summary>Whether the columns are a basis of R^m.</summary>
    /// <param name="vectors">The vectors, as columns of length m.</param>
    public static bool AreBasis(ExactMatrix vectors) => AreIndependent(vectors) && Generate(vectors);

    /// <summary>A combination of the columns that is zero though not all coefficients are; null when they are independent.</summary>
    /// <param name="vectors">The vectors, as columns.</param>
    public static ExactMatrix? Dependence(ExactMatrix vectors)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        ExactMatrix directions = new SolutionSet(vectors, ExactMatrix.Tabulate(vectors.Rows, 1, (_, _) => 0)).Directions!;
        return directions.Columns == 0 ? null : directions.SelectColumns([0]);
    }

    /// <summary>The matrix C⁻¹ B that turns coordinates in the basis B into coordinates in the basis C.</summary>
    /// <param name="B">A basis of R^n, as columns.</param>
    /// <param name="C">A basis of R^n, as columns.</param>
    /// <exception cref="ShapeException">The bases are not square matrices of the same shape.</exception>
    /// <exception cref="SingularMatrixException">C is not a basis, or B is not.</exception>
    public static ExactMatrix ChangeOfBasis(ExactMatrix B, ExactMatrix C)
    {
        MustBeSquare(B);
        if (!AreIndependent(B)) throw new SingularMatrixException($"The columns of the {B.Rows} x {B.Columns} matrix are not a basis: its rank is {Rank(B)}.");
        return Inverse(C) * B;
    }

    /// <summary>The matrix C⁻¹ A B of the linear map x -> A x with respect to a basis B of its domain and a basis C of its codomain.</summary>
    /// <param name="A">An m x n matrix.</param>
    /// <param name="B">A basis of R^n, as columns.</param>
    /// <param name="C">A basis of R^m, as columns.</param>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <exception cref="SingularMatrixException">B or C is not a basis.</exception>
    public static ExactMatrix MatrixOfMap(ExactMatrix A, ExactMatrix B, ExactMatrix C)
    {
        MustBeSquare(B);
        if (!AreIndependent(B)) throw new SingularMatrixException($"The columns of the {B.Rows} x {B.Columns} matrix are not a basis: its rank is {Rank(B)}.");
        return Inverse(C) * (A * B);
    }

    private static void MustBeSquare(ExactMatrix A)
    {
        ArgumentNullException.ThrowIfNull(A);
        if (A.Rows != A.Columns) throw new ShapeException($"The matrix must be square, but it is {A.Rows} x {A.Columns}.");
    }
}
