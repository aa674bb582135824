using System.Buffers;
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
        (int Row, int Column, T Value)[] given = entries as (int, int, T)[] ?? [.. entries];
        int[] starts = new int[rows + 1], indices = new int[given.Length];
        T[] values = new T[given.Length];
        foreach ((int row, int column, _) in given)
        {
            CheckPlace(row, column, rows, columns);
            starts[row + 1]++;
        }
        for (int i = 0; i < rows; i++) starts[i + 1] += starts[i];
        int[] ends = starts[..rows];
        foreach ((int row, int column, T value) in given)
        {
            int place = ends[row]++;
            (indices[place], values[place]) = (column, value);
        }
        int count = 0;
        for (int i = 0, from = 0; i < rows; from = ends[i++])
        {
            Order(indices.AsSpan(from..ends[i]), values.AsSpan(from..ends[i]));
            starts[i] = count;
            for (int k = from; k < ends[i]; k++)
            {
                if (count > starts[i] && indices[count - 1] == indices[k])
                {
                    values[count - 1] += values[k];
                    continue;
                }
                (indices[count], values[count]) = (indices[k], values[k]);
                count++;
            }
        }
        starts[rows] = count;
        Array.Resize(ref indices, count);
        Array.Resize(ref values, count);
        return new SparseMatrix<T>(rows, columns, starts, indices, values);
    }

    /// <summary>Orders the entries of a row by their columns; entries at the same place keep the order given, in which they are added.</summary>
    private static void Order(Span<int> indices, Span<T> values)
    {
        bool isOrdered = true;
        for (int k = 1; k < indices.Length; k++) isOrdered &= indices[k - 1] <= indices[k];
        if (isOrdered) return;
        long[] places = new long[indices.Length];
        for (int k = 0; k < places.Length; k++) places[k] = ((long)indices[k] << 32) | (uint)k;
        T[] given = values.ToArray();
        Array.Sort(places);
        for (int k = 0; k < places.Length; k++) (indices[k], values[k]) = ((int)(places[k] >> 32), given[(int)places[k]]);
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

    /// <summary>The sum of two sparse matrices of the same shape.</summary>
    /// <param name="A">A matrix.</param>
    /// <param name="B">A matrix.</param>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static SparseMatrix<T> operator +(SparseMatrix<T> A, SparseMatrix<T> B)
    {
        if (A.Rows != B.Rows || A.Columns != B.Columns)
            throw new ShapeException($"The operands of + must have the same shape, but they are {A.Rows} x {A.Columns} and {B.Rows} x {B.Columns}.");
        int most = checked(A.StoredCount + B.StoredCount);
        int[] starts = new int[A.Rows + 1], indices = ArrayPool<int>.Shared.Rent(most);
        T[] values = ArrayPool<T>.Shared.Rent(most);
        int count = 0;
        for (int i = 0, a = 0, b = 0; i < A.Rows; i++)
        {
            int endOfA = A.starts[i + 1], endOfB = B.starts[i + 1];
            for (; a < endOfA && b < endOfB; count++)
            {
                int left = A.columns[a], right = B.columns[b];
                indices[count] = Math.Min(left, right);
                if (left == right) values[count] = A.values[a++] + B.values[b++];
                else values[count] = left < right ? A.values[a++] : B.values[b++];
            }
            for (; a < endOfA; count++) (indices[count], values[count]) = (A.columns[a], A.values[a++]);
            for (; b < endOfB; count++) (indices[count], values[count]) = (B.columns[b], B.values[b++]);
            starts[i + 1] = count;
        }
        var sum = new SparseMatrix<T>(A.Rows, A.Columns, starts, indices.AsSpan(0, count).ToArray(), values.AsSpan(0, count).ToArray());
        ArrayPool<int>.Shared.Return(indices);
        ArrayPool<T>.Shared.Return(values);
        return sum;
    }

    /// <summary>The product of a matrix by a number.</summary>
    /// <param name="factor">The number.</param>
    /// <param name="A">A matrix.</param>
    public static SparseMatrix<T> operator *(T factor, SparseMatrix<T> A) =>
        new(A.Rows, A.Columns, A.starts, A.columns, Array.ConvertAll(A.values, x => factor * x));

    /// <summary>The shape and the number of stored entries.</summary>
    public override string ToString() => $"sparse {Rows} x {Columns} with {StoredCount} stored entries";

    private static void CheckPlace(int i, int j, int rows, int columns)
    {
        if ((uint)i >= (uint)rows || (uint)j >= (uint)columns)
            throw new ArgumentOutOfRangeException(nameof(i), $"The place [{i}, {j}] lies outside a {rows} x {columns} matrix.");
    }
}
