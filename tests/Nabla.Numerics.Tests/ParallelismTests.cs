using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Nabla.Numerics.Tests;

public class ParallelismTests
{
    [Theory]
    [InlineData(300, 301, 299)]
    [InlineData(1000, 100, 1000)]
    [InlineData(61, 2000, 130)]
    public void The_bits_do_not_depend_on_the_number_of_threads(int m, int n, int k)
    {
        var random = new Random(Matrices.Seed);
        NDArray<double> A = Matrices.Random(random, m, k), B = Matrices.Random(random, k, n);
        int before = Parallelism.Threads;
        try
        {
            double[][] results = [.. new[] { 1, 2, 7 }.Select(threads =>
            {
                Parallelism.Threads = threads;
                return NDArray.MatMul(A, B).ToArray();
            })];
            Assert.Equal(MemoryMarshal.AsBytes(results[0].AsSpan()), MemoryMarshal.AsBytes(results[1].AsSpan()));
            Assert.Equal(MemoryMarshal.AsBytes(results[0].AsSpan()), MemoryMarshal.AsBytes(results[2].AsSpan()));
        }
        finally
        {
            Parallelism.Threads = before;
        }
    }

    [Fact]
    public void Every_size_of_tile_gives_the_same_product()
    {
        var random = new Random(Matrices.Seed);
        Compare<double>(random, 1e-14, (k, a, b, c, wide) => Run(wide, k, a, b, c));
        Compare<float>(random, 1e-5, (k, a, b, c, wide) => Run(wide, k, a, b, c));
    }

    [Fact]
    public void A_failure_on_another_thread_comes_back()
    {
        int before = Parallelism.Threads;
        try
        {
            Parallelism.Threads = 2;
            Assert.Throws<AggregateException>(() => Parallelism.For(10, i => throw new InvalidOperationException($"{i}")));
        }
        finally
        {
            Parallelism.Threads = before;
        }
    }

    private static (int Rows, int Columns) Size<T>(bool wide) => wide ? (Tile512.Rows, 2 * Vector512<T>.Count) : (Tile.Rows, 3 * Vector<T>.Count);

    private static unsafe void Run<T>(bool wide, int k, T[] a, T[] b, T[] c)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T two = T.One + T.One;
        fixed (T* pa = a, pb = b, pc = c)
        {
            int stride = Size<T>(wide).Columns;
            if (wide) Tile512.Run(k, two, pa, Tile512.Rows, pb, pc, stride, true);
            else Tile.Run(k, two, pa, Tile.Rows, pb, pc, stride, true);
        }
    }

    private static void Compare<T>(Random random, double tolerance, Action<int, T[], T[], T[], bool> run)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (bool wide in new[] { false, true })
        {
            (int rows, int columns) = Size<T>(wide);
            const int K = 37;
            T[] a = [.. Enumerable.Range(0, rows * K).Select(_ => T.CreateTruncating(random.NextDouble()))];
            T[] b = [.. Enumerable.Range(0, columns * K).Select(_ => T.CreateTruncating(random.NextDouble()))];
            T[] c = [.. Enumerable.Repeat(T.One, rows * columns)];
            run(K, a, b, c, wide);
            for (int i = 0; i < rows; i++)
            {
                for (int j = 0; j < columns; j++)
                {
                    double expected = 1;
                    for (int p = 0; p < K; p++) expected += 2 * double.CreateTruncating(a[p * rows + i]) * double.CreateTruncating(b[p * columns + j]);
                    Assert.Equal(expected, double.CreateTruncating(c[i * columns + j]), tolerance * expected);
                }
            }
        }
    }
}
