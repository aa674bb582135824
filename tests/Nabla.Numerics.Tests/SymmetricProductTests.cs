using System.Numerics;
using System.Runtime.InteropServices;

namespace Nabla.Numerics.Tests;

/// <summary>X' diag(d) X, by tiles that threads share and by parts of the rows of X, beside a product of matrices.</summary>
public unsafe class SymmetricProductTests
{
    public static TheoryData<int, int> Shapes
    {
        get
        {
            // Columns and rows of X: beside the edges of tiles, few rows, the bounds between tiles and parts, one and several blocks of rows.
            var shapes = new TheoryData<int, int>();
            foreach (int n in new[] { 1, 2, 8, 12, 13, 16, 17, 31, 100, 200, 255, 300, 511, 512, 513 })
                foreach (int depth in new[] { 0, 1, 5, 200, 513, 1025, 2000 }) shapes.Add(n, depth);
            foreach (int depth in new[] { 120_000, 300_001 }) shapes.Add(5, depth);
            return shapes;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void It_is_the_product_of_matrices_with_the_same_bits_on_any_threads(int n, int depth)
    {
        Check<double>(n, depth, 1e-13);
        Check<float>(n, depth, 1e-5f);
    }

    private static void Check<T>(int n, int depth, T bound)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(Matrices.Seed + n + depth);
        T Next() => T.CreateChecked(2 * random.NextDouble() - 1);
        T alpha = Next();
        bool transposed = random.Next(2) == 0, weighted = random.Next(3) > 0, adds = random.Next(2) == 0;
        int gap = random.Next(3);
        // X lies by rows or by columns, with a gap behind each; so does C by rows.
        int lines = transposed ? n : depth, line = (transposed ? depth : n) + gap, row = n + gap;
        T[] x = [.. Enumerable.Range(0, lines * line).Select(_ => Next())], d = [.. Enumerable.Range(0, depth).Select(_ => Next())], start = [.. Enumerable.Range(0, n * row).Select(_ => Next())];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < i; j++) start[i * row + j] = start[j * row + i];
        NDArray<T> held = NDArray<T>.FromArray(x, lines, line).Slice(.., ..(line - gap)), X = transposed ? held.Transpose() : held, scaled = X.Copy();
        for (int p = 0; p < depth && weighted; p++)
            for (int j = 0; j < n; j++) scaled[p, j] *= d[p];
        NDArray<T> expected = NDArray.MatMul(X.Transpose(), scaled);
        var product = new SymmetricProduct<T>();
        int threads = Parallelism.Threads;
        T[]? first = null;
        try
        {
            foreach (int count in new[] { 1, 2, 7 })
            {
                Parallelism.Threads = count;
                T[] c = [.. start];
                fixed (T* px = x, pd = d, pc = c) product.Run(n, depth, alpha, px, transposed ? 1 : line, transposed ? line : 1, weighted ? pd : null, pc, row, adds);
                first ??= c;
                Assert.True(MemoryMarshal.AsBytes<T>(first).SequenceEqual(MemoryMarshal.AsBytes<T>(c)), $"{count} threads give other bits than one");
            }
        }
        finally
        {
            Parallelism.Threads = threads;
        }
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                T wanted = alpha * expected[i, j] + (adds ? start[i * row + j] : T.Zero);
                Assert.True(T.Abs(first![i * row + j] - wanted) <= bound * T.CreateChecked(10 + depth), $"[{i}, {j}] is {first[i * row + j]} instead of {wanted}; transposed: {transposed}, weighted: {weighted}, added: {adds}");
                Assert.True(first[i * row + j] == first[j * row + i], $"[{i}, {j}] and [{j}, {i}] differ");
            }
            for (int j = n; j < row; j++) Assert.Equal(start[i * row + j], first![i * row + j]);
        }
    }
}
