using System.Runtime.CompilerServices;

namespace Nabla.Numerics;

/// <content>Products with dense vectors and matrices.</content>
public sealed unsafe partial class SparseMatrix<T>
{
    private const long ParallelWork = 200_000;

    /// <summary>The product A X with a dense vector of n or matrix of n x k.</summary>
    /// <param name="X">A vector or matrix.</param>
    /// <exception cref="ShapeException">The inner dimensions differ.</exception>
    public NDArray<T> Multiply(NDArray<T> X)
    {
        int width = CheckOperand(X, Columns, transposed: false);
        NDArray<T> result = NDArray<T>.Uninitialised(X.Order == 1 ? [Rows] : [Rows, width]);
        fixed (T* x = X.AsContiguous().AsSpan(), y = result.Data) Multiply(x, width, T.Zero, y);
        return result;
    }

    /// <summary>The product A' X with a dense vector of m or matrix of m x k, without forming the transpose.</summary>
    /// <param name="X">A vector or matrix.</param>
    /// <exception cref="ShapeException">The inner dimensions differ.</exception>
    public NDArray<T> TransposeMultiply(NDArray<T> X)
    {
        int width = CheckOperand(X, Rows, transposed: true);
        NDArray<T> result = NDArray<T>.Zeros(X.Order == 1 ? [Columns] : [Columns, width]);
        fixed (T* x = X.AsContiguous().AsSpan(), y = result.Data) AddTransposed(x, width, y);
        return result;
    }

    /// <summary>y = A x + keep y for rows of <paramref name="width"/> entries. Threads share out the rows.</summary>
    internal void Multiply(T* x, int width, T keep, T* y)
    {
        int items = (long)values.Length * width < ParallelWork ? 1 : 4 * Parallelism.Threads;
        Parallelism.For(items, item =>
        {
            int first = RowBefore(item, items), end = RowBefore(item + 1, items);
            if (width == 1) MultiplyRows(first, end, x, keep, y);
            else MultiplyRows(first, end, x, width, keep, y);
        });
    }

    /// <summary>y += A' x for rows of <paramref name="width"/> entries.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void AddTransposed(T* x, int width, T* y)
    {
        fixed (int* start = starts, column = columns)
        {
            fixed (T* value = values)
            {
                for (int i = 0; i < Rows; i++, x += width)
                {
                    int k = start[i], end = start[i + 1];
                    if (width == 1)
                        for (T factor = *x; k < end; k++) y[column[k]] += value[k] * factor;
                    for (; k < end; k++) Vectors.Axpy(value[k], x, y + (nint)column[k] * width, width);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MultiplyRows(int first, int end, T* x, T keep, T* y)
    {
        fixed (int* start = starts, column = columns)
        {
            fixed (T* value = values)
            {
                for (int i = first; i < end; i++)
                {
                    T sum = T.Zero;
                    for (int k = start[i], last = start[i + 1]; k < last; k++) sum = T.MultiplyAddEstimate(value[k], x[column[k]], sum);
                    y[i] = keep == T.Zero ? sum : T.MultiplyAddEstimate(keep, y[i], sum);
                }
            }
        }
    }

    private void MultiplyRows(int first, int end, T* x, int width, T keep, T* y)
    {
        for (int i = first; i < end; i++)
        {
            T* row = y + (nint)i * width;
            if (keep == T.Zero) new Span<T>(row, width).Clear();
            else Vectors.Scale(keep, row, width);
            for (int k = starts[i]; k < starts[i + 1]; k++) Vectors.Axpy(values[k], x + (nint)columns[k] * width, row, width);
        }
    }

    /// <summary>The first row of a share of the rows with about as many stored entries as each other share has.</summary>
    private int RowBefore(int item, int items)
    {
        if (item == items) return Rows;
        int place = Array.BinarySearch(starts, (int)((long)values.Length * item / items));
        return item == 0 ? 0 : Math.Min(Rows, place >= 0 ? place : ~place);
    }

    private int CheckOperand(NDArray<T> X, int length, bool transposed)
    {
        ArgumentNullException.ThrowIfNull(X);
        if (X.Order is not (1 or 2) || X.Shape[0] != length)
            throw new ShapeException($"The {(transposed ? "transpose of the " : "")}{Rows} x {Columns} sparse matrix multiplies {length} rows, but the operand is {Shape.Text(X.Shape)}.");
        return X.Order == 2 ? X.Shape[1] : 1;
    }
}
