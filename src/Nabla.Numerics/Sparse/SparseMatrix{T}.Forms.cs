namespace Nabla.Numerics;

public sealed partial class SparseMatrix<T>
{
    /// <summary>A matrix from compressed rows: the entries of row i are those from <c>starts[i]</c> to <c>starts[i + 1]</c>, in any order within a row.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="starts">Where the entries of each row begin; one more than there are rows.</param>
    /// <param name="columnIndices">The column of every entry, counted from 0; entries at the same place are added.</param>
    /// <param name="values">The entries.</param>
    /// <exception cref="ShapeException">A dimension is negative, or the lists do not fit together.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An entry lies outside the matrix.</exception>
    public static SparseMatrix<T> FromCompressedRows(int rows, int columns, ReadOnlySpan<int> starts, ReadOnlySpan<int> columnIndices, ReadOnlySpan<T> values)
    {
        MustFit("rows", rows, starts, columnIndices.Length, values.Length);
        var entries = new (int, int, T)[values.Length];
        for (int i = 0; i < rows; i++)
            for (int k = starts[i]; k < starts[i + 1]; k++) entries[k] = (i, columnIndices[k], values[k]);
        return FromCoordinates(rows, columns, entries);
    }

    /// <summary>A matrix from compressed columns: the entries of column j are those from <c>starts[j]</c> to <c>starts[j + 1]</c>, in any order within a column.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="starts">Where the entries of each column begin; one more than there are columns.</param>
    /// <param name="rowIndices">The row of every entry, counted from 0; entries at the same place are added.</param>
    /// <param name="values">The entries.</param>
    /// <exception cref="ShapeException">A dimension is negative, or the lists do not fit together.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An entry lies outside the matrix.</exception>
    public static SparseMatrix<T> FromCompressedColumns(int rows, int columns, ReadOnlySpan<int> starts, ReadOnlySpan<int> rowIndices, ReadOnlySpan<T> values)
    {
        MustFit("columns", columns, starts, rowIndices.Length, values.Length);
        var entries = new (int, int, T)[values.Length];
        for (int j = 0; j < columns; j++)
            for (int k = starts[j]; k < starts[j + 1]; k++) entries[k] = (rowIndices[k], j, values[k]);
        return FromCoordinates(rows, columns, entries);
    }

    /// <summary>The matrix in compressed columns: where the entries of each column begin, their rows, ascending within a column, and the entries.</summary>
    public (int[] Starts, int[] RowIndices, T[] Values) ToCompressedColumns()
    {
        SparseMatrix<T> transpose = Transpose();
        return (transpose.starts, transpose.columns, transpose.values);
    }

    /// <summary>The matrix in coordinate form: the row, the column and the value of every stored entry, row by row.</summary>
    public (int[] RowIndices, int[] ColumnIndices, T[] Values) ToCoordinates()
    {
        int[] rowIndices = new int[values.Length];
        for (int i = 0; i < Rows; i++) rowIndices.AsSpan(starts[i], starts[i + 1] - starts[i]).Fill(i);
        return (rowIndices, (int[])columns.Clone(), (T[])values.Clone());
    }

    private static void MustFit(string lines, int count, ReadOnlySpan<int> starts, int indices, int values)
    {
        if (count < 0) throw new ShapeException($"A dimension must not be negative, but there are {count} {lines}.");
        if (starts.Length != count + 1 || indices != values)
            throw new ShapeException($"Compressed {lines} need {count + 1} starts and as many indices as values, but there are {starts.Length} starts, {indices} indices and {values} values.");
        bool ordered = starts[0] == 0 && starts[^1] == values;
        for (int k = 0; k < count; k++) ordered &= starts[k] <= starts[k + 1];
        if (!ordered) throw new ShapeException($"The starts of compressed {lines} must rise from 0 to the number of values, {values}.");
    }
}
