using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nabla.Numerics;

/// <summary>The symmetric product C = alpha X' diag(d) X: the tiles on and below the diagonal are computed, the others mirrored.</summary>
/// <remarks>
/// The blocks of <see cref="Gemm"/> with half of the tiles; the weights are multiplied in while a block of X is packed. Threads share the tiles of a large result; a small one of many rows of X is a sum of
/// parts over some of the rows, a part for a thread, so that no thread waits for others at every block. Each entry is summed in the same order whatever the number of threads.
/// An object serves one product at a time, and allocates nothing when it is used again.
/// </remarks>
/// <typeparam name="T">The type of the entries.</typeparam>
internal sealed unsafe class SymmetricProduct<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const long ParallelWork = 2_000_000;
    private const int MirrorBlock = 32;
    private const int MostColumnsInParts = 512;
    private const int MostHalvings = 2;
    private const int RowPanels = 16;

    private readonly Action<int> pack;
    private readonly Action<int> rows;
    private readonly Action<int> part;
    private readonly Action<int> combine;
    private T* X, d, packed, C, scratch;
    private nint xRow, xColumn, cRow;
    private int n, depth, start, length, share, height, parts;
    private long scratchCount;
    private T alpha;

    internal SymmetricProduct()
    {
        pack = PackShare;
        rows = item => Rows(item, start, length, packed, C, cRow, adds: start > 0);
        part = Part;
        combine = Combine;
    }

    ~SymmetricProduct() => NativeMemory.AlignedFree(scratch);

    /// <summary>The entries that a product keeps: a packed block of X, or the parts, and C where it is added.</summary>
    internal static long ScratchEntries(int n, int depth, bool adds) =>
        (PartsOf(n, depth) is > 1 and int parts ? (long)parts * n * n : PackedBlock(n, Math.Min(depth, Tiling<T>.Depth))) + (adds ? (long)n * n : 0);

    /// <summary>The entries into which X is packed, on all threads together.</summary>
    internal static long PackedEntries(int n, int depth)
    {
        bool parallel = IsParallel(n, depth);
        int parts = PartsOf(n, depth), block = Math.Min((depth + parts - 1) / parts, Tiling<T>.Depth);
        return (parallel ? Math.Min(Parallelism.Threads, parts > 1 ? parts : int.MaxValue) : 1L) * ((long)HeightOf(n, parallel && parts == 1) * block + (parts > 1 ? PackedBlock(n, block) : 0));
    }

    private static bool IsParallel(int n, int depth) => Parallelism.Threads > 1 && IsLarge(n, depth);

    private static bool IsLarge(int n, int depth) => (long)n * n / 2 * depth >= ParallelWork;

    private static int PartsOf(int n, int depth) => n <= MostColumnsInParts && IsLarge(n, depth) ? 1 << Math.Clamp(BitOperations.Log2((uint)(depth / (2 * n))), 0, MostHalvings) : 1;

    private static long PackedBlock(int n, int steps) => (long)((n + Tiling<T>.Columns - 1) / Tiling<T>.Columns) * Tiling<T>.Columns * Math.Max(1, steps);

    private static int HeightOf(int n, bool parallel)
    {
        int tile = Tiling<T>.Rows;
        return Math.Min(Math.Max(tile, (n / (6 * (parallel ? Parallelism.Threads : 1)) + tile - 1) / tile * tile), Tiling<T>.BlockRows / tile * tile);
    }

    /// <summary>C = alpha X' diag(d) X, or C += it, for X of depth x n with the given distances.</summary>
    /// <param name="n">The columns of X.</param>
    /// <param name="depth">The rows of X.</param>
    /// <param name="alpha">The factor.</param>
    /// <param name="X">The matrix.</param>
    /// <param name="xRow">The distance between rows of X.</param>
    /// <param name="xColumn">The distance between columns of X.</param>
    /// <param name="d">The weights, or null for ones.</param>
    /// <param name="C">The result.</param>
    /// <param name="cRow">The distance between rows of C.</param>
    /// <param name="adds">Whether to add to what C holds.</param>
    internal void Run(int n, int depth, T alpha, T* X, nint xRow, nint xColumn, T* d, T* C, nint cRow, bool adds)
    {
        (this.n, this.depth, this.alpha, this.xRow, this.xColumn) = (n, depth, alpha, xRow, xColumn);
        this.X = X;
        this.d = d;
        Reserve(ScratchEntries(n, depth, adds));
        this.C = adds ? scratch + ScratchEntries(n, depth, false) : C;
        this.cRow = adds ? n : cRow;
        packed = scratch;
        parts = PartsOf(n, depth);
        bool parallel = IsParallel(n, depth);
        height = HeightOf(n, parallel && parts == 1);
        if (depth == 0)
            for (int i = 0; i < n; i++) new Span<T>(this.C + i * this.cRow, n).Clear();
        else if (parts > 1)
        {
            For(parallel, parts, part);
            For(parallel, (n + MirrorBlock - 1) / MirrorBlock, combine);
        }
        else Share(parallel);
        if (adds) AddMirrored(C, cRow);
        else Mirror();
    }

    private void Reserve(long entries)
    {
        if (entries <= scratchCount) return;
        NativeMemory.AlignedFree(scratch);
        scratchCount = 0;
        scratch = (T*)NativeMemory.AlignedAlloc((nuint)(entries * sizeof(T)), 64);
        scratchCount = entries;
    }

    private static void For(bool parallel, int items, Action<int> body)
    {
        if (parallel) Parallelism.For(items, body);
        else
            for (int i = 0; i < items; i++) body(i);
    }

    /// <summary>The threads share the tiles of each block of rows of X.</summary>
    private void Share(bool parallel)
    {
        int panels = (n + Tiling<T>.Columns - 1) / Tiling<T>.Columns;
        share = Math.Max(1, panels / (2 * Parallelism.Threads));
        for (start = 0; start < depth; start += length)
        {
            length = Math.Min(Tiling<T>.Depth, depth - start);
            For(parallel, (panels + share - 1) / share, pack);
            For(parallel, (n + height - 1) / height, rows);
        }
    }

    private void PackShare(int item)
    {
        int first = item * share * Tiling<T>.Columns;
        Pack(first, Math.Min(n, first + share * Tiling<T>.Columns), start, length, packed);
    }

    /// <summary>The product of some of the rows of X, in a place of its own. The last rows come first: who made the weights from X has just read them.</summary>
    private void Part(int item)
    {
        item = parts - 1 - item;
        int from = (int)((long)depth * item / parts), end = (int)((long)depth * (item + 1) / parts);
        int blocks = (end - from + Tiling<T>.Depth - 1) / Tiling<T>.Depth;
        for (int block = 0; block < blocks; block++)
        {
            int first = from + (int)((long)(end - from) * block / blocks), steps = from + (int)((long)(end - from) * (block + 1) / blocks) - first;
            T* panel = (T*)Workspace.B.Ensure(PackedBlock(n, steps) * sizeof(T));
            Pack(0, n, first, steps, panel);
            for (int k = 0; k < (n + height - 1) / height; k++) Rows(k, first, steps, panel, scratch + (nint)item * n * n, n, adds: block > 0);
        }
    }

    /// <summary>Sums the parts of some rows up to the diagonal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Combine(int item)
    {
        nint size = (nint)n * n;
        for (int i = item * MirrorBlock; i < Math.Min(n, (item + 1) * MirrorBlock); i++)
        {
            T* from = scratch + (nint)i * n, to = C + i * cRow;
            int j = 0;
            for (; j <= i + 1 - Vector<T>.Count; j += Vector<T>.Count)
            {
                Vector<T> sum = Vector.Load(from + j);
                for (int k = 1; k < parts; k++) sum += Vector.Load(from + k * size + j);
                sum.Store(to + j);
            }
            for (; j <= i; j++)
            {
                T sum = from[j];
                for (int k = 1; k < parts; k++) sum += from[k * size + j];
                to[j] = sum;
            }
        }
    }

    /// <summary>Packs columns of a block of rows of X in panels, multiplied by the weights.</summary>
    private void Pack(int from, int to, int start, int length, T* packed)
    {
        int width = Tiling<T>.Columns, step = xColumn == 1 ? RowPanels * width : width;
        T* weights = d == null ? null : d + start;
        for (int j = from; j < to; j += step)
        {
            int columns = Math.Min(step, to - j);
            T* x = X + start * xRow + j * xColumn, panel = packed + (nint)j * length;
            if (xColumn == 1) PackRows(x, xRow, weights, columns, length, panel);
            else
            {
                Panels.Pack(x, xColumn, xRow, columns, length, width, panel);
                if (weights != null) PackRows(panel, width, weights, width, length, panel);
            }
        }
    }

    /// <summary>Packs rows multiplied by their weights, if any, with zeros behind the last column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackRows(T* x, nint row, T* weights, int columns, int steps, T* packed)
    {
        int w = Vector<T>.Count, width = Tiling<T>.Columns;
        nint size = (nint)steps * width;
        for (int p = 0; p < steps; p++, x += row, packed += width)
        {
            T weight = weights == null ? T.One : weights[p];
            var factor = new Vector<T>(weight);
            T* to = packed;
            for (int j = 0; j < columns; j += width, to += size)
            {
                int lanes = Math.Min(width, columns - j), l = 0;
                for (; l <= lanes - w; l += w) (factor * Vector.Load(x + j + l)).Store(to + l);
                for (; l < lanes; l++) to[l] = weight * x[j + l];
                for (; l < width; l++) to[l] = T.Zero;
            }
        }
    }

    // The lowest rows have the most tiles: they come first.
    private void Rows(int item, int start, int length, T* packed, T* C, nint cRow, bool adds)
    {
        int count = (n + height - 1) / height, i0 = (count - 1 - item) * height, m = Math.Min(height, n - i0);
        int tile = Tiling<T>.Rows, width = Tiling<T>.Columns, padded = (m + tile - 1) / tile * tile;
        // Columns of X that lie side by side are read where they are; only the last ones, too few for a tile, are packed.
        bool inPlace = xColumn == 1;
        T* source = X + start * xRow + i0 * xColumn, packedA = (T*)Workspace.A.Ensure((long)padded * length * sizeof(T));
        for (int i = inPlace ? m / tile * tile : 0; i < m; i += tile)
            Panels.Pack(source + i * xColumn, xColumn, xRow, Math.Min(tile, m - i), length, tile, packedA + (nint)i * length);
        T* edge = stackalloc T[tile * width];
        for (int j = 0; j < Math.Min(n, i0 + m); j += width)
        {
            T* b = packed + (nint)j * length;
            for (int i = Math.Max(0, (j - i0) / tile * tile); i < m; i += tile)
            {
                bool isPacked = !inPlace || m - i < tile;
                T* a = isPacked ? packedA + (nint)i * length : source + i, c = C + (i0 + i) * cRow + j;
                nint step = isPacked ? tile : xRow;
                int below = i0 + i - j, mr = Math.Min(tile, m - i), nr = Math.Min(Math.Min(width, n - j), below + mr);
                if (mr == tile && n - j >= width) Tiling<T>.RunBelowDiagonal(below, length, alpha, a, step, b, c, cRow, adds);
                else
                {
                    Tiling<T>.RunPart(mr, nr, length, a, step, b, edge);
                    for (int r = 0; r < mr; r++)
                        for (int s = 0; s < nr; s++) c[r * cRow + s] = adds ? T.FusedMultiplyAdd(alpha, edge[r * width + s], c[r * cRow + s]) : alpha * edge[r * width + s];
                }
            }
        }
    }

    private void Mirror()
    {
        for (int i0 = 0; i0 < n; i0 += MirrorBlock)
        {
            int rows = Math.Min(MirrorBlock, n - i0);
            for (int j0 = 0; j0 < i0; j0 += MirrorBlock) Transposition.Copy(C + i0 * cRow + j0, cRow, rows, MirrorBlock, C + j0 * cRow + i0, cRow);
            for (int i = i0; i < i0 + rows; i++)
                for (int j = i0; j < i; j++) C[j * cRow + i] = C[i * cRow + j];
        }
    }

    private void AddMirrored(T* target, nint row)
    {
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++) target[i * row + j] += j <= i ? C[i * cRow + j] : C[j * cRow + i];
    }
}
