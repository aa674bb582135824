using System.Numerics;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Evaluation;

/// <summary>A value of the notation: a scalar, column, row or matrix of real or complex numbers. It never changes.</summary>
public sealed class Value
{
    private readonly double[] _real;
    private readonly double[]? _imaginary;

    private Value(Kind kind, int rows, int columns, double[] real, double[]? imaginary = null)
    {
        if (real.Length != (long)rows * columns || (imaginary is not null && imaginary.Length != real.Length))
            throw new ArgumentException($"A value of {rows} rows and {columns} columns must have {(long)rows * columns} entries, but {real.Length} are given.");
        (Kind, Rows, Columns, _real, _imaginary) = (kind, rows, columns, real, imaginary is not null && Array.Exists(imaginary, y => y != 0) ? imaginary : null);
    }

    /// <summary>What the value is, apart from its sizes.</summary>
    public Kind Kind { get; }

    /// <summary>The number of rows; 1 for a scalar and a row.</summary>
    public int Rows { get; }

    /// <summary>The number of columns; 1 for a scalar and a column.</summary>
    public int Columns { get; }

    /// <summary>The number of entries.</summary>
    public int Count => _real.Length;

    /// <summary>Whether the value is a number.</summary>
    public bool IsScalar => Kind == Kind.Scalar;

    /// <summary>Whether an entry has an imaginary part.</summary>
    public bool IsComplex => _imaginary is not null;

    /// <summary>Whether no entry is infinite or not a number.</summary>
    public bool IsFinite
    {
        get
        {
            foreach (double x in _real) if (!double.IsFinite(x)) return false;
            if (_imaginary is not null) foreach (double y in _imaginary) if (!double.IsFinite(y)) return false;
            return true;
        }
    }

    /// <summary>The kind with its sizes.</summary>
    public Shape Shape => new(Kind, Dimension.Of(Rows), Dimension.Of(Columns));

    /// <summary>The real parts of the entries, row by row.</summary>
    public ReadOnlySpan<double> Real => _real;

    /// <summary>The imaginary parts of the entries, row by row; empty for a real value.</summary>
    public ReadOnlySpan<double> Imaginary => _imaginary;

    /// <summary>An entry, counted from 0.</summary>
    public Complex this[int row, int column] => this[row * Columns + column];

    /// <summary>An entry, counted from 0 row by row.</summary>
    public Complex this[int entry] => new(_real[entry], _imaginary?[entry] ?? 0);

    /// <summary>A number.</summary>
    public static Value Scalar(double value) => new(Kind.Scalar, 1, 1, [value]);

    /// <summary>A complex number.</summary>
    public static Value Scalar(Complex value) => new(Kind.Scalar, 1, 1, [value.Real], [value.Imaginary]);

    /// <summary>A column of the given entries.</summary>
    public static Value Column(params ReadOnlySpan<double> entries) => new(Kind.Column, entries.Length, 1, entries.ToArray());

    /// <summary>A row of the given entries.</summary>
    public static Value Row(params ReadOnlySpan<double> entries) => new(Kind.Row, 1, entries.Length, entries.ToArray());

    /// <summary>A matrix of the given entries, row by row.</summary>
    /// <exception cref="ArgumentException">The number of entries is not rows times columns.</exception>
    public static Value Matrix(int rows, int columns, ReadOnlySpan<double> entries) => new(Kind.Matrix, rows, columns, entries.ToArray());

    /// <summary>A matrix of the given entries.</summary>
    public static Value Matrix(double[,] entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        return new(Kind.Matrix, entries.GetLength(0), entries.GetLength(1), [.. entries.Cast<double>()]);
    }

    /// <summary>A value over the given entries, row by row; they are not copied and must not change.</summary>
    internal static Value Of(Kind kind, int rows, int columns, double[] real, double[]? imaginary = null) => new(kind, rows, columns, real, imaginary);

    /// <summary>The entries of an array of order 2, or of a column of order 1 or a scalar of order 0, as a value of a kind.</summary>
    internal static Value Of(Kind kind, NDArray<double> entries) =>
        new(kind, entries.Order == 0 ? 1 : entries.Shape[0], entries.Order < 2 ? 1 : entries.Shape[1], entries.ToArray());

    /// <summary>A value of a kind and sizes whose entries are given by a function of row and column.</summary>
    internal static Value Of(Kind kind, int rows, int columns, Func<int, int, double> entry)
    {
        double[] real = new double[rows * columns];
        for (int i = 0, k = 0; i < rows; i++)
            for (int j = 0; j < columns; j++) real[k++] = entry(i, j);
        return new(kind, rows, columns, real);
    }

    /// <summary>A value of a kind and sizes whose complex entries are given by a function of row and column.</summary>
    internal static Value OfComplex(Kind kind, int rows, int columns, Func<int, int, Complex> entry)
    {
        double[] real = new double[rows * columns], imaginary = new double[rows * columns];
        for (int i = 0, k = 0; i < rows; i++)
            for (int j = 0; j < columns; j++, k++)
                (real[k], imaginary[k]) = entry(i, j) is var z ? (z.Real, z.Imaginary) : default;
        return new(kind, rows, columns, real, imaginary);
    }

    /// <summary>The entries, with kind and sizes that name as many.</summary>
    internal Value As(Kind kind, int rows, int columns) => new(kind, rows, columns, _real, _imaginary);

    /// <summary>The real parts as an array of order 2, which shares the entries and must not be changed.</summary>
    internal NDArray<double> ToMatrix() => NDArray<double>.FromArray(_real, Rows, Columns);

    /// <summary>The transpose.</summary>
    public Value Transpose()
    {
        if (Kind != Kind.Matrix) return As(Kind switch { Kind.Column => Kind.Row, Kind.Row => Kind.Column, var kind => kind }, Columns, Rows);
        return new(Kind, Columns, Rows, Transposed(_real), _imaginary is null ? null : Transposed(_imaginary));
    }

    /// <summary>An entry, a row, a column or all of it: null stands for all rows or columns.</summary>
    internal Value Select(int? row, int? column)
    {
        var kind = (row, column) switch
        {
            (null, null) => Kind,
            (null, _) => Kind == Kind.Matrix ? Kind.Column : Kind,
            (_, null) => Kind == Kind.Matrix ? Kind.Row : Kind,
            _ => Kind.Scalar,
        };
        return OfComplex(kind, row is null ? Rows : 1, column is null ? Columns : 1, (i, j) => this[row ?? i, column ?? j]);
    }

    private double[] Transposed(double[] entries)
    {
        double[] result = new double[entries.Length];
        for (int i = 0; i < Rows; i++)
            for (int j = 0; j < Columns; j++) result[j * Rows + i] = entries[i * Columns + j];
        return result;
    }

    /// <summary>The value as data: a number, an array, or an array of rows.</summary>
    public object ToNested() => Kind switch
    {
        Kind.Scalar => Entry(0),
        Kind.Matrix => Enumerable.Range(0, Rows).Select(i => Enumerable.Range(0, Columns).Select(j => Entry(i * Columns + j)).ToArray()).ToArray(),
        _ => Enumerable.Range(0, Count).Select(Entry).ToArray(),
    };

    private object Entry(int k) => IsComplex ? this[k] : _real[k];

    /// <summary>The kind, sizes and entries, for debugging.</summary>
    public override string ToString() => $"{Shape}: {string.Join(", ", Enumerable.Range(0, Math.Min(Count, 16)).Select(Entry))}{(Count > 16 ? ", ..." : "")}";
}
