using System.Runtime.InteropServices;

namespace Nabla.Numerics.Tests;

/// <summary>Symmetric eigenvalues and singular values of matrices that deflate much, little or badly, around the sizes of the leaves and panels.</summary>
public class SpectralTests
{
    private const double Bound = 10;

    public static TheoryData<string, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, int>();
            foreach (string name in Diagonals.Keys)
                foreach (int n in new[] { 1, 2, 31, 32, 33, 64, 65, 66, 131, 210 }) cases.Add(name, n);
            return cases;
        }
    }

    /// <summary>Tridiagonal matrices: entry i of the diagonal, and the entry that joins i and i + 1.</summary>
    private static Dictionary<string, (Func<int, int, Random, double> Diagonal, Func<int, int, Random, double> Next)> Diagonals { get; } = new()
    {
        ["random"] = ((i, n, r) => r.NextDouble() - 0.5, (i, n, r) => r.NextDouble() - 0.5),
        ["second differences"] = ((i, n, r) => 2, (i, n, r) => -1),
        ["Wilkinson"] = ((i, n, r) => Math.Abs(i - (n - 1) / 2.0), (i, n, r) => 1),
        ["glued Wilkinson"] = ((i, n, r) => Math.Abs(i % 21 - 10), (i, n, r) => i % 21 == 20 ? 1e-8 : 1),
        ["barely glued Wilkinson"] = ((i, n, r) => Math.Abs(i % 21 - 10), (i, n, r) => i % 21 == 20 ? 1e-14 : 1),
        ["Clement"] = ((i, n, r) => 0, (i, n, r) => Math.Sqrt((i + 1.0) * (n - 1 - i))),
        ["repeated"] = ((i, n, r) => i % 3, (i, n, r) => i % 5 == 0 ? 1e-3 : 0),
        ["all equal"] = ((i, n, r) => 7, (i, n, r) => 0),
        ["all zero"] = ((i, n, r) => 0, (i, n, r) => 0),
        ["zeros off the diagonal"] = ((i, n, r) => r.NextDouble(), (i, n, r) => i % 4 == 3 ? 0 : r.NextDouble()),
        ["zeros on the diagonal"] = ((i, n, r) => 0, (i, n, r) => r.NextDouble() + 0.1),
        ["clustered"] = ((i, n, r) => 1 + 1e-13 * i, (i, n, r) => 1e-13 * r.NextDouble()),
        ["one large"] = ((i, n, r) => i == n / 2 ? 1 : 1e-9, (i, n, r) => 1e-10),
        ["graded downwards"] = ((i, n, r) => Math.Pow(10, -0.15 * i), (i, n, r) => 0.3 * Math.Pow(10, -0.15 * i)),
        ["graded upwards"] = ((i, n, r) => Math.Pow(10, 0.15 * i - 20), (i, n, r) => 0.3 * Math.Pow(10, 0.15 * i - 20)),
        ["wildly graded"] = ((i, n, r) => Math.Pow(10, -1.4 * i), (i, n, r) => Math.Pow(10, -1.4 * i - 0.7)),
        ["mixed sizes"] = ((i, n, r) => Math.Pow(10, r.Next(-16, 1)), (i, n, r) => Math.Pow(10, r.Next(-18, 1)) * (r.NextDouble() - 0.5)),
        ["strong joints"] = ((i, n, r) => 1e-3 * i, (i, n, r) => i % 16 == 15 ? 100 : 1e-3),
        ["integers"] = ((i, n, r) => r.Next(-2, 3), (i, n, r) => r.Next(-1, 2)),
        ["arithmetic"] = ((i, n, r) => i, (i, n, r) => 1e-7),
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Symmetric_tridiagonal_matrices_have_orthonormal_eigenvectors(string name, int n)
    {
        foreach (double scale in new[] { 1, 1e150, 1e-150 })
        {
            NDArray<double> A = Tridiagonal(name, n) * scale;
            foreach (bool mixed in new[] { false, true })
            {
                NDArray<double> Q = mixed ? new QR<double>(Matrices.Random(new Random(Matrices.Seed), n, n)).Q : NDArray<double>.Identity(n);
                NDArray<double> B = mixed ? NDArray.MatMul(NDArray.MatMul(Q, A), Q.Transpose()) : A;
                var eigen = new SymmetricEigen<double>(B * 0.5 + B.Transpose() * 0.5);
                NDArray<double> V = eigen.Vectors, unit = B / scale, values = eigen.Values / scale;
                double residual = Matrices.Units(NDArray.MatMul(unit, V) - NDArray.MatMul(V, NDArray.Diagonal(values)), unit), orthogonality = Matrices.Orthogonality(V);
                Assert.True(residual < Bound && orthogonality < Bound, $"residual {residual:G3}, orthogonality {orthogonality:G3}, scale {scale}, mixed: {mixed}");
                for (int k = 1; k < n; k++) Assert.True(values[k - 1] <= values[k]);
                NDArray<double> alone = new SymmetricEigen<double>(B * 0.5 + B.Transpose() * 0.5, withVectors: false).Values / scale;
                Assert.True(Matrices.Units(alone - values, unit) < Bound, $"values with and without vectors differ, scale {scale}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Bidiagonal_matrices_have_orthonormal_singular_vectors(string name, int n)
    {
        foreach (double scale in new[] { 1, 1e150, 1e-150 })
        {
            NDArray<double> T = Tridiagonal(name, n), B = NDArray<double>.Zeros(n, n).Tabulate((i, j) => j == i || j == i + 1 ? T[i, j] : 0);
            foreach (bool mixed in new[] { false, true })
            {
                NDArray<double> Q = mixed ? new QR<double>(Matrices.Random(new Random(Matrices.Seed), n, n)).Q : NDArray<double>.Identity(n);
                NDArray<double> unit = mixed ? NDArray.MatMul(Q, B) : B;
                var svd = new SVD<double>(unit * scale);
                NDArray<double> S = svd.S / scale, alone = new SVD<double>(unit * scale, withVectors: false).S / scale;
                double residual = Matrices.Units(NDArray.MatMul(NDArray.MatMul(svd.U, NDArray.Diagonal(S)), svd.V.Transpose()) - unit, unit);
                double orthogonality = Math.Max(Matrices.Orthogonality(svd.U), Matrices.Orthogonality(svd.V));
                Assert.True(residual < Bound && orthogonality < Bound, $"residual {residual:G3}, orthogonality {orthogonality:G3}, scale {scale}, mixed: {mixed}");
                for (int k = 0; k < n; k++) Assert.True(S[k] >= 0 && (k == 0 || S[k - 1] >= S[k]));
                Assert.True(Matrices.Units(alone - S, unit) < Bound, $"values with and without vectors differ, scale {scale}");
            }
        }
    }

    [Fact]
    public void Singular_values_of_tall_wide_and_full_shapes_in_both_precisions()
    {
        var random = new Random(Matrices.Seed);
        foreach ((int m, int n) in new[] { (70, 66), (66, 70), (150, 100), (100, 150), (300, 90), (90, 300), (33, 33), (129, 128) })
        {
            NDArray<double> A = Matrices.Random(random, m, n);
            int r = Math.Min(m, n);
            foreach (bool full in new[] { false, true })
            {
                var svd = new SVD<double>(A, full);
                NDArray<double> product = NDArray.MatMul(NDArray.MatMul(svd.U.Slice(.., ..r), NDArray.Diagonal(svd.S)), svd.V.Slice(.., ..r).Transpose());
                Assert.True(Matrices.Units(product - A, A) < Bound && Matrices.Orthogonality(svd.U) < Bound && Matrices.Orthogonality(svd.V) < Bound, $"{m} x {n}, full: {full}");
            }
            NDArray<float> B = NDArray<float>.FromArray([.. A.ToArray().Select(x => (float)x)], m, n);
            var single = new SVD<float>(B);
            NDArray<float> residual = NDArray.MatMul(NDArray.MatMul(single.U, NDArray.Diagonal(single.S)), single.V.Transpose()) - B;
            Assert.True(residual.Norm2() < Bound * m * 1.2e-7f * B.Norm2(), $"{m} x {n} in single precision");
            Assert.True((NDArray.MatMul(single.V.Transpose(), single.V) - NDArray<float>.Identity(r)).NormInf() < Bound * n * 1.2e-7f, $"{m} x {n}: V in single precision");
        }
    }

    [Fact]
    public void Symmetric_eigenvalues_in_single_precision()
    {
        var random = new Random(Matrices.Seed);
        foreach (int n in new[] { 3, 33, 100, 150 })
        {
            NDArray<double> S = Matrices.Symmetric(random, n);
            NDArray<float> A = NDArray<float>.FromArray([.. S.ToArray().Select(x => (float)x)], n, n);
            var eigen = new SymmetricEigen<float>(A);
            NDArray<float> V = eigen.Vectors, residual = NDArray.MatMul(A, V) - NDArray.MatMul(V, NDArray.Diagonal(eigen.Values));
            Assert.True(residual.Norm2() < Bound * n * 1.2e-7f * A.Norm2(), $"{n}");
            Assert.True((NDArray.MatMul(V.Transpose(), V) - NDArray<float>.Identity(n)).NormInf() < Bound * n * 1.2e-7f, $"{n}");
        }
    }

    [Fact]
    public void Eigenvalues_of_second_differences_are_known()
    {
        foreach (int n in new[] { 40, 100, 333 })
        {
            NDArray<double> values = new SymmetricEigen<double>(Tridiagonal("second differences", n)).Values;
            for (int k = 1; k <= n; k++) Assert.Equal(2 - 2 * Math.Cos(k * Math.PI / (n + 1)), values[k - 1], 4e-15);
        }
    }

    [Fact]
    public void Eigenvectors_and_singular_vectors_have_the_same_bits_on_any_threads()
    {
        NDArray<double> A = Matrices.Symmetric(new Random(Matrices.Seed), 420);
        int before = Parallelism.Threads;
        try
        {
            double[][] results = [.. new[] { 1, 2, 7 }.Select(threads =>
            {
                Parallelism.Threads = threads;
                var svd = new SVD<double>(A);
                return new SymmetricEigen<double>(A).Vectors.ToArray().Concat(svd.U.ToArray()).Concat(svd.V.ToArray()).ToArray();
            })];
            foreach (double[] result in results) Assert.Equal(MemoryMarshal.AsBytes(results[0].AsSpan()), MemoryMarshal.AsBytes(result.AsSpan()));
        }
        finally
        {
            Parallelism.Threads = before;
        }
    }

    private static NDArray<double> Tridiagonal(string name, int n)
    {
        var random = new Random(Matrices.Seed + n);
        (Func<int, int, Random, double> diagonal, Func<int, int, Random, double> next) = Diagonals[name];
        NDArray<double> A = NDArray<double>.Zeros(n, n);
        for (int i = 0; i < n; i++)
        {
            A[i, i] = diagonal(i, n, random);
            if (i < n - 1) A[i, i + 1] = A[i + 1, i] = next(i, n, random);
        }
        return A;
    }
}
