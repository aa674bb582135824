using System.Numerics;

namespace Nabla.Numerics;

/// <summary>Solves triangular systems in place, recursively, so that most of the work is a matrix product.</summary>
internal static unsafe class Triangular
{
    private const int Leaf = 24;

    /// <summary>B becomes the inverse of the triangle M (strided, n x n) times B (n x columns, row-major).</summary>
    internal static void SolveLeft<T>(bool lower, bool unit, int n, T* M, nint mRow, nint mColumn, T* B, nint bRow, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (n > Leaf && columns > 1)
        {
            int h = n / 2;
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
        for (int s = 0; s < n; s++)
        {
            int i = lower ? s : n - 1 - s;
            T* row = M + i * mRow, b = B + i * bRow;
            int from = lower ? 0 : i + 1, to = lower ? i : n;
            Vectors.AddCombination(-T.One, row + from * mColumn, mColumn, B + from * bRow, bRow, to - from, b, columns);
            if (unit) continue;
            T pivot = row[i * mColumn];
            for (int j = 0; j < columns; j++) b[j] /= pivot;
        }
    }

    /// <summary>B (rows x n, row-major) becomes B times the inverse of the transpose of the lower triangle L (n x n, row-major).</summary>
    internal static void SolveRightTransposed<T>(int n, T* L, nint lRow, T* B, nint bRow, int rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (n > Leaf)
        {
            int h = n / 2;
            SolveRightTransposed(h, L, lRow, B, bRow, rows);
            Gemm.Add(rows, n - h, h, -T.One, B, bRow, 1, L + h * lRow, 1, lRow, B + h, bRow);
            SolveRightTransposed(n - h, L + h * lRow + h, lRow, B + h, bRow, rows);
            return;
        }
        // In a transposed copy the rows of B lie side by side, and each step is a combination of whole vectors.
        T* copy = (T*)Workspace.A.Ensure((long)rows * n * sizeof(T));
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < n; j++) copy[(nint)j * rows + i] = B[i * bRow + j];
        for (int j = 0; j < n; j++)
        {
            T* b = copy + (nint)j * rows;
            Vectors.AddCombination(-T.One, L + j * lRow, 1, copy, rows, j, b, rows);
            T pivot = L[j * lRow + j];
            for (int i = 0; i < rows; i++) b[i] /= pivot;
        }
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < n; j++) B[i * bRow + j] = copy[(nint)j * rows + i];
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
