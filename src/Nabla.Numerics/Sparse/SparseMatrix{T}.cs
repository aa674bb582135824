using System.Numerics;

namespace Nabla.Numerics;

/// <summary>A sparse matrix in compressed rows: only the entries that are stored take memory and time. It does not change.</summary>
/// <typeparam name="T">The type of the entries.</typeparam>
public sealed partial class SparseMatrix<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int[] starts;
    private readonly int[] columns;
    private readonly T[] values;

    private SparseMatrix(int rows, int columnCount, int[] starts, int[] columns, T[] values)
    {
        (Rows, Columns) = (rows, columnCount);
        (this.starts, this.columns, this.values) = (starts, columns, values);
    }

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>The number of columns.</summary>
    public int Columns { get; }

    /// <summary>The number of stored entries.</summary>
    public int StoredCount => values.Length;

    /// <summary>Where the entries of each row begin; one more than there are rows.</summary>
    public ReadOnlySpan<int> RowStarts => starts;

    /// <summary>The columns of the stored entries, row by row, ascending within a row.</summary>
    public ReadOnlySpan<int> ColumnIndices => columns;

    /// <summary>The stored entries, row by row.</summary>
    public ReadOnlySpan<T> Values => values;

    /// <summary>The entry in row <paramref name="i"/> and column <paramref name="j"/>, counted from 0; 0 where none is stored.</summary>
    /// <param name="i">The row.</param>
    /// <param name="j">The column.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row or column.</exception>
    public T this[int i, int j]
    {
        get
        {
            CheckPlace(i, j, Rows, Columns);
            int k = Array.BinarySearch(columns, starts[i], starts[i + 1] - starts[i], j);
            return k >= 0 ? values[k] : T.Zero;
        }
    }

    /// <summary>A matrix from its entries in coordinate form, in any order; entries at the same place are added.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="entries">Row, column and value of each entry, counted from 0.</param>
    /// <exception cref="ShapeException">A dimension is negative.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An entry lies outside the matrix.</exception>
    public static SparseMatrix<T> FromCoordinates(int rows, int columns, IEnumerable<(int Row, int Column, T Value)> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        if (rows < 0 || columns < 0) throw new ShapeException($"A dimension must not be negative, but the shape is {rows} x {columns}.");
        (int Row, int Column, T Value)[] sorted = [.. entries];
        foreach ((int row, int column, T _) in sorted) CheckPlace(row, column, rows, columns);
        // A stable order, so that entries at the same place are added in the order given.
        sorted = [.. sorted.OrderBy(e => e.Row).ThenBy(e => e.Column)];
        int[] starts = new int[rows + 1], indices = new int[sorted.Length];
        T[] values = new T[sorted.Length];
        int count = 0;
        for (int k = 0; k < sorted.Length; k++)
        {
            (int row, int column, T value) = sorted[k];
            if (k > 0 && sorted[k - 1].Row == row && sorted[k - 1].Column == column)
            {
                values[count - 1] += value;
                continue;
            }
            (indices[count], values[count]) = (column, value);
            count++;
            starts[row + 1]++;
        }
        for (int i = 0; i < rows; i++) starts[i + 1] += starts[i];
        Array.Resize(ref indices, count);
        Array.Resize(ref values, count);
        return new SparseMatrix<T>(rows, columns, starts, indices, values);
    }

    /// <summary>The entries of a dense matrix that are not zero.</summary>
    /// <param name="A">A matrix.</param>
    /// <exception cref="ShapeException">The array is not a matrix.</exception>
    public static SparseMatrix<T> FromDense(NDArray<T> A)
    {
        ArgumentNullException.ThrowIfNull(A);
        int m = A.Rows, n = A.Columns;
        int[] starts = new int[m + 1];
        List<int> columns = [];
        List<T> values = [];
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                if (A[i, j] == T.Zero) continue;
                columns.Add(j);
                values.Add(A[i, j]);
            }
            starts[i + 1] = values.Count;
        }
        return new SparseMatrix<T>(m, n, starts, [.. columns], [.. values]);
    }

    /// <summary>The n x n identity matrix.</summary>
    /// <param name="n">The number of rows and columns.</param>
    public static SparseMatrix<T> Identity(int n) => FromCoordinates(n, n, Enumerable.Range(0, n).Select(i => (i, i, T.One)));

    /// <summary>The stored entries with their places, row by row.</summary>
    public IEnumerable<(int Row, int Column, T Value)> Entries()
    {
        for (int i = 0; i < Rows; i++)
            for (int k = starts[i]; k < starts[i + 1]; k++) yield return (i, columns[k], values[k]);
    }

    /// <summary>The dense matrix with the same entries.</summary>
    public NDArray<T> ToDense()
    {
        NDArray<T> result = NDArray<T>.Zeros(Rows, Columns);
        foreach ((int i, int j, T value) in Entries()) result[i, j] = value;
        return result;
    }

    /// <summary>The transpose, in compressed rows too: the compressed columns of this matrix.</summary>
    public SparseMatrix<T> Transpose()
    {
        int[] newStarts = new int[Columns + 1], newColumns = new int[values.Length];
        T[] newValues = new T[values.Length];
        foreach (int j in columns) newStarts[j + 1]++;
        for (int j = 0; j < Columns; j++) newStarts[j + 1] += newStarts[j];
        int[] next = newStarts[..Columns];
        for (int i = 0; i < Rows; i++)
        {
            for (int k = starts[i]; k < starts[i + 1]; k++)
            {
                int place = next[columns[k]]++;
                (newColumns[place], newValues[place]) = (i, values[k]);
            }
        }
        return new SparseMatrix<T>(Columns, Rows, newStarts, newColumns, newValues);
    }

    /// <summary>The product A X with a dense vector of n or matrix of n x k.</summary>
    /// <param name="X">A vector or matrix.</param>
    /// <exception cref="ShapeException">The inner dimensions differ.</exception>
    public NDArray<T> Multiply(NDArray<T> X)
    {
        int width = CheckOperand(X, Columns, transposed: false);
        T[] x = X.ToArray(), y = LargePages.Zeros<T>(Shape.Allocatable([Rows, width]));
        for (int i = 0; i < Rows; i++)
        {
            if (width == 1)
            {
                T sum = T.Zero;
                for (int k = starts[i]; k < starts[i + 1]; k++) sum += values[k] * x[columns[k]];
                y[i] = sum;
                continue;
            }
            for (int k = starts[i]; k < starts[i + 1]; k++) AddScaled(values[k], x, columns[k] * width, y, i * width, width);
        }
        return new NDArray<T>(y, X.Order == 1 ? [Rows] : [Rows, width]);
    }

    /// <summary>The product A' X with a dense vector of m or matrix of m x k, without forming the transpose.</summary>
    /// <param name="X">A vector or matrix.</param>
    /// <exception cref="ShapeException">The inner dimensions differ.</exception>
    public NDArray<T> TransposeMultiply(NDArray<T> X)
    {
        int width = CheckOperand(X, Rows, transposed: true);
        T[] x = X.ToArray(), y = LargePages.Zeros<T>(Shape.Allocatable([Columns, width]));
        for (int i = 0; i < Rows; i++)
            for (int k = starts[i]; k < starts[i + 1]; k++) AddScaled(values[k], x, i * width, y, columns[k] * width, width);
        return new NDArray<T>(y, X.Order == 1 ? [Columns] : [Columns, width]);
    }

    /// <summary>The sum of two sparse matrices of the same shape.</summary>
    /// <param name="A">A matrix.</param>
    /// <param name="B">A matrix.</param>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static SparseMatrix<T> operator +(SparseMatrix<T> A, SparseMatrix<T> B)
    {
        if (A.Rows != B.Rows || A.Columns != B.Columns)
            throw new ShapeException($"The operands of + must have the same shape, but they are {A.Rows} x {A.Columns} and {B.Rows} x {B.Columns}.");
        return FromCoordinates(A.Rows, A.Columns, A.Entries().Concat(B.Entries()));
    }

    /// <summary>The product of a matrix by a number.</summary>
    /// <param name="factor">The number.</param>
    /// <param name="A">A matrix.</param>
    public static SparseMatrix<T> operator *(T factor, SparseMatrix<T> A) =>
        new(A.Rows, A.Columns, A.starts, A.columns, Array.ConvertAll(A.values, x => factor * x));

    /// <summary>The shape and the number of stored entries.</summary>
    public override string ToString() => $"sparse {Rows} x {Columns} with {StoredCount} stored entries";

    private static void AddScaled(T factor, T[] x, int from, T[] y, int to, int width)
    {
        for (int c = 0; c < width; c++) y[to + c] += factor * x[from + c];
    }

    private static void CheckPlace(int i, int j, int rows, int columns)
    {
        if ((uint)i >= (uint)rows || (uint)j >= (uint)columns)
            throw new ArgumentOutOfRangeException(nameof(i), $"The place [{i}, {j}] lies outside a {rows} x {columns} matrix.");
    }

    private int CheckOperand(NDArray<T> X, int length, bool transposed)
    {
        ArgumentNullException.ThrowIfNull(X);
        if (X.Order is not (1 or 2) || X.Shape[0] != length)
            throw new ShapeException($"The {(transposed ? "transpose of the " : "")}{Rows} x {Columns} sparse matrix multiplies {length} rows, but the operand is {Shape.Text(X.Shape)}.");
        return X.Order == 2 ? X.Shape[1] : 1;
    }
}
