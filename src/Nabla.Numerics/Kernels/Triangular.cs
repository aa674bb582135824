using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla.Numerics;

/// <summary>Solves triangular systems in place, recursively, so that most of the work is a matrix product.</summary>
internal static unsafe class Triangular
{
    /// <summary>B becomes the inverse of the triangle M (strided, n x n) times B (n x columns, row-major).</summary>
    internal static void SolveLeft<T>(bool lower, bool unit, int n, T* M, nint mRow, nint mColumn, T* B, nint bRow, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (n > TriangularTile.Order && columns > 1)
        {
            int h = (n / 2 + 7) / 8 * 8;
            T* corner = M + h * (mRow + mColumn), below = B + h * bRow;
            if (lower)
            {
                SolveLeft(lower, unit, h, M, mRow, mColumn, B, bRow, columns);
                Gemm.Add(n - h, columns, h, -T.One, M + h * mRow, mRow, mColumn, B, bRow, 1, below, bRow);
                SolveLeft(lower, unit, n - h, corner, mRow, mColumn, below, bRow, columns);
            }
            else
            {
                SolveLeft(lower, unit, n - h, corner, mRow, mColumn, below, bRow, columns);
                Gemm.Add(h, columns, n - h, -T.One, M + h * mColumn, mRow, mColumn, below, bRow, 1, B, bRow);
                SolveLeft(lower, unit, h, M, mRow, mColumn, B, bRow, columns);
            }
            return;
        }
        if (columns == 1 && mColumn == 1 && bRow == 1)
        {
            SolveVector(lower, unit, n, M, mRow, B);
            return;
        }
        if (columns == 1 && mRow == 1 && bRow == 1)
        {
            SolveVectorByColumns(lower, unit, n, M, mColumn, B);
            return;
        }
        if (lower) SolveStrips(unit, n, M, mRow, mColumn, B, bRow, columns);
        else SolveStrips(unit, n, M + (n - 1) * (mRow + mColumn), -mRow, -mColumn, B + (n - 1) * bRow, -bRow, columns);
    }

    /// <summary>The leaves of the recursion. An upper triangle seen from its last row and column is a lower one.</summary>
    private static void SolveStrips<T>(bool unit, int n, T* M, nint mRow, nint mColumn, T* B, nint bRow, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!Vector<T>.IsSupported)
        {
            SolveRows(unit, n, M, mRow, mColumn, B, bRow, columns);
            return;
        }
        int width = TriangularTile.Width<T>(), padded = (n + 3) / 4 * 4;
        T* triangle = stackalloc T[TriangularTile.Room], strip = stackalloc T[padded * width];
        TriangularTile.Pack(unit, n, M, mRow, mColumn, triangle);
        new Span<T>(strip, padded * width).Clear();
        for (int j = 0; j < columns; j += width)
        {
            CopyStrip(n, Math.Min(width, columns - j), B + j, bRow, strip, width);
            TriangularTile.Solve(unit, padded, triangle, strip);
            CopyStrip(n, Math.Min(width, columns - j), strip, width, B + j, bRow);
        }
    }

    private static void CopyStrip<T>(int rows, int columns, T* from, nint fromRow, T* to, nint toRow)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int w = Vector<T>.Count;
        for (; rows > 0; rows--, from += fromRow, to += toRow)
        {
            int j = 0;
            for (; j <= columns - w; j += w) Vector.Load(from + j).Store(to + j);
            for (; j < columns; j++) to[j] = from[j];
        }
    }

    private static void SolveRows<T>(bool unit, int n, T* M, nint mRow, nint mColumn, T* B, nint bRow, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < n; i++)
        {
            T* row = M + i * mRow, b = B + i * bRow;
            Vectors.AddCombination(-T.One, row, mColumn, B, bRow, i, b, columns);
            if (unit) continue;
            for (int j = 0; j < columns; j++) b[j] /= row[i * mColumn];
        }
    }

    private static void SolveVectorByColumns<T>(bool lower, bool unit, int n, T* M, nint mColumn, T* b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int s = 0; s < n; s++)
        {
            int i = lower ? s : n - 1 - s;
            T* column = M + i * mColumn;
            if (!unit) b[i] /= column[i];
            if (lower) Vectors.Axpy(-b[i], column + i + 1, b + i + 1, n - 1 - i);
            else Vectors.Axpy(-b[i], column, b, i);
        }
    }

    private static void SolveVector<T>(bool lower, bool unit, int n, T* M, nint mRow, T* b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int s = 0; s < n; s++)
        {
            int i = lower ? s : n - 1 - s;
            T* row = M + i * mRow;
            T sum = lower ? Vectors.Dot(row, b, i) : Vectors.Dot(row + i + 1, b + i + 1, n - 1 - i);
            b[i] = unit ? b[i] - sum : (b[i] - sum) / row[i];
        }
    }
}
