using System.Text;

namespace Nabla.Numerics;

/// <summary>All solutions x of a linear system A x = b, in exact fractions: none, one, or a particular one plus every combination of directions.</summary>
/// <remarks>The reduced row echelon form of [A, b] is read off: each column without a pivot is a free variable. Gauss-Jordan elimination.</remarks>
public sealed class SolutionSet
{
    private readonly int unknowns;

    /// <summary>Solves a system.</summary>
    /// <param name="A">An m x n matrix.</param>
    /// <param name="b">A column of m.</param>
    /// <exception cref="ShapeException">b is not a column with as many rows as A.</exception>
    public SolutionSet(ExactMatrix A, ExactMatrix b)
    {
        ArgumentNullException.ThrowIfNull(A);
        ArgumentNullException.ThrowIfNull(b);
        if (b.Rows != A.Rows || b.Columns != 1)
            throw new ShapeException($"The right side of a system with a {A.Rows} x {A.Columns} matrix must be a column of {A.Rows}, but it is {b.Rows} x {b.Columns}.");
        unknowns = A.Columns;
        Reduction = new ExactRowReduction(A.Beside(b).ToArray(), reduced: true, pivotColumns: A.Columns);
        Rational[,] form = Reduction.Form;
        for (int i = Reduction.Rank; i < A.Rows && ContradictoryRow < 0; i++)
            if (!form[i, unknowns].IsZero) ContradictoryRow = i;
        FreeVariables = [.. Enumerable.Range(0, unknowns).Except(Reduction.PivotColumns)];
        if (IsEmpty) return;
        IReadOnlyList<int> pivots = Reduction.PivotColumns;
        Particular = ExactMatrix.Tabulate(unknowns, 1, (i, _) => Row(i) is >= 0 and int row ? form[row, unknowns] : 0);
        Directions = ExactMatrix.Tabulate(unknowns, FreeVariables.Count, (i, j) => i == FreeVariables[j] ? 1 : Row(i) is >= 0 and int row ? -form[row, FreeVariables[j]] : 0);

        int Row(int variable)
        {
            for (int k = 0; k < pivots.Count; k++)
                if (pivots[k] == variable) return k;
            return -1;
        }
    }

    /// <summary>The reduction of [A, b] with its operations.</summary>
    public ExactRowReduction Reduction { get; }

    /// <summary>Whether there is no solution.</summary>
    public bool IsEmpty => ContradictoryRow >= 0;

    /// <summary>Whether there is exactly one solution.</summary>
    public bool IsUnique => !IsEmpty && FreeVariables.Count == 0;

    /// <summary>The row of the reduced form that reads 0 = c with c other than 0, counted from 0; -1 when there is none.</summary>
    public int ContradictoryRow { get; } = -1;

    /// <summary>The variables that may take any value, counted from 0.</summary>
    public IReadOnlyList<int> FreeVariables { get; }

    /// <summary>The solution with all free variables 0, n x 1; null when there is none.</summary>
    public ExactMatrix? Particular { get; }

    /// <summary>A basis of the solutions of A x = 0, one column for each free variable, which is 1 in it while the others are 0; null when the system has no solution.</summary>
    public ExactMatrix? Directions { get; }

    /// <summary>The set in parametric form: <c>x = [1, 0, 2] + t1 [-1, 1, 0]</c>, or the contradiction.</summary>
    public override string ToString()
    {
        if (IsEmpty) return $"no solution: row {ContradictoryRow + 1} reads 0 = {Reduction.Form[ContradictoryRow, unknowns]}";
        var text = new StringBuilder("x = ").Append(Column(Particular!, 0));
        for (int j = 0; j < FreeVariables.Count; j++) text.Append(" + t").Append(j + 1).Append(' ').Append(Column(Directions!, j));
        return text.ToString();
    }

    private static string Column(ExactMatrix A, int j) => $"[{string.Join(", ", Enumerable.Range(0, A.Rows).Select(i => A[i, j]))}]";
}
