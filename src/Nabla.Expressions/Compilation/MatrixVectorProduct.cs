namespace Nabla.Expressions.Compilation;

/// <summary>A product of a matrix whose rows lie one after the other with a vector: y = factor A x, or z = factor A'w.</summary>
/// <param name="Matrix">The storage of A.</param>
/// <param name="Offset">The place of its first entry.</param>
/// <param name="Leading">The distance between its rows.</param>
/// <param name="Rows">The rows of A.</param>
/// <param name="Columns">The columns of A.</param>
/// <param name="IsTransposed">Whether A' takes the place of A.</param>
/// <param name="Vector">The vector, with one distance.</param>
/// <param name="Result">The result, with one distance.</param>
/// <param name="Factor">The factor.</param>
/// <param name="Adds">Whether the product is added to what the result holds.</param>
internal sealed record MatrixVectorProduct(Storage Matrix, long Offset, long Leading, int Rows, int Columns, bool IsTransposed, Read Vector, Read Result, double Factor, bool Adds)
{
    /// <summary>The product that a step makes; null where it is another one.</summary>
    public static MatrixVectorProduct? Of(Step step)
    {
        if (step is not ProductStep { Outer.Length: 0 } p || (p.Rows > 1 && p.Columns > 1)) return null;
        bool isRight = p.Columns == 1;
        var (matrix, vector) = isRight ? (p.A, p.B) : (p.B, p.A);
        // The matrix as it multiplies the vector from the left: its rows are those of the result.
        var (rows, row, column) = isRight ? (p.Rows, matrix.Strides[0], matrix.Strides[1]) : (p.Columns, matrix.Strides[1], matrix.Strides[0]);
        Read x = vector with { Strides = [isRight ? vector.Strides[0] : vector.Strides[1]] }, y = p.C with { Strides = [isRight ? p.C.Strides[0] : p.C.Strides[1]] };
        if (column == 1 && row >= p.Depth) return new(matrix.Storage, matrix.Offset, row, rows, p.Depth, false, x, y, p.Factor, p.Adds);
        return row == 1 && column >= rows ? new(matrix.Storage, matrix.Offset, column, p.Depth, rows, true, x, y, p.Factor, p.Adds) : null;
    }

    /// <summary>Whether another product reads the same matrix.</summary>
    public bool ReadsTheSame(MatrixVectorProduct other) =>
        ReferenceEquals(Matrix, other.Matrix) && (Offset, Leading, Rows, Columns) == (other.Offset, other.Leading, other.Rows, other.Columns);
}
