using System.Numerics;
using System.Runtime.InteropServices;

namespace Nabla.Numerics.Tests;

/// <summary>Products of a matrix and a vector against plain sums, over sizes around the groups of rows and the widths of the registers.</summary>
public class MatrixVectorTests
{
    private static readonly int[] Counts = [1, 3, 4, 11, 12, 13, 24, 29];
    private static readonly int[] Lengths = [1, 5, 16, 63, 127, 128, 131, 511, 512, 513, 519, 527, 1030];

    [Fact]
    public void Products_agree_with_plain_sums_in_double() => Compare<double>(2e-16);

    [Fact]
    public void Products_agree_with_plain_sums_in_single() => Compare<float>(1e-7);

    [Fact]
    public void An_infinite_entry_stays_in_its_row_and_in_its_column()
    {
        var random = new Random(Matrices.Seed);
        foreach (int n in Lengths)
        {
            foreach (int place in new[] { 0, n / 2, n - 1 })
            {
                NDArray<double> A = Matrices.Random(random, 25, n), x = NDArray<double>.Full(1, n), u = NDArray<double>.Full(1, 25);
                A[13, place] = double.PositiveInfinity;
                double[] rows = NDArray.MatMul(A, x).ToArray(), columns = NDArray.MatMul(u, A).ToArray();
                for (int i = 0; i < 25; i++) Assert.True(double.IsPositiveInfinity(rows[i]) == (i == 13) && !double.IsNaN(rows[i]), $"row {i} of {n} columns, infinite at {place}: {rows[i]}");
                for (int j = 0; j < n; j++) Assert.True(double.IsPositiveInfinity(columns[j]) == (j == place) && !double.IsNaN(columns[j]), $"column {j} of {n}, infinite at {place}: {columns[j]}");
            }
        }
    }

    [Fact]
    public unsafe void Two_vectors_at_once_have_the_products_of_each()
    {
        var random = new Random(Matrices.Seed);
        foreach (int m in Counts)
        {
            foreach (int n in Lengths)
            {
                NDArray<double> A = Matrices.Random(random, m, n), X = Matrices.Random(random, 2, n);
                double[] a = A.ToArray(), x = X.ToArray(), y = new double[2 * m];
                fixed (double* pa = a, px = x, py = y) RowGroups.MultiplyTwo(pa, n, m, n, px, 2, py, px + n, -1, py + m);
                for (int i = 0; i < 2 * m; i++)
                {
                    double[] products = [.. Enumerable.Range(0, n).Select(k => (i < m ? 2 : -1) * a[i % m * n + k] * x[i / m * n + k])];
                    Assert.True(Math.Abs(y[i] - products.Sum()) <= 2e-16 * (n + 2) * products.Sum(Math.Abs), $"{m} x {n}: entry {i % m} of product {i / m} is {y[i]}, not {products.Sum()}");
                }
            }
        }
    }

    // The widths and heights choose every way: rows shared out, columns in parts, columns shared out.
    [Theory]
    [InlineData(2001, 1003)]
    [InlineData(300, 9001)]
    [InlineData(70001, 9)]
    [InlineData(13, 40003)]
    public void The_bits_do_not_depend_on_the_number_of_threads(int m, int n)
    {
        var random = new Random(Matrices.Seed);
        NDArray<double> A = Matrices.Random(random, m, n), x = Matrices.Random(random, n, 1).Reshape(n), u = Matrices.Random(random, m, 1).Reshape(m);
        int before = Parallelism.Threads;
        try
        {
            double[][] results = [.. new[] { 1, 2, 7 }.Select(threads =>
            {
                Parallelism.Threads = threads;
                return (double[])[.. NDArray.MatMul(A, x).ToArray(), .. NDArray.MatMul(A.Transpose(), u).ToArray()];
            })];
            Assert.Equal(MemoryMarshal.AsBytes(results[0].AsSpan()), MemoryMarshal.AsBytes(results[1].AsSpan()));
            Assert.Equal(MemoryMarshal.AsBytes(results[0].AsSpan()), MemoryMarshal.AsBytes(results[2].AsSpan()));
        }
        finally
        {
            Parallelism.Threads = before;
        }
    }

    private static void Compare<T>(double unit)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(Matrices.Seed);
        foreach (int m in Counts.Append(1600))
        {
            foreach (int n in Lengths)
            {
                T[] a = Entries(m * n), x = Entries(n), u = Entries(m);
                NDArray<T> A = NDArray<T>.FromArray(a, m, n), X = NDArray<T>.FromArray(x), U = NDArray<T>.FromArray(u);
                Check(NDArray.MatMul(A, X).ToArray(), m, n, i => k => (a[i * n + k], x[k]), $"{m} x {n}");
                Check(NDArray.MatMul(A.Transpose(), U).ToArray(), n, m, j => k => (a[k * n + j], u[k]), $"transposed {m} x {n}");
            }
        }

        T[] Entries(int count) => [.. Enumerable.Range(0, count).Select(_ => T.CreateTruncating(2 * random.NextDouble() - 1))];

        void Check(T[] result, int count, int depth, Func<int, Func<int, (T, T)>> factors, string what)
        {
            for (int i = 0; i < count; i++)
            {
                double sum = 0, size = 0;
                Func<int, (T, T)> at = factors(i);
                for (int k = 0; k < depth; k++)
                {
                    (T p, T q) = at(k);
                    double product = double.CreateTruncating(p) * double.CreateTruncating(q);
                    sum += product;
                    size += Math.Abs(product);
                }
                double value = double.CreateTruncating(result[i]);
                Assert.True(Math.Abs(value - sum) <= unit * (depth + 2) * size, $"{what}: entry {i} is {value}, not {sum}");
            }
        }
    }
}
