namespace Nabla.Numerics;

/// <summary>Row reduction in exact fractions, with every elementary operation recorded, as it is done by hand.</summary>
/// <remarks>The pivot of a column is its first entry that is not zero, from the current row down, or its largest one as in floating point. Gauss-Jordan elimination.</remarks>
public sealed class ExactRowReduction
{
    private readonly Rational[,] entries;
    private readonly List<RowOperation<Rational>> operations = [];
    private readonly List<int> pivots = [];

    /// <summary>Reduces a matrix.</summary>
    /// <param name="A">The entries; they are not changed.</param>
    /// <param name="reduced">Whether to go on to the reduced form: pivots 1, and zeros above them.</param>
    /// <param name="pivotColumns">How many of the first columns may hold pivots; all when negative. The columns of an augmented right side hold none.</param>
    /// <param name="largestPivots">Whether the pivot of a column is its largest entry, the first of these.</param>
    public ExactRowReduction(Rational[,] A, bool reduced = true, int pivotColumns = -1, bool largestPivots = false)
    {
        ArgumentNullException.ThrowIfNull(A);
        entries = (Rational[,])A.Clone();
        int m = A.GetLength(0), n = A.GetLength(1), limit = pivotColumns < 0 ? n : Math.Min(n, pivotColumns), row = 0;
        for (int column = 0; column < limit && row < m; column++)
        {
            int pivot = row;
            while (pivot < m && entries[pivot, column].IsZero) pivot++;
            if (pivot == m) continue;
            for (int i = pivot + 1; largestPivots && i < m; i++)
                if (Rational.Abs(entries[i, column]) > Rational.Abs(entries[pivot, column])) pivot = i;
            if (pivot != row) Apply(new RowOperation<Rational>(RowOperationKind.Exchange, row, pivot, Rational.One));
            if (reduced && entries[row, column] != Rational.One) Apply(new RowOperation<Rational>(RowOperationKind.Scale, row, row, Rational.One / entries[row, column]));
            for (int i = reduced ? 0 : row + 1; i < m; i++)
            {
                if (i == row || entries[i, column].IsZero) continue;
                Apply(new RowOperation<Rational>(RowOperationKind.Add, i, row, -entries[i, column] / entries[row, column]));
            }
            pivots.Add(column);
            row++;
        }
    }

    /// <summary>The reduced matrix.</summary>
    public Rational[,] Form => (Rational[,])entries.Clone();

    /// <summary>The operations that lead from the matrix to its form, in order.</summary>
    public IReadOnlyList<RowOperation<Rational>> Operations => operations;

    /// <summary>The columns of the pivots, counted from 0; as many as the rank.</summary>
    public IReadOnlyList<int> PivotColumns => pivots;

    /// <summary>The number of pivots.</summary>
    public int Rank => pivots.Count;

    private void Apply(RowOperation<Rational> operation)
    {
        operations.Add(operation);
        (int target, int source) = (operation.Target, operation.Source);
        for (int j = 0; j < entries.GetLength(1); j++)
        {
            switch (operation.Kind)
            {
                case RowOperationKind.Exchange: (entries[target, j], entries[source, j]) = (entries[source, j], entries[target, j]); break;
                case RowOperationKind.Scale: entries[target, j] *= operation.Factor; break;
                default:
                    if (!entries[source, j].IsZero) entries[target, j] += operation.Factor * entries[source, j];
                    break;
            }
        }
    }
}
