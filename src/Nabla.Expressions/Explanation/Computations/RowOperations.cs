using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Explanation.Computations;

/// <summary>Row reduction: a step for each pivot, made of its elementary operations.</summary>
internal static class RowOperations
{
    /// <summary>The echelon form, or the reduced one.</summary>
    /// <param name="transcript">Takes the steps down.</param>
    /// <param name="A">The matrix.</param>
    /// <param name="reduced">Whether to go on to the reduced form.</param>
    /// <param name="divider">How many columns stand left of the line of an augmented matrix and may hold pivots; 0 where all may.</param>
    /// <param name="largest">Whether the largest entry of a column becomes its pivot and not the first.</param>
    public static ExactRowReduction Reduce(Transcript transcript, ExactMatrix A, bool reduced, int divider = 0, bool largest = false)
    {
        var reduction = new ExactRowReduction(A.ToArray(), reduced, divider == 0 ? -1 : divider, largest);
        var current = A;
        for (int k = 0; k < reduction.Operations.Count;)
        {
            int row = PivotRow(reduction.Operations[k]), column = reduction.PivotColumns[row];
            var before = current;
            var reasons = new List<string>();
            var added = new List<string>();
            transcript.Open();
            for (; k < reduction.Operations.Count && PivotRow(reduction.Operations[k]) == row; k++)
            {
                var operation = reduction.Operations[k];
                var next = Applied(current, operation);
                transcript.Add("row-operation", Transcript.Text(current), next, $"{operation}: {Purpose(operation, column, largest)}.", Repeated(current, operation), divider);
                if (operation.Kind == RowOperationKind.Add) added.Add(operation.ToString());
                else reasons.Add($"{operation}: {Purpose(operation, column, largest)}.");
                current = next;
            }
            if (added.Count > 0) reasons.Add($"{Transcript.Listed(added)}: the other entries {(reduced ? "" : "below the pivot ")}in column {column + 1} become 0.");
            transcript.Close("pivot", null, Transcript.Text(before), Transcript.Text(current), $"Column {column + 1}, pivot in row {row + 1}. {string.Join(' ', reasons)}",
                current.Rows, current.Columns, Transcript.Error(current, Product(before, current, reduction.Operations, row)), divider);
        }
        return reduction;
    }

    /// <summary>What the pivots say: where they stand, and which columns have none.</summary>
    public static string Pivots(ExactRowReduction reduction, int columns)
    {
        string Columns(IEnumerable<int> of) => Transcript.Listed([.. of.Select(c => $"{c + 1}")]);
        int[] free = [.. Enumerable.Range(0, columns).Except(reduction.PivotColumns)];
        string pivots = reduction.Rank switch { 0 => "No column has a pivot", 1 => $"Column {Columns(reduction.PivotColumns)} has a pivot", _ => $"Columns {Columns(reduction.PivotColumns)} have pivots" };
        return $"{pivots}{(free.Length == 0 || reduction.Rank == 0 ? "" : $", column{(free.Length == 1 ? "" : "s")} {Columns(free)} {(free.Length == 1 ? "has" : "have")} none")}: the rank is {reduction.Rank}.";
    }

    private static int PivotRow(RowOperation<Rational> operation) => operation.Kind == RowOperationKind.Add ? operation.Source : operation.Target;

    private static string Purpose(RowOperation<Rational> operation, int column, bool largest) => operation.Kind switch
    {
        RowOperationKind.Exchange => largest ? "the largest entry becomes the pivot" : "a pivot must not be 0",
        RowOperationKind.Scale => "the pivot becomes 1",
        _ => $"the entry of row {operation.Target + 1} in column {column + 1} becomes 0",
    };

    private static ExactMatrix Applied(ExactMatrix A, RowOperation<Rational> o) => ExactMatrix.Tabulate(A.Rows, A.Columns, (i, j) => o.Kind switch
    {
        RowOperationKind.Exchange => i == o.Target ? A[o.Source, j] : i == o.Source ? A[o.Target, j] : A[i, j],
        RowOperationKind.Scale => i == o.Target ? o.Factor * A[i, j] : A[i, j],
        _ => i == o.Target ? A[i, j] + o.Factor * A[o.Source, j] : A[i, j],
    });

    // In double precision an operation is an elementary matrix from the left.
    private static NDArray<double> Repeated(ExactMatrix A, RowOperation<Rational> operation) => NDArray.MatMul(Elementary(A.Rows, operation), A.ToNDArray());

    private static NDArray<double> Product(ExactMatrix before, ExactMatrix after, IReadOnlyList<RowOperation<Rational>> operations, int row)
    {
        var product = before.ToNDArray();
        foreach (var operation in operations.Where(o => PivotRow(o) == row)) product = NDArray.MatMul(Elementary(after.Rows, operation), product);
        return product;
    }

    private static NDArray<double> Elementary(int n, RowOperation<Rational> o)
    {
        var E = NDArray<double>.Identity(n);
        switch (o.Kind)
        {
            case RowOperationKind.Exchange:
                (E[o.Target, o.Target], E[o.Source, o.Source], E[o.Target, o.Source], E[o.Source, o.Target]) = (0, 0, 1, 1);
                break;
            case RowOperationKind.Scale:
                E[o.Target, o.Target] = o.Factor.ToDouble();
                break;
            default:
                E[o.Target, o.Source] = o.Factor.ToDouble();
                break;
        }
        return E;
    }
}
