namespace Nabla.Numerics;

/// <summary>The factorisation P A = L U in exact fractions, as it is done by hand: the elimination with its operations, and its multipliers in L.</summary>
/// <remarks>The pivot of a step is the first entry of its column that is not zero, or its largest one (partial pivoting); a column without one gives no step, so that a matrix of any shape and rank has a factorisation, with U in row echelon form.</remarks>
public sealed class ExactLU
{
    /// <summary>Factors a matrix.</summary>
    /// <param name="A">A matrix of any shape.</param>
    /// <param name="largestPivots">Whether the largest entry of a column becomes its pivot, as in floating point.</param>
    public ExactLU(ExactMatrix A, bool largestPivots = false)
    {
        ArgumentNullException.ThrowIfNull(A);
        int m = A.Rows;
        var reduction = new ExactRowReduction(A.ToArray(), reduced: false, largestPivots: largestPivots);
        Operations = reduction.Operations;
        PivotColumns = reduction.PivotColumns;
        U = new ExactMatrix(reduction.Form);
        var multipliers = new Rational[m, m];
        int[] order = [.. Enumerable.Range(0, m)];
        foreach (RowOperation<Rational> operation in reduction.Operations)
        {
            (int target, int source) = (operation.Target, operation.Source);
            if (operation.Kind == RowOperationKind.Exchange)
            {
                (order[target], order[source]) = (order[source], order[target]);
                for (int j = 0; j < m; j++) (multipliers[target, j], multipliers[source, j]) = (multipliers[source, j], multipliers[target, j]);
            }
            else multipliers[target, source] = -operation.Factor;
        }
        L = ExactMatrix.Tabulate(m, m, (i, j) => i == j ? Rational.One : multipliers[i, j]);
        P = ExactMatrix.Tabulate(m, m, (i, j) => order[i] == j ? Rational.One : Rational.Zero);
    }

    /// <summary>The operations that lead from A to U, in order: exchanges, and subtractions of multiples.</summary>
    public IReadOnlyList<RowOperation<Rational>> Operations { get; }

    /// <summary>The columns of the pivots, counted from 0; as many as the rank.</summary>
    public IReadOnlyList<int> PivotColumns { get; }

    /// <summary>The permutation of the rows, m x m: P A = L U.</summary>
    public ExactMatrix P { get; }

    /// <summary>The lower triangular factor of the multipliers, with a unit diagonal, m x m.</summary>
    public ExactMatrix L { get; }

    /// <summary>The row echelon form, of the shape of A.</summary>
    public ExactMatrix U { get; }
}
