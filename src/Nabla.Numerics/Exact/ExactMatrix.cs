using System.Text;

namespace Nabla.Numerics;

/// <summary>A matrix of exact fractions, for calculation as it is done by hand. It does not change.</summary>
public sealed class ExactMatrix : IEquatable<ExactMatrix>
{
    private readonly Rational[,] entries;

    /// <summary>A matrix with a copy of the entries.</summary>
    /// <param name="entries">The entries, row by row.</param>
    public ExactMatrix(Rational[,] entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        this.entries = (Rational[,])entries.Clone();
    }

    private ExactMatrix(int rows, int columns, Func<int, int, Rational> entry)
    {
        entries = new Rational[rows, columns];
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++) entries[i, j] = entry(i, j);
    }

    /// <summary>The number of rows.</summary>
    public int Rows => entries.GetLength(0);

    /// <summary>The number of columns.</summary>
    public int Columns => entries.GetLength(1);

    /// <summary>The entry in row <paramref name="i"/> and column <paramref name="j"/>, counted from 0.</summary>
    /// <param name="i">The row.</param>
    /// <param name="j">The column.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such row or column.</exception>
    public Rational this[int i, int j] => entries[i, j];

    /// <summary>The n x n identity matrix.</summary>
    /// <param name="n">The number of rows and columns.</param>
    public static ExactMatrix Identity(int n) => Tabulate(n, n, (i, j) => i == j ? 1 : 0);

    /// <summary>A matrix from a function of row and column.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="entry">The entry for a row and a column, counted from 0.</param>
    /// <exception cref="ShapeException">A dimension is negative.</exception>
    public static ExactMatrix Tabulate(int rows, int columns, Func<int, int, Rational> entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (rows < 0 || columns < 0) throw new ShapeException($"A dimension must not be negative, but the shape is {rows} x {columns}.");
        return new ExactMatrix(rows, columns, entry);
    }

    /// <summary>The exact values of the entries of a matrix of doubles. The double 0.1 is not 1/10; see <see cref="FromDecimals"/>.</summary>
    /// <param name="A">A matrix.</param>
    /// <exception cref="ShapeException">The array is not a matrix.</exception>
    /// <exception cref="NotFiniteNumberException">An entry is infinite or not a number.</exception>
    public static ExactMatrix FromDoubles(NDArray<double> A)
    {
        ArgumentNullException.ThrowIfNull(A);
        return new ExactMatrix(A.MustBeFinite().Rows, A.Columns, (i, j) => Rational.FromDouble(A[i, j]));
    }

    /// <summary>The entries of a matrix of doubles read as the shortest decimal numbers that stand for them, so that 0.1 is 1/10.</summary>
    /// <param name="A">A matrix.</param>
    /// <exception cref="ShapeException">The array is not a matrix.</exception>
    /// <exception cref="NotFiniteNumberException">An entry is infinite or not a number.</exception>
    public static ExactMatrix FromDecimals(NDArray<double> A)
    {
        ArgumentNullException.ThrowIfNull(A);
        return new ExactMatrix(A.MustBeFinite().Rows, A.Columns, (i, j) => Rational.Parse(A[i, j].ToString("R", System.Globalization.CultureInfo.InvariantCulture)));
    }

    /// <summary>The sum of two matrices of the same shape.</summary>
    /// <param name="A">A matrix.</param>
    /// <param name="B">A matrix.</param>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static ExactMatrix operator +(ExactMatrix A, ExactMatrix B)
    {
        A.MustHaveShapeOf(B);
        return new ExactMatrix(A.Rows, A.Columns, (i, j) => A[i, j] + B[i, j]);
    }

    /// <summary>The difference of two matrices of the same shape.</summary>
    /// <param name="A">A matrix.</param>
    /// <param name="B">A matrix.</param>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static ExactMatrix operator -(ExactMatrix A, ExactMatrix B)
    {
        A.MustHaveShapeOf(B);
        return new ExactMatrix(A.Rows, A.Columns, (i, j) => A[i, j] - B[i, j]);
    }

    /// <summary>The product of a matrix by a number.</summary>
    /// <param name="factor">The number.</param>
    /// <param name="A">A matrix.</param>
    public static ExactMatrix operator *(Rational factor, ExactMatrix A) => new(A.Rows, A.Columns, (i, j) => factor * A[i, j]);

    /// <summary>The matrix product of m x k by k x n.</summary>
    /// <param name="A">A matrix.</param>
    /// <param name="B">A matrix.</param>
    /// <exception cref="ShapeException">The inner dimensions differ.</exception>
    public static ExactMatrix operator *(ExactMatrix A, ExactMatrix B)
    {
        if (A.Columns != B.Rows)
            throw new ShapeException($"The inner dimensions of a matrix product must agree, but the operands are {A.Rows} x {A.Columns} and {B.Rows} x {B.Columns}.");
        return new ExactMatrix(A.Rows, B.Columns, (i, j) =>
        {
            Rational sum = Rational.Zero;
            for (int k = 0; k < A.Columns; k++)
                if (!A[i, k].IsZero && !B[k, j].IsZero) sum += A[i, k] * B[k, j];
            return sum;
        });
    }

    /// <summary>The transpose.</summary>
    public ExactMatrix Transpose() => new(Columns, Rows, (i, j) => this[j, i]);

    /// <summary>The columns of this matrix, then those of another with as many rows.</summary>
    /// <param name="other">The matrix on the right.</param>
    /// <exception cref="ShapeException">The numbers of rows differ.</exception>
    public ExactMatrix Beside(ExactMatrix other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Rows != Rows) throw new ShapeException($"Matrices side by side must have as many rows, but they are {Rows} x {Columns} and {other.Rows} x {other.Columns}.");
        return new ExactMatrix(Rows, Columns + other.Columns, (i, j) => j < Columns ? this[i, j] : other[i, j - Columns]);
    }

    /// <summary>Some of the columns, in the given order.</summary>
    /// <param name="columns">The columns, counted from 0.</param>
    public ExactMatrix SelectColumns(IReadOnlyList<int> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        return new ExactMatrix(Rows, columns.Count, (i, j) => this[i, columns[j]]);
    }

    /// <summary>Some of the rows, in the given order.</summary>
    /// <param name="rows">The rows, counted from 0.</param>
    public ExactMatrix SelectRows(IReadOnlyList<int> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new ExactMatrix(rows.Count, Columns, (i, j) => this[rows[i], j]);
    }

    /// <summary>The matrix without one row and one column.</summary>
    /// <param name="row">The row, counted from 0.</param>
    /// <param name="column">The column, counted from 0.</param>
    public ExactMatrix Without(int row, int column) => new(Rows - 1, Columns - 1, (i, j) => this[i < row ? i : i + 1, j < column ? j : j + 1]);

    /// <summary>A copy of the entries.</summary>
    public Rational[,] ToArray() => (Rational[,])entries.Clone();

    /// <summary>The entries, each rounded to the nearest double.</summary>
    public NDArray<double> ToNDArray()
    {
        NDArray<double> result = NDArray<double>.Zeros(Rows, Columns);
        for (int i = 0; i < Rows; i++)
            for (int j = 0; j < Columns; j++) result[i, j] = this[i, j].ToDouble();
        return result;
    }

    /// <inheritdoc/>
    public bool Equals(ExactMatrix? other)
    {
        if (other is null || other.Rows != Rows || other.Columns != Columns) return false;
        for (int i = 0; i < Rows; i++)
            for (int j = 0; j < Columns; j++)
                if (this[i, j] != other[i, j]) return false;
        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ExactMatrix);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (Rational entry in entries) hash.Add(entry);
        return hash.ToHashCode();
    }

    /// <summary>The entries in nested brackets with aligned columns, as fractions.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("[");
        int[] widths = new int[Columns];
        for (int i = 0; i < Rows; i++)
            for (int j = 0; j < Columns; j++) widths[j] = Math.Max(widths[j], this[i, j].ToString().Length);
        for (int i = 0; i < Rows; i++)
        {
            text.Append(i > 0 ? ",\n [" : "[");
            for (int j = 0; j < Columns; j++) text.Append(j > 0 ? ", " : "").Append(this[i, j].ToString().PadLeft(widths[j]));
            text.Append(']');
        }
        return text.Append(']').ToString();
    }

    private void MustHaveShapeOf(ExactMatrix other)
    {
        if (other.Rows != Rows || other.Columns != Columns)
            throw new ShapeException($"The matrices must have the same shape, but they are {Rows} x {Columns} and {other.Rows} x {other.Columns}.");
    }
}
