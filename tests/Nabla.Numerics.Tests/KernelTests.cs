using System.Runtime.InteropServices;

namespace Nabla.Numerics.Tests;

/// <summary>Kernels against plain loops, over sizes around their blocks and over all layouts of the operands.</summary>
public unsafe class KernelTests
{
    private static readonly int[] Sizes = [1, 2, 3, 4, 5, 8, 11, 12, 13, 16, 17, 31, 32, 33, 64, 100, 193];

    [Fact]
    public void Transposed_copies_have_every_entry_in_its_place()
    {
        var random = new Random(Matrices.Seed);
        foreach (int m in Sizes)
        {
            foreach (int n in Sizes)
            {
                double[] a = Matrices.Random(random, m, n).ToArray(), at = Transposition.Of(a, m, n);
                float[] b = [.. a.Select(x => (float)x)], bt = Transposition.Of(b, m, n);
                for (int i = 0; i < m; i++)
                    for (int j = 0; j < n; j++) Assert.True(at[j * m + i] == a[i * n + j] && bt[j * m + i] == b[i * n + j], $"{m} x {n}: [{i}, {j}]");
            }
        }
    }

    [Fact]
    public void Products_of_all_layouts_agree_with_plain_sums()
    {
        var random = new Random(Matrices.Seed);
        foreach (int m in Sizes)
        {
            foreach (int n in Sizes)
            {
                foreach (int k in new[] { 1, 4, 37, 130 })
                {
                    NDArray<double> A = Layout(random, m, k), B = Layout(random, k, n);
                    double[] a = A.ToArray(), b = B.ToArray(), c = NDArray.MatMul(A, B).ToArray();
                    for (int i = 0; i < m; i++)
                    {
                        for (int j = 0; j < n; j++)
                        {
                            double sum = 0;
                            for (int p = 0; p < k; p++) sum += a[i * k + p] * b[p * n + j];
                            Assert.True(Math.Abs(c[i * n + j] - sum) <= 1e-15 * k, $"{m} x {n} x {k}: [{i}, {j}] is {c[i * n + j]}, not {sum}");
                        }
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_upper_triangle_of_a_symmetric_product_is_that_of_the_whole(int threads)
    {
        var random = new Random(Matrices.Seed);
        int before = Parallelism.Threads;
        try
        {
            Parallelism.Threads = threads;
            foreach (int n in new[] { 1, 3, 5, 12, 31, 64, 97, 192, 193, 250, 400, 801 })
            {
                NDArray<double> X = Matrices.Random(random, 70, n), C = Matrices.Random(random, n, n), whole = C - NDArray.MatMul(X.Transpose(), X);
                fixed (double* x = X.AsSpan(), c = C.AsSpan()) Gemm.AddUpper(n, 70, -1.0, x, 1, n, x, n, 1, c, n);
                for (int i = 0; i < n; i++)
                    for (int j = i; j < n; j++) Assert.True(Math.Abs(C[i, j] - whole[i, j]) < 1e-13, $"{n}: [{i}, {j}]");
            }
        }
        finally
        {
            Parallelism.Threads = before;
        }
    }

    [Fact]
    public void Triangular_systems_are_solved_for_any_number_of_columns_in_both_precisions()
    {
        var random = new Random(Matrices.Seed);
        foreach (int n in Sizes)
        {
            foreach (int columns in new[] { 1, 2, 11, 12, 13, 50 })
            {
                foreach (bool lower in new[] { false, true })
                {
                    NDArray<double> M = Matrices.Random(random, n, n).Tabulate((i, j) => i == j ? 2 + random.NextDouble() : (lower ? i > j : i < j) ? (random.NextDouble() - 0.5) / n : 0);
                    NDArray<double> B = Matrices.Random(random, n, columns), X = B.Copy(), Y = B.Copy();
                    float[] m = [.. M.ToArray().Select(x => (float)x)], z = [.. B.ToArray().Select(x => (float)x)];
                    double[] transposed = M.Transpose().ToArray();
                    fixed (double* pm = M.AsSpan(), pt = transposed, x = X.AsSpan(), y = Y.AsSpan())
                    fixed (float* fm = m, fz = z)
                    {
                        Triangular.SolveLeft(lower, false, n, pm, n, 1, x, columns, columns);
                        Triangular.SolveLeft(lower, false, n, pt, 1, n, y, columns, columns);
                        Triangular.SolveLeft(lower, false, n, fm, n, 1, fz, columns, columns);
                    }
                    Assert.True((NDArray.MatMul(M, X) - B).NormInf() < 1e-14, $"{n} x {columns}, lower: {lower}");
                    Assert.True((X - Y).NormInf() < 1e-14, $"{n} x {columns}, transposed, lower: {lower}");
                    Assert.True((X - NDArray<double>.FromArray([.. z.Select(v => (double)v)], n, columns)).NormInf() < 2e-6, $"{n} x {columns}, float, lower: {lower}");
                }
            }
        }
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(1000, 999)]
    [InlineData(3, 9000)]
    [InlineData(9001, 30)]
    public void Matrix_by_vector_agrees_with_plain_sums_and_has_the_same_bits_on_any_threads(int m, int n)
    {
        var random = new Random(Matrices.Seed);
        NDArray<double> A = Matrices.Random(random, m, n), x = Matrices.Random(random, n), z = Matrices.Random(random, m);
        int before = Parallelism.Threads;
        try
        {
            (double[] Y, double[] W)[] results = [.. new[] { 1, 2, 7 }.Select(threads =>
            {
                Parallelism.Threads = threads;
                return (NDArray.MatMul(A, x).ToArray(), NDArray.MatMul(A.Transpose(), z).ToArray());
            })];
            foreach ((double[] y, double[] w) in results)
            {
                Assert.Equal(MemoryMarshal.AsBytes(results[0].Y.AsSpan()), MemoryMarshal.AsBytes(y.AsSpan()));
                Assert.Equal(MemoryMarshal.AsBytes(results[0].W.AsSpan()), MemoryMarshal.AsBytes(w.AsSpan()));
            }
            for (int i = 0; i < m; i++) Assert.Equal(Enumerable.Range(0, n).Sum(j => A[i, j] * x[j]), results[0].Y[i], 1e-14 * n);
            for (int j = 0; j < n; j++) Assert.Equal(Enumerable.Range(0, m).Sum(i => A[i, j] * z[i]), results[0].W[j], 1e-14 * m);
        }
        finally
        {
            Parallelism.Threads = before;
        }
    }

    private static NDArray<double> Layout(Random random, int m, int n) => random.Next(4) switch
    {
        0 => Matrices.Random(random, m, n),
        1 => Matrices.Random(random, n, m).Transpose(),
        2 => Matrices.Random(random, m, 2 * n).Every(1, 2),
        _ => Matrices.Random(random, m + 2, n + 3).Slice(1..^1, 2..^1),
    };
}
