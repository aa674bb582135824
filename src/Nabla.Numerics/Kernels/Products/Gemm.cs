using System.Numerics;

namespace Nabla.Numerics;

/// <summary>The matrix product C = alpha A B or C += alpha A B over strided operands, packed and blocked for the caches, parallel over tiles of C.</summary>
/// <remarks>
/// Goto and van de Geijn (2008), Anatomy of high-performance matrix multiplication. C must have columns at distance 1.
/// Each entry of C is summed in the same order whatever the number of threads, so the result has the same bits.
/// </remarks>
internal static unsafe class Gemm
{
    private const long SmallWork = 40 * 40 * 40;
    private const long ParallelWork = 10_000_000;

    /// <summary>C += alpha A B for A of m x k, B of k x n, C of m x n.</summary>
    internal static void Add<T>(int m, int n, int k, T alpha, T* A, nint aRow, nint aColumn, T* B, nint bRow, nint bColumn, T* C, nint cRow)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Run(m, n, k, alpha, A, aRow, aColumn, B, bRow, bColumn, C, cRow, true);

    /// <summary>C = alpha A B for A of m x k, B of k x n, C of m x n, whatever C held.</summary>
    internal static void Set<T>(int m, int n, int k, T alpha, T* A, nint aRow, nint aColumn, T* B, nint bRow, nint bColumn, T* C, nint cRow)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Run(m, n, k, alpha, A, aRow, aColumn, B, bRow, bColumn, C, cRow, false);

    private static void Run<T>(int m, int n, int k, T alpha, T* A, nint aRow, nint aColumn, T* B, nint bRow, nint bColumn, T* C, nint cRow, bool add)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (m == 0 || n == 0) return;
        bool small = !Tiling<T>.IsVectorised || (long)m * n * k <= SmallWork || m < 4 || n < 4 || k < 4;
        if (!small)
        {
            if (typeof(T) == typeof(double) && OpenBlas.TryMultiply(m, n, k, double.CreateTruncating(alpha), (double*)A, aRow, aColumn, (double*)B, bRow, bColumn, (double*)C, cRow, add)) return;
            Blocked(m, n, k, alpha, A, aRow, aColumn, B, bRow, bColumn, C, cRow, add);
            return;
        }
        if (Tiling<T>.IsVectorised && n > 1 && (long)m * n * k <= SmallWork)
        {
            if (bColumn != 1) B = RowMajor(k, n, B, ref bRow, bColumn);
            SmallProduct.Run(m, n, k, alpha, A, aRow, aColumn, B, bRow, C, cRow, add);
            return;
        }
        if (!add)
            for (int i = 0; i < m; i++) new Span<T>(C + i * cRow, n).Clear();
        Small(m, n, k, alpha, A, aRow, aColumn, B, bRow, bColumn, C, cRow);
    }

    private static T* RowMajor<T>(int k, int n, T* B, ref nint bRow, nint bColumn)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T* copy = (T*)Workspace.B.Ensure((long)k * n * sizeof(T));
        for (int p = 0; p < k; p++)
            for (int j = 0; j < n; j++) copy[p * n + j] = B[p * bRow + j * bColumn];
        bRow = n;
        return copy;
    }

    private static void Small<T>(int m, int n, int k, T alpha, T* A, nint aRow, nint aColumn, T* B, nint bRow, nint bColumn, T* C, nint cRow)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (bColumn == 1 && n > 1)
        {
            for (int i = 0; i < m; i++)
                Vectors.AddCombination(alpha, A + i * aRow, aColumn, B, bRow, k, C + i * cRow, n);
            return;
        }
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                T* a = A + i * aRow, b = B + j * bColumn;
                T sum = T.Zero;
                if (aColumn == 1 && bRow == 1) sum = Vectors.Dot(a, b, k);
                else
                    for (int p = 0; p < k; p++) sum += a[p * aColumn] * b[p * bRow];
                C[i * cRow + j] += alpha * sum;
            }
        }
    }

    private static void Blocked<T>(int m, int n, int k, T alpha, T* A, nint aRow, nint aColumn, T* B, nint bRow, nint bColumn, T* C, nint cRow, bool add)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int width = Tiling<T>.Columns, height = Tiling<T>.Rows;
        int kc = Balanced(k, Tiling<T>.Depth, 1), nc = Balanced(n, Tiling<T>.BlockColumns, width);
        bool parallel = Parallelism.Threads > 1 && (long)m * n * k >= ParallelWork;
        int mc = Balanced(m, parallel ? Math.Min(Tiling<T>.BlockRows, (m + 4 * Parallelism.Threads - 1) / (4 * Parallelism.Threads)) : Tiling<T>.BlockRows, height);
        T* packedB = (T*)Workspace.B.Ensure((long)nc * kc * sizeof(T));
        for (int j0 = 0; j0 < n; j0 += nc)
        {
            int nb = Math.Min(nc, n - j0), panels = (nb + width - 1) / width;
            for (int p0 = 0; p0 < k; p0 += kc)
            {
                int kb = Math.Min(kc, k - p0), rowBlocks = (m + mc - 1) / mc;
                T* b = B + p0 * bRow + j0 * bColumn, a = A + p0 * aColumn, c = C + j0;
                bool addHere = add || p0 > 0;
                if (parallel)
                {
                    int share = Math.Max(1, panels / (2 * Parallelism.Threads));
                    Parallelism.For((panels + share - 1) / share, item => PackB(b, bRow, bColumn, nb, kb, width, packedB, item * share, Math.Min(panels, (item + 1) * share)));
                    Parallelism.For(rowBlocks, item => Rows(item * mc, Math.Min(mc, m - item * mc), nb, kb, alpha, a, aRow, aColumn, packedB, c, cRow, addHere));
                }
                else
                {
                    PackB(b, bRow, bColumn, nb, kb, width, packedB, 0, panels);
                    for (int i0 = 0; i0 < m; i0 += mc) Rows(i0, Math.Min(mc, m - i0), nb, kb, alpha, a, aRow, aColumn, packedB, c, cRow, addHere);
                }
            }
        }
    }

    private static int Balanced(int size, int block, int unit)
    {
        int blocks = (size + block - 1) / block;
        int each = (size + blocks - 1) / blocks;
        return (each + unit - 1) / unit * unit;
    }

    private static void PackB<T>(T* B, nint row, nint column, int n, int k, int width, T* packed, int first, int end)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int panel = first; panel < end; panel++)
        {
            int j = panel * width;
            Panels.Pack(B + j * column, column, row, Math.Min(width, n - j), k, width, packed + (nint)j * k);
        }
    }

    private static void Rows<T>(int i0, int m, int n, int k, T alpha, T* A, nint aRow, nint aColumn, T* packedB, T* C, nint cRow, bool add)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int height = Tiling<T>.Rows, width = Tiling<T>.Columns, padded = (m + height - 1) / height * height;
        T* packedA = (T*)Workspace.A.Ensure((long)padded * k * sizeof(T));
        for (int i = 0; i < m; i += height)
            Panels.Pack(A + (i0 + i) * aRow, aRow, aColumn, Math.Min(height, m - i), k, height, packedA + (nint)i * k);
        T* edge = stackalloc T[height * width];
        for (int j = 0; j < n; j += width)
        {
            T* b = packedB + (nint)j * k;
            for (int i = 0; i < m; i += height)
            {
                T* a = packedA + (nint)i * k, c = C + (i0 + i) * cRow + j;
                int mr = Math.Min(height, m - i), nr = Math.Min(width, n - j);
                if (mr == height && nr == width) Tiling<T>.Run(k, alpha, a, b, c, cRow, add);
                else
                {
                    Tiling<T>.RunPart(nr, k, a, b, edge);
                    for (int r = 0; r < mr; r++)
                    {
                        T* from = edge + r * width, to = c + r * cRow;
                        for (int s = 0; s < nr; s++) to[s] = add ? T.FusedMultiplyAdd(alpha, from[s], to[s]) : alpha * from[s];
                    }
                }
            }
        }
    }
}
