using System.Numerics;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Evaluation;

/// <summary>Joins the values of a block matrix.</summary>
internal static class Blocks
{
    /// <summary>The value of <c>[A, B; C, D]</c>.</summary>
    /// <param name="rows">The blocks, row by row.</param>
    /// <param name="kind">The kind of the whole.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="work">The budget.</param>
    /// <exception cref="NablaException">The blocks of a row differ in height, or the rows in width (<see cref="ErrorCode.Shape"/>).</exception>
    public static Value Join(Value[][] rows, Kind kind, Place place, Work work)
    {
        long height = rows.Sum(row => (long)row[0].Rows), width = rows[0].Sum(block => (long)block.Columns);
        foreach (var row in rows)
        {
            if (row.FirstOrDefault(b => b.Rows != row[0].Rows) is { } other)
                throw new NablaException(ErrorCode.Shape, $"The blocks of one row must have equally many rows, but one has {row[0].Rows} and one {other.Rows}.", place);
            if (row.Sum(b => (long)b.Columns) is var columns && columns != width)
                throw new NablaException(ErrorCode.Shape, $"The rows of blocks must have equally many columns, but one has {width} and one {columns}.", place);
        }
        if (height > work.Entries || width > work.Entries || height * width > work.Entries)
            throw new NablaException(ErrorCode.Limit, $"The block matrix would be {height} x {width}, but a value has at most {work.Entries} entries.", place);
        var entries = new Complex[height, width];
        int top = 0;
        foreach (var row in rows)
        {
            int left = 0;
            foreach (var block in row)
            {
                for (int i = 0; i < block.Rows; i++)
                    for (int j = 0; j < block.Columns; j++) entries[top + i, left + j] = block[i, j];
                left += block.Columns;
            }
            top += row[0].Rows;
        }
        return Value.OfComplex(kind, (int)height, (int)width, (i, j) => entries[i, j]);
    }
}
