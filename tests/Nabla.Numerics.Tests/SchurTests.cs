using System.Runtime.InteropServices;

namespace Nabla.Numerics.Tests;

/// <summary>Schur forms and general eigenvalues above the size where sweeps of many shifts begin.</summary>
public class SchurTests
{
    private const double Bound = 10;

    public static TheoryData<string, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, int>();
            foreach (string name in Matrix.Keys)
                foreach (int n in new[] { 60, 61, 62, 97, 180 }) cases.Add(name, n);
            return cases;
        }
    }

    private static Dictionary<string, Func<Random, int, NDArray<double>>> Matrix { get; } = new()
    {
        ["random"] = (r, n) => Matrices.Random(r, n, n),
        ["huge"] = (r, n) => Matrices.Random(r, n, n) * 1e150,
        ["tiny"] = (r, n) => Matrices.Random(r, n, n) * 1e-150,
        ["symmetric"] = Matrices.Symmetric,
        ["skew"] = (r, n) => Matrices.Random(r, n, n) is var A ? A - A.Transpose() : null!,
        ["orthogonal"] = (r, n) => new QR<double>(Matrices.Random(r, n, n)).Q,
        ["cycle"] = (r, n) => Table(n, (i, j) => j == (i + 1) % n ? 1 : 0),
        ["shift"] = (r, n) => Table(n, (i, j) => j == i - 1 ? 1 : 0),
        ["Jordan"] = (r, n) => Table(n, (i, j) => i == j ? 2 : j == i + 1 ? 1 : 0),
        ["two Jordan blocks, mixed"] = (r, n) => Similar(r, Table(n, (i, j) => i == j ? (i < n / 2 ? 1 : -1) : j == i + 1 && i != n / 2 - 1 ? 1 : 0)),
        ["Grcar"] = (r, n) => Table(n, (i, j) => j == i - 1 ? -1 : j >= i && j <= i + 3 ? 1 : 0),
        ["Kahan"] = (r, n) => Table(n, (i, j) => Math.Pow(0.9, i) * (i == j ? 1 : i < j ? -0.43 : 0)),
        ["companion"] = (r, n) => Table(n, (i, j) => i == 0 ? 4 * r.NextDouble() - 2 : j == i - 1 ? 1 : 0),
        ["roots of one"] = (r, n) => Table(n, (i, j) => i == 0 ? (j == n - 1 ? 1 : 0) : j == i - 1 ? 1 : 0),
        ["graded"] = (r, n) => Table(n, (i, j) => (r.NextDouble() - 0.5) * Math.Pow(10, -0.1 * (i + j))),
        ["graded upwards"] = (r, n) => Table(n, (i, j) => (r.NextDouble() - 0.5) * Math.Pow(10, 0.1 * (i + j) - 30)),
        ["triangular"] = (r, n) => Table(n, (i, j) => i <= j ? r.NextDouble() : 0),
        ["clustered"] = (r, n) => Similar(r, Table(n, (i, j) => i == j ? 1 + 1e-10 * i : i < j ? 1e-3 * r.NextDouble() : 0)),
        ["equal pairs"] = (r, n) => Similar(r, Table(n, (i, j) => i == j ? 1 : i / 2 == j / 2 && i / 2 * 2 + 1 < n ? (i < j ? 3 : -3) : 0)),
        ["rank one"] = (r, n) => NDArray.Outer(Matrices.Random(r, n), Matrices.Random(r, n)),
        ["ones"] = (r, n) => NDArray<double>.Full(1, n, n),
        ["zero"] = (r, n) => NDArray<double>.Zeros(n, n),
        ["identity"] = (r, n) => NDArray<double>.Identity(n),
        ["integers"] = (r, n) => Matrices.Random(r, n, n).Map(x => Math.Round(2 * x)),
        ["Hessenberg with zeros"] = (r, n) => Table(n, (i, j) => j < i - 1 || (j == i - 1 && i % 7 == 3) ? 0 : r.NextDouble() - 0.5),
        ["weakly coupled"] = (r, n) => Table(n, (i, j) => j < i - 1 ? 0 : j == i - 1 ? 1e-9 : r.NextDouble() - 0.5),
        ["wild"] = (r, n) => Matrices.Random(r, n, n).Map(x => x * Math.Pow(10, r.Next(-100, 101))),
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Schur_form_and_eigenvectors(string name, int n)
    {
        NDArray<double> A = Matrix[name](new Random(Matrices.Seed), n);
        var schur = new Schur<double>(A);
        double scale = A.NormInf() is var size and > 0 ? size : 1;
        NDArray<double> unit = A / scale, S = schur.S / scale;
        double residual = Matrices.Units(NDArray.MatMul(NDArray.MatMul(schur.Z, S), schur.Z.Transpose()) - unit, unit), orthogonality = Matrices.Orthogonality(schur.Z);
        Assert.True(residual < Bound && orthogonality < Bound, $"residual {residual:G3}, orthogonality {orthogonality:G3}");
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i - 1; j++) Assert.Equal(0, S[i, j]);
            if (i == 0 || S[i, i - 1] == 0) continue;
            Assert.True(S[i, i] == S[i - 1, i - 1] && Math.Sign(S[i - 1, i]) == -Math.Sign(S[i, i - 1]) && (i < 2 || S[i - 1, i - 2] == 0), $"the block at {i} is not standard");
        }

        var eigen = new Eigen<double>(A);
        NDArray<double> X = eigen.VectorRealParts, Y = eigen.VectorImaginaryParts, D = NDArray.Diagonal(eigen.RealParts / scale), E = NDArray.Diagonal(eigen.ImaginaryParts / scale);
        double first = Matrices.Units(NDArray.MatMul(unit, X) - NDArray.MatMul(X, D) + NDArray.MatMul(Y, E), unit);
        double second = Matrices.Units(NDArray.MatMul(unit, Y) - NDArray.MatMul(X, E) - NDArray.MatMul(Y, D), unit);
        Assert.True(first < Bound && second < Bound, $"residuals of the eigenvectors {first:G3} and {second:G3}");
        for (int k = 0; k < n; k++) Assert.Equal(1, double.Hypot(X.Column(k).Norm2(), Y.Column(k).Norm2()), 1e-14);
        Assert.Equal(Enumerable.Range(0, n).Sum(i => unit[i, i]), new Eigen<double>(A, withVectors: false).RealParts.Sum() / scale, 1e-13 * n);
    }

    [Fact]
    public void Eigenvalues_of_a_known_spectrum_are_found_with_and_without_vectors()
    {
        var random = new Random(Matrices.Seed);
        foreach (int n in new[] { 80, 200, 301 })
        {
            NDArray<double> T = Table(n, (i, j) => i == j ? i + 1 : i < j ? 0.1 * random.NextDouble() : 0), A = Similar(random, T);
            foreach (bool withVectors in new[] { false, true })
            {
                double[] values = [.. new Eigen<double>(A, withVectors).RealParts.ToArray().Order()];
                for (int i = 0; i < n; i++) Assert.Equal(i + 1, values[i], 1e-8);
            }
        }
    }

    [Fact]
    public void Single_precision()
    {
        NDArray<double> A = Matrices.Random(new Random(Matrices.Seed), 120, 120);
        NDArray<float> B = NDArray<float>.FromArray([.. A.ToArray().Select(x => (float)x)], 120, 120);
        var schur = new Schur<float>(B);
        Assert.True((NDArray.MatMul(NDArray.MatMul(schur.Z, schur.S), schur.Z.Transpose()) - B).Norm2() < Bound * 120 * 1.2e-7f * B.Norm2());
    }

    [Fact]
    public void The_bits_do_not_depend_on_the_number_of_threads()
    {
        NDArray<double> A = Matrices.Random(new Random(Matrices.Seed), 330, 330);
        int before = Parallelism.Threads;
        try
        {
            double[][] results = [.. new[] { 1, 2, 7 }.Select(threads =>
            {
                Parallelism.Threads = threads;
                var eigen = new Eigen<double>(A);
                return eigen.VectorRealParts.ToArray().Concat(eigen.RealParts.ToArray()).ToArray();
            })];
            foreach (double[] result in results) Assert.Equal(MemoryMarshal.AsBytes(results[0].AsSpan()), MemoryMarshal.AsBytes(result.AsSpan()));
        }
        finally
        {
            Parallelism.Threads = before;
        }
    }

    private static NDArray<double> Table(int n, Func<int, int, double> entry) => NDArray<double>.Zeros(n, n).Tabulate(entry);

    private static NDArray<double> Similar(Random random, NDArray<double> A)
    {
        NDArray<double> Q = new QR<double>(Matrices.Random(random, A.Rows, A.Rows)).Q;
        return NDArray.MatMul(NDArray.MatMul(Q, A), Q.Transpose());
    }
}
