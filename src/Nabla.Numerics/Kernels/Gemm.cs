using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Nabla.Numerics;

/// <summary>The matrix product C += alpha A B over strided operands, packed and blocked for the caches.</summary>
/// <remarks>Goto and van de Geijn (2008), Anatomy of high-performance matrix multiplication. C must have columns at distance 1.</remarks>
internal static unsafe class Gemm
{
    private const int RowsOfTile = 4;
    private const long SmallWork = 32 * 32 * 32;

    /// <summary>C += alpha A B for A of m x k, B of k x n, C of m x n.</summary>
    internal static void Add<T>(int m, int n, int k, T alpha, T* A, nint aRow, nint aColumn, T* B, nint bRow, nint bColumn, T* C, nint cRow)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (m == 0 || n == 0 || k == 0) return;
        bool vectorised = typeof(T) == typeof(double) || typeof(T) == typeof(float);
        if (!vectorised || (long)m * n * k <= SmallWork || m < 4 || n < 4 || k < 4) Small(m, n, k, alpha, A, aRow, aColumn, B, bRow, bColumn, C, cRow);
        else Blocked(m, n, k, alpha, A, aRow, aColumn, B, bRow, bColumn, C, cRow);
    }

    private static void Small<T>(int m, int n, int k, T alpha, T* A, nint aRow, nint aColumn, T* B, nint bRow, nint bColumn, T* C, nint cRow)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (bColumn == 1)
        {
            for (int i = 0; i < m; i++)
                for (int p = 0; p < k; p++) Vectors.Axpy(alpha * A[i * aRow + p * aColumn], B + p * bRow, C + i * cRow, n);
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

    private static void Blocked<T>(int m, int n, int k, T alpha, T* A, nint aRow, nint aColumn, T* B, nint bRow, nint bColumn, T* C, nint cRow)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int width = 3 * Vector256<T>.Count;
        int kc = Balanced(k, sizeof(T) == 8 ? 256 : 384, 1), mc = Balanced(m, 192, RowsOfTile), nc = Balanced(n, 340 * width, width);
        T* packedA = (T*)NativeMemory.AlignedAlloc((nuint)((long)mc * kc * sizeof(T)), 64);
        T* packedB = (T*)NativeMemory.AlignedAlloc((nuint)((long)nc * kc * sizeof(T)), 64);
        try
        {
            for (int j0 = 0; j0 < n; j0 += nc)
            {
                int nb = Math.Min(nc, n - j0);
                for (int p0 = 0; p0 < k; p0 += kc)
                {
                    int kb = Math.Min(kc, k - p0);
                    PackB(B + p0 * bRow + j0 * bColumn, bRow, bColumn, kb, nb, width, packedB);
                    for (int i0 = 0; i0 < m; i0 += mc)
                    {
                        int mb = Math.Min(mc, m - i0);
                        PackA(A + i0 * aRow + p0 * aColumn, aRow, aColumn, mb, kb, packedA);
                        Tiles(mb, nb, kb, width, alpha, packedA, packedB, C + i0 * cRow + j0, cRow);
                    }
                }
            }
        }
        finally
        {
            NativeMemory.AlignedFree(packedA);
            NativeMemory.AlignedFree(packedB);
        }
    }

    private static int Balanced(int size, int block, int unit)
    {
        int blocks = (size + block - 1) / block;
        int each = (size + blocks - 1) / blocks;
        return (each + unit - 1) / unit * unit;
    }

    private static void Tiles<T>(int m, int n, int k, int width, T alpha, T* packedA, T* packedB, T* C, nint cRow)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T* edge = stackalloc T[RowsOfTile * width];
        for (int j = 0; j < n; j += width)
        {
            T* b = packedB + (nint)j * k;
            for (int i = 0; i < m; i += RowsOfTile)
            {
                T* a = packedA + (nint)i * k;
                T* c = C + i * cRow + j;
                int mr = Math.Min(RowsOfTile, m - i), nr = Math.Min(width, n - j);
                if (mr == RowsOfTile && nr == width)
                {
                    Tile(k, alpha, a, b, c, cRow);
                    continue;
                }
                new Span<T>(edge, RowsOfTile * width).Clear();
                Tile(k, alpha, a, b, edge, width);
                for (int r = 0; r < mr; r++)
                    for (int s = 0; s < nr; s++) c[r * cRow + s] += edge[r * width + s];
            }
        }
    }

    private static void PackA<T>(T* A, nint row, nint column, int m, int k, T* packed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < m; i += RowsOfTile)
        {
            int rows = Math.Min(RowsOfTile, m - i);
            T* a = A + i * row;
            if (rows == RowsOfTile)
            {
                for (int p = 0; p < k; p++, packed += RowsOfTile)
                {
                    T* s = a + p * column;
                    packed[0] = s[0];
                    packed[1] = s[row];
                    packed[2] = s[2 * row];
                    packed[3] = s[3 * row];
                }
                continue;
            }
            for (int p = 0; p < k; p++, packed += RowsOfTile)
                for (int r = 0; r < RowsOfTile; r++) packed[r] = r < rows ? a[r * row + p * column] : T.Zero;
        }
    }

    private static void PackB<T>(T* B, nint row, nint column, int k, int n, int width, T* packed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int j = 0; j < n; j += width)
        {
            int columns = Math.Min(width, n - j);
            for (int p = 0; p < k; p++, packed += width)
            {
                T* b = B + p * row + j * column;
                if (columns == width && column == 1) new ReadOnlySpan<T>(b, width).CopyTo(new Span<T>(packed, width));
                else
                    for (int s = 0; s < width; s++) packed[s] = s < columns ? b[s * column] : T.Zero;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> MultiplyAdd<T>(Vector256<T> a, Vector256<T> b, Vector256<T> c)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => typeof(T) == typeof(double)
            ? Vector256.FusedMultiplyAdd(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>()
            : Vector256.FusedMultiplyAdd(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>();

    /// <summary>A tile of 4 rows by 3 vectors. A leaf: any call here would spill the accumulators.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Tile<T>(int k, T alpha, T* a, T* b, T* c, nint cRow)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int w = Vector256<T>.Count;
        Vector256<T> c00 = default, c01 = default, c02 = default, c10 = default, c11 = default, c12 = default;
        Vector256<T> c20 = default, c21 = default, c22 = default, c30 = default, c31 = default, c32 = default;
        for (int p = 0; p < k; p++)
        {
            Vector256<T> b0 = Vector256.Load(b), b1 = Vector256.Load(b + w), b2 = Vector256.Load(b + 2 * w);
            Vector256<T> x = Vector256.Create(a[0]);
            c00 = MultiplyAdd(x, b0, c00);
            c01 = MultiplyAdd(x, b1, c01);
            c02 = MultiplyAdd(x, b2, c02);
            x = Vector256.Create(a[1]);
            c10 = MultiplyAdd(x, b0, c10);
            c11 = MultiplyAdd(x, b1, c11);
            c12 = MultiplyAdd(x, b2, c12);
            x = Vector256.Create(a[2]);
            c20 = MultiplyAdd(x, b0, c20);
            c21 = MultiplyAdd(x, b1, c21);
            c22 = MultiplyAdd(x, b2, c22);
            x = Vector256.Create(a[3]);
            c30 = MultiplyAdd(x, b0, c30);
            c31 = MultiplyAdd(x, b1, c31);
            c32 = MultiplyAdd(x, b2, c32);
            a += 4;
            b += 3 * w;
        }
        Vector256<T> v = Vector256.Create(alpha);
        MultiplyAdd(v, c00, Vector256.Load(c)).Store(c);
        MultiplyAdd(v, c01, Vector256.Load(c + w)).Store(c + w);
        MultiplyAdd(v, c02, Vector256.Load(c + 2 * w)).Store(c + 2 * w);
        c += cRow;
        MultiplyAdd(v, c10, Vector256.Load(c)).Store(c);
        MultiplyAdd(v, c11, Vector256.Load(c + w)).Store(c + w);
        MultiplyAdd(v, c12, Vector256.Load(c + 2 * w)).Store(c + 2 * w);
        c += cRow;
        MultiplyAdd(v, c20, Vector256.Load(c)).Store(c);
        MultiplyAdd(v, c21, Vector256.Load(c + w)).Store(c + w);
        MultiplyAdd(v, c22, Vector256.Load(c + 2 * w)).Store(c + 2 * w);
        c += cRow;
        MultiplyAdd(v, c30, Vector256.Load(c)).Store(c);
        MultiplyAdd(v, c31, Vector256.Load(c + w)).Store(c + w);
        MultiplyAdd(v, c32, Vector256.Load(c + 2 * w)).Store(c + 2 * w);
    }
}
