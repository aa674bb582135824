using Nabla.Numerics;

namespace Nabla.Expressions.Notation;

/// <summary>The shape of a value that the caller has: 0 axes for a number, 1 for a list, 2 for a list of rows.</summary>
/// <param name="Order">The number of axes.</param>
/// <param name="Rows">The number of entries of a list, or of rows.</param>
/// <param name="Columns">The number of columns; 1 for a number and a list.</param>
public readonly record struct GivenShape(int Order, long Rows, long Columns)
{
    /// <summary>The shape of a number.</summary>
    public static GivenShape Scalar { get; } = new(0, 1, 1);

    /// <summary>The shape of a list of numbers: a column, unless it is declared otherwise.</summary>
    public static GivenShape Vector(long length) => new(1, length, 1);

    /// <summary>The shape of a list of rows.</summary>
    public static GivenShape Matrix(long rows, long columns) => new(2, rows, columns);

    /// <summary>The shape of an array.</summary>
    /// <exception cref="NablaException">It has more than two axes.</exception>
    public static GivenShape Of(NDArray<double> array)
    {
        ArgumentNullException.ThrowIfNull(array);
        return array.Order switch
        {
            0 => Scalar,
            1 => Vector(array.Shape[0]),
            2 => Matrix(array.Shape[0], array.Shape[1]),
            _ => throw new NablaException(ErrorCode.Shape, $"A value has at most two axes, but here are {array.Order}."),
        };
    }

    /// <summary>The kind that an undeclared name of this shape has.</summary>
    public Kind Kind => Order switch { 0 => Kind.Scalar, 1 => Kind.Column, _ => Kind.Matrix };

    /// <summary>The shape as messages name it: "a number", "3 entries", "2 x 3".</summary>
    public override string ToString() => Order switch { 0 => "a number", 1 => $"{Rows} {(Rows == 1 ? "entry" : "entries")}", _ => $"{Rows} x {Columns}" };
}
