using System.Numerics;

namespace Nabla.Numerics;

/// <summary>The matrix product C = alpha A B or C += alpha A B over strided operands, packed and blocked for the caches, parallel over tiles of C.</summary>
/// <remarks>
/// Goto and van de Geijn (2008), Anatomy of high-performance matrix multiplication. C must have columns at distance 1.
/// Each entry of C is summed in the same order whatever the number of threads, so the result has the same bits.
/// </remarks>
internal static unsafe class Gemm
{
    private const long SmallWork = 60 * 60 * 60;
    private const long ParallelWork = 800_000;

    /// <summary>The place of a diagonal that no tile lies below.</summary>
    private const int Below = int.MaxValue;

    /// <summary>C += alpha A B for A of m x k, B of k x n, C of m x n.</summary>
    internal static void Add<T>(int m, int n, int k, T alpha, T* A, nint aRow, nint aColumn, T* B, nint bRow, nint bColumn, T* C, nint cRow)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Run(m, n, k, alpha, A, aRow, aColumn, B, bRow, bColumn, C, cRow, true);

    /// <summary>C = alpha A B for A of m x k, B of k x n, C of m x n, whatever C held.</summary>
    internal static void Set<T>(int m, int n, int k, T alpha, T* A, nint aRow, nint aColumn, T* B, nint bRow, nint bColumn, T* C, nint cRow)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Run(m, n, k, alpha, A, aRow, aColumn, B, bRow, bColumn, C, cRow, false);

    /// <summary>The upper triangle of C += alpha A B for A of n x k, B of k x n, C of n x n. What stands below the diagonal of C is not defined afterwards.</summary>
    internal static void AddUpper<T>(int n, int k, T alpha, T* A, nint aRow, nint aColumn, T* B, nint bRow, nint bColumn, T* C, nint cRow)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Run(n, n, k, alpha, A, aRow, aColumn, B, bRow, bColumn, C, cRow, true, upper: true);

    /// <summary>The entries into which a product packs its operands, on all threads together.</summary>
    internal static long PackedEntries<T>(int m, int n, int k)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!Tiling<T>.IsVectorised || (long)m * n * k <= SmallWork || m < 4 || n < 4 || k < 4) return 0;
        int width = Tiling<T>.Columns, height = Tiling<T>.Rows, kc = Balanced(k, Tiling<T>.Depth, 1), nc = Balanced(n, Tiling<T>.BlockColumns, width);
        long threads = Parallelism.Threads > 1 && (long)m * n * k >= ParallelWork ? Parallelism.Threads : 1;
        if (m <= Tiling<T>.BlockRows) return (long)(m + height - 1) / height * height * kc + threads * width * kc;
        int mc = Balanced(m, threads > 1 ? Math.Min(Tiling<T>.BlockRows, (int)((m + 4 * threads - 1) / (4 * threads))) : Tiling<T>.BlockRows, height);
        return (long)(Math.Min(nc, n) + width) * kc + threads * mc * kc;
    }

    private static void Run<T>(int m, int n, int k, T alpha, T* A, nint aRow, nint aColumn, T* B, nint bRow, nint bColumn, T* C, nint cRow, bool add, bool upper = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (m == 0 || n == 0) return;
        bool small = !Tiling<T>.IsVectorised || (long)m * n * k <= SmallWork || m < 4 || n < 4 || k < 4;
        if (!small)
        {
            if (typeof(T) == typeof(double) && OpenBlas.TryMultiply(m, n, k, double.CreateTruncating(alpha), (double*)A, aRow, aColumn, (double*)B, bRow, bColumn, (double*)C, cRow, add)) return;
            Blocked(m, n, k, alpha, A, aRow, aColumn, B, bRow, bColumn, C, cRow, add, upper);
            return;
        }
        if (Tiling<T>.IsVectorised && m > 1 && n > 1 && (long)m * n * k <= SmallWork)
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
        if (m == 1 && bRow == 1 && aColumn == 1)
        {
            MatrixVector<T>.OfThread.Multiply(n, k, alpha, B, bColumn, 1, A, 1, C, 1, adds: true);
            return;
        }
        if (m == 1 && bColumn == 1)
        {
            MatrixVector<T>.OfThread.Multiply(n, k, alpha, B, 1, bRow, A, aColumn, C, 1, adds: true);
            return;
        }
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

    private static void Blocked<T>(int m, int n, int k, T alpha, T* A, nint aRow, nint aColumn, T* B, nint bRow, nint bColumn, T* C, nint cRow, bool add, bool upper)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int width = Tiling<T>.Columns, height = Tiling<T>.Rows;
        int kc = Balanced(k, Tiling<T>.Depth, 1), nc = Balanced(n, Tiling<T>.BlockColumns, width);
        bool parallel = Parallelism.Threads > 1 && (long)m * n * k >= ParallelWork, flat = m <= Tiling<T>.BlockRows;
        int mc = Balanced(m, parallel ? Math.Min(Tiling<T>.BlockRows, (m + 4 * Parallelism.Threads - 1) / (4 * Parallelism.Threads)) : Tiling<T>.BlockRows, height);
        for (int j0 = 0; j0 < n; j0 += nc)
        {
            int nb = Math.Min(nc, n - j0), diagonal = upper ? j0 : Below;
            for (int p0 = 0; p0 < k; p0 += kc)
            {
                int kb = Math.Min(kc, k - p0);
                T* a = A + p0 * aColumn, b = B + p0 * bRow + j0 * bColumn, c = C + j0;
                bool addHere = add || p0 > 0;
                if (flat && parallel) FlatParallel(m, nb, kb, alpha, a, aRow, aColumn, b, bRow, bColumn, c, cRow, addHere, diagonal);
                else if (flat) Flat(m, nb, kb, alpha, PackA(a, aRow, aColumn, m, kb), b, bRow, bColumn, c, cRow, addHere, diagonal, 0, nb);
                else if (parallel) BlockParallel(m, mc, nb, kb, alpha, a, aRow, aColumn, b, bRow, bColumn, c, cRow, addHere, diagonal);
                else
                {
                    T* packedB = (T*)Workspace.B.Ensure((long)(nb + width) * kb * sizeof(T));
                    PackB(b, bRow, bColumn, nb, kb, width, packedB, 0, (nb + width - 1) / width);
                    for (int i0 = 0; i0 < m; i0 += mc) Rows(i0, Math.Min(mc, m - i0), nb, kb, alpha, a, aRow, aColumn, packedB, c, cRow, addHere, diagonal);
                }
            }
        }
    }

    private static void BlockParallel<T>(int m, int mc, int n, int k, T alpha, T* A, nint aRow, nint aColumn, T* B, nint bRow, nint bColumn, T* C, nint cRow, bool add, int diagonal)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int width = Tiling<T>.Columns, panels = (n + width - 1) / width, share = Math.Max(1, panels / (2 * Parallelism.Threads));
        T* packedB = (T*)Workspace.B.Ensure((long)(n + width) * k * sizeof(T));
        Parallelism.For((panels + share - 1) / share, item => PackB(B, bRow, bColumn, n, k, width, packedB, item * share, Math.Min(panels, (item + 1) * share)));
        Parallelism.For((m + mc - 1) / mc, item => Rows(item * mc, Math.Min(mc, m - item * mc), n, k, alpha, A, aRow, aColumn, packedB, C, cRow, add, diagonal));
    }

    private static void FlatParallel<T>(int m, int n, int k, T alpha, T* A, nint aRow, nint aColumn, T* B, nint bRow, nint bColumn, T* C, nint cRow, bool add, int diagonal)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int height = Tiling<T>.Rows, tiles = (m + height - 1) / height;
        T* packedA = (T*)Workspace.A.Ensure((long)tiles * height * k * sizeof(T));
        void Pack(int tile) => Panels.Pack(A + tile * height * aRow, aRow, aColumn, Math.Min(height, m - tile * height), k, height, packedA + (nint)tile * height * k);
        Parallelism.For(tiles, Pack);
        int share = Balanced(n, (n + 4 * Parallelism.Threads - 1) / (4 * Parallelism.Threads), Tiling<T>.Columns);
        Parallelism.For((n + share - 1) / share, item => Flat(m, n, k, alpha, packedA, B, bRow, bColumn, C, cRow, add, diagonal, item * share, Math.Min(n, (item + 1) * share)));
    }

    /// <summary>Some columns of a product with few rows: all of A is packed, and a panel of B just before it is used, which leaves it in the first cache.</summary>
    private static void Flat<T>(int m, int n, int k, T alpha, T* packedA, T* B, nint bRow, nint bColumn, T* C, nint cRow, bool add, int diagonal, int first, int end)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int width = Tiling<T>.Columns;
        T* packedB = (T*)Workspace.B.Ensure((long)width * k * sizeof(T));
        for (int j = first; j < end; j += width)
        {
            int columns = Math.Min(width, n - j);
            Panels.Pack(B + j * bColumn, bColumn, bRow, columns, k, width, packedB);
            Strip(RowsAbove<T>(m, j + width, diagonal), columns, k, alpha, packedA, packedB, C + j, cRow, add);
        }
    }

    /// <summary>How many of m rows have entries on or above the diagonal in the columns before <paramref name="column"/>, in whole tiles.</summary>
    private static int RowsAbove<T>(int m, int column, int diagonal)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        diagonal == Below ? m : Math.Clamp((column + diagonal + Tiling<T>.Rows - 1) / Tiling<T>.Rows * Tiling<T>.Rows, 0, m);

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

    private static T* PackA<T>(T* A, nint aRow, nint aColumn, int m, int k)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int height = Tiling<T>.Rows, padded = (m + height - 1) / height * height;
        T* packed = (T*)Workspace.A.Ensure((long)padded * k * sizeof(T));
        for (int i = 0; i < m; i += height) Panels.Pack(A + i * aRow, aRow, aColumn, Math.Min(height, m - i), k, height, packed + (nint)i * k);
        return packed;
    }

    /// <summary>A block of rows of C. The diagonal passes through row i, column i - <paramref name="diagonal"/>; tiles that lie wholly below it are left out.</summary>
    private static void Rows<T>(int i0, int m, int n, int k, T alpha, T* A, nint aRow, nint aColumn, T* packedB, T* C, nint cRow, bool add, int diagonal)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int width = Tiling<T>.Columns;
        if (diagonal != Below) diagonal -= i0;
        if (RowsAbove<T>(m, n, diagonal) == 0) return;
        T* packedA = PackA(A + i0 * aRow, aRow, aColumn, m, k);
        for (int j = 0; j < n; j += width)
            Strip(RowsAbove<T>(m, j + width, diagonal), Math.Min(width, n - j), k, alpha, packedA, packedB + (nint)j * k, C + i0 * cRow + j, cRow, add);
    }

    /// <summary>A panel of columns of C, tile by tile.</summary>
    private static void Strip<T>(int m, int columns, int k, T alpha, T* packedA, T* b, T* C, nint cRow, bool add)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int height = Tiling<T>.Rows, width = Tiling<T>.Columns;
        T* edge = stackalloc T[height * width];
        for (int i = 0; i < m; i += height)
        {
            T* a = packedA + (nint)i * k, c = C + i * cRow;
            int rows = Math.Min(height, m - i);
            if (rows == height && columns == width)
            {
                Tiling<T>.Run(k, alpha, a, height, b, c, cRow, add);
                continue;
            }
            Tiling<T>.RunPart(rows, columns, k, a, height, b, edge);
            for (int r = 0; r < rows; r++)
            {
                T* from = edge + r * width, to = c + r * cRow;
                if (add) Vectors.Axpy(alpha, from, to, columns);
                else
                    for (int s = 0; s < columns; s++) to[s] = alpha * from[s];
            }
        }
    }
}
