namespace Nabla.Numerics;

/// <summary>Bases of the four subspaces of an m x n matrix of rank r, in exact fractions.</summary>
/// <remarks>Strang (2016), Introduction to Linear Algebra, section 3.5: column space and left null space fill R^m, row space and null space fill R^n.</remarks>
public sealed class FundamentalSubspaces
{
    /// <summary>Finds the subspaces.</summary>
    /// <param name="A">A matrix.</param>
    public FundamentalSubspaces(ExactMatrix A)
    {
        ArgumentNullException.ThrowIfNull(A);
        Reduction = new ExactRowReduction(A.ToArray());
        ColumnSpace = A.SelectColumns(Reduction.PivotColumns);
        RowSpace = new ExactMatrix(Reduction.Form).SelectRows([.. Enumerable.Range(0, Rank)]).Transpose();
        NullSpace = Solutions(A);
        LeftNullSpace = Solutions(A.Transpose());
    }

    /// <summary>The reduction of the matrix with its operations.</summary>
    public ExactRowReduction Reduction { get; }

    /// <summary>The rank r.</summary>
    public int Rank => Reduction.Rank;

    /// <summary>A basis of the column space: the pivot columns of the matrix itself, m x r.</summary>
    public ExactMatrix ColumnSpace { get; }

    /// <summary>A basis of the row space: the rows of the reduced form that are not zero, as columns, n x r.</summary>
    public ExactMatrix RowSpace { get; }

    /// <summary>A basis of the null space: one column for each free variable, n x (n - r).</summary>
    public ExactMatrix NullSpace { get; }

    /// <summary>A basis of the null space of the transpose, m x (m - r).</summary>
    public ExactMatrix LeftNullSpace { get; }

    private static ExactMatrix Solutions(ExactMatrix A) => new SolutionSet(A, ExactMatrix.Tabulate(A.Rows, 1, (_, _) => 0)).Directions!;
}
