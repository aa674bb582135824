namespace Nabla.Expressions.Notation;

/// <summary>A kind with its dimensions.</summary>
/// <param name="Kind">Scalar, column, row or matrix.</param>
/// <param name="Rows">The number of rows; 1 for a scalar and a row.</param>
/// <param name="Columns">The number of columns; 1 for a scalar and a column.</param>
public readonly record struct Shape(Kind Kind, Dimension Rows, Dimension Columns)
{
    /// <summary>The shape of a number.</summary>
    public static Shape Scalar { get; } = new(Kind.Scalar, Dimension.One, Dimension.One);

    /// <summary>A column of <paramref name="rows"/> entries.</summary>
    public static Shape Column(Dimension rows) => new(Kind.Column, rows, Dimension.One);

    /// <summary>A row of <paramref name="columns"/> entries.</summary>
    public static Shape Row(Dimension columns) => new(Kind.Row, Dimension.One, columns);

    /// <summary>A matrix of <paramref name="rows"/> by <paramref name="columns"/> entries.</summary>
    public static Shape Matrix(Dimension rows, Dimension columns) => new(Kind.Matrix, rows, columns);

    /// <summary>Whether the value is a number.</summary>
    public bool IsScalar => Kind == Kind.Scalar;

    /// <summary>The axes as the interfaces give them: none for a scalar, one for a column or a row, two for a matrix.</summary>
    public IReadOnlyList<Dimension> Axes => Kind switch
    {
        Kind.Scalar => [],
        Kind.Column => [Rows],
        Kind.Row => [Columns],
        _ => [Rows, Columns],
    };

    /// <summary>The shape of the transpose.</summary>
    public Shape Transposed => Kind switch
    {
        Kind.Scalar => this,
        Kind.Column => Row(Rows),
        Kind.Row => Column(Columns),
        _ => Matrix(Columns, Rows),
    };

    /// <summary>The shape as messages name it: "scalar", "column of n", "row of n", "m x n".</summary>
    public override string ToString() => Kind switch
    {
        Kind.Scalar => "scalar",
        Kind.Column => $"column of {Rows}",
        Kind.Row => $"row of {Columns}",
        _ => $"{Rows} x {Columns}",
    };
}
