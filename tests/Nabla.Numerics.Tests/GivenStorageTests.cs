namespace Nabla.Numerics.Tests;

/// <summary>Results that go into given storage: the same as new ones, in every layout, and without an allocation.</summary>
public class GivenStorageTests
{
    [Fact]
    public void Products_go_into_every_layout()
    {
        var random = new Random(Matrices.Seed);
        for (int trial = 0; trial < 2000; trial++)
        {
            int m = random.Next(0, 20), n = random.Next(0, 20), k = random.Next(0, 20);
            NDArray<double> A = Operand(random, m, k), B = Operand(random, k, n), C = Operand(random, m, n);
            NDArray<double> expected = NDArray<double>.Zeros(m, n).Tabulate((i, j) => Enumerable.Range(0, k).Sum(p => A[i, p] * B[p, j]));
            Assert.Same(C, NDArray.MatMul(A, B, C));
            Assert.True((C - expected).NormInf() <= 1e-13 * (k + 1), $"{m} x {k} x {n}");
            Assert.True((NDArray.MatMul(A, B) - expected).NormInf() <= 1e-13 * (k + 1));
            if (m > 0 && n > 0)
            {
                NDArray<double> y = C.Column(n - 1);
                NDArray.MatMul(A, B.Column(n - 1), y);
                Assert.True((y - expected.Column(n - 1)).NormInf() <= 1e-13 * (k + 1));
                NDArray<double> z = C.Row(m - 1);
                NDArray.MatMul(A.Row(m - 1), B, z);
                Assert.True((z - expected.Row(m - 1)).NormInf() <= 1e-13 * (k + 1));
            }
        }
    }

    [Fact]
    public void Products_in_single_precision_agree()
    {
        var random = new Random(Matrices.Seed);
        for (int trial = 0; trial < 500; trial++)
        {
            int m = random.Next(1, 24), n = random.Next(1, 24), k = random.Next(1, 24);
            NDArray<double> A = Operand(random, m, k), B = Operand(random, k, n);
            NDArray<float> product = NDArray.MatMul(Single(A), Single(B));
            NDArray<double> expected = NDArray.MatMul(Double(Single(A)), Double(Single(B)));
            Assert.True((Double(product) - expected).NormInf() <= 1e-5, $"{m} x {k} x {n}");
        }
    }

    [Fact]
    public void Batches_are_the_products_of_their_matrices()
    {
        var random = new Random(Matrices.Seed);
        foreach ((int m, int k, int n) in new[] { (1, 1, 1), (3, 4, 5), (8, 8, 8), (0, 3, 2), (2, 0, 3), (30, 40, 50) })
        {
            NDArray<double> A = Matrices.Random(random, 3, 7, m, k), B = Matrices.Random(random, 3, 7, n, k).Permute(0, 1, 3, 2), C = NDArray<double>.Full(double.NaN, 3, 7, m, n);
            NDArray.BatchedMatMul(A, B, C);
            NDArray<double> one = NDArray.BatchedMatMul(A, B.At(0, 0).At(0, 0));
            for (int i = 0; i < 3; i++)
            {
                for (int j = 0; j < 7; j++)
                {
                    Assert.Equal(NDArray.MatMul(A.At(0, i).At(0, j), B.At(0, i).At(0, j)).ToArray(), C.At(0, i).At(0, j).ToArray());
                    Assert.Equal(NDArray.MatMul(A.At(0, i).At(0, j), B.At(0, 0).At(0, 0)).ToArray(), one.At(0, i).At(0, j).ToArray());
                }
            }
        }
        Assert.Throws<ShapeException>(() => NDArray.BatchedMatMul(NDArray<double>.Zeros(2, 3, 4), NDArray<double>.Zeros(3, 4, 3)));
        Assert.Throws<ShapeException>(() => NDArray.BatchedMatMul(NDArray<double>.Zeros(4), NDArray<double>.Zeros(3, 4, 3)));
    }

    [Fact]
    public void Small_systems_have_small_residuals()
    {
        var random = new Random(Matrices.Seed);
        for (int trial = 0; trial < 3000; trial++)
        {
            int n = random.Next(1, 36), width = random.Next(1, 11);
            NDArray<double> A = Operand(random, n, n), B = Operand(random, n, width);
            double scale = Math.Pow(10, random.Next(-140, 141));
            if (trial % 3 == 0) A = A * scale;
            if (trial % 5 == 0) A = A.Copy().Tabulate((i, j) => A[i, j] * Math.Pow(10, (i * 7 % 11) - (j * 5 % 13)));
            NDArray<double> X = B.Copy();
            LinearAlgebra.Solve(A, X, X);
            NDArray<double> residual = (NDArray.MatMul(A, X) - B).Map(Math.Abs), size = NDArray.MatMul(A.Map(Math.Abs), X.Map(Math.Abs));
            for (int i = 0; i < n; i++)
                for (int j = 0; j < width; j++) Assert.True(residual[i, j] <= 1e-15 * n * 10 * size.Column(j).Max(), $"n = {n}, trial {trial}: {residual[i, j]}");
            NDArray<double> x = LinearAlgebra.Solve(A, B.Column(0));
            Assert.True((x - X.Column(0)).NormInf() <= 1e-9 * x.NormInf() || LinearAlgebra.Condition(A) > 1e6);
        }
    }

    [Fact]
    public void Small_singular_systems_are_refused()
    {
        var random = new Random(Matrices.Seed);
        for (int n = 1; n <= 33; n++)
        {
            NDArray<double> A = n == 1 ? NDArray<double>.Zeros(1, 1) : NDArray.MatMul(Matrices.Random(random, n, n - 1), Matrices.Random(random, n - 1, n));
            Assert.Throws<SingularMatrixException>(() => LinearAlgebra.Solve(A, NDArray<double>.Zeros(n)));
            A[0, n - 1] = double.NaN;
            Assert.Throws<NotFiniteNumberException>(() => LinearAlgebra.Solve(A, NDArray<double>.Zeros(n)));
            A[0, n - 1] = double.PositiveInfinity;
            Assert.Throws<NotFiniteNumberException>(() => LinearAlgebra.Solve(A, NDArray<double>.Zeros(n)));
        }
    }

    [Fact]
    public void Small_eigenvalues_are_backward_stable()
    {
        // Eigenvalues of a symmetric matrix move by at most the norm of a change; those of any matrix are checked by symmetric functions of them: the traces of A and of A².
        foreach ((string name, NDArray<double> A) in Matrices.Square())
        {
            int n = A.Rows;
            if (n > 33) continue;
            double size = A.Norm2() * 1e-15 * Math.Max(n, 1) * 10;
            NDArray<double> S = (A + A.Transpose()) / 2, values = LinearAlgebra.SymmetricEigenvalues(S, NDArray<double>.Zeros(n)), expected = new SymmetricEigen<double>(S).Values;
            Assert.True((values - expected).NormInf() <= size, $"symmetric part of {name}: {(values - expected).NormInf():G3} of {A.Norm2():G3}");
            NDArray<double> re = NDArray<double>.Zeros(n), im = NDArray<double>.Zeros(n);
            LinearAlgebra.Eigenvalues(A, re, im);
            Assert.True(Math.Abs(re.Sum() - NDArray.Trace(A)) <= size, $"trace of {name}");
            Assert.True(Math.Abs(im.Sum()) <= size);
            double scale = n == 0 || A.NormInf() == 0 ? 1 : A.NormInf();
            NDArray<double> B = A / scale;
            double squares = (re / scale * (re / scale) - im / scale * (im / scale)).Sum();
            Assert.True(Math.Abs(squares - NDArray.Trace(NDArray.MatMul(B, B))) <= 1e-13 * Math.Max(1, B.Norm2() * B.Norm2()) * Math.Max(n, 1), $"trace of the square of {name}");
        }
    }

    [Fact]
    public void Small_eigenvalues_are_those_that_the_matrix_was_made_of()
    {
        // Simple, repeated, clustered and graded ones: a matrix Q diag(w) Q', made and used with rounding, has them up to a few units of its norm.
        var random = new Random(Matrices.Seed);
        for (int trial = 0; trial < 4000; trial++)
        {
            int n = random.Next(1, 34), values = random.Next(1, n + 1);
            double closeness = Math.Pow(10, -random.Next(1, 18)), grade = random.Next(3) == 0 ? random.NextDouble() * 2 : 0;
            double[] centres = [.. Enumerable.Range(0, values).Select(k => (2 * random.NextDouble() - 1) * Math.Pow(10, -grade * k))];
            double[] w = [.. Enumerable.Range(0, n).Select(_ => centres[random.Next(values)] * (1 + closeness * random.NextDouble())).Order()];
            NDArray<double> Q = new QR<double>(Matrices.Random(random, n, n)).Q, B = NDArray.MatMul(NDArray<double>.Zeros(n, n).Tabulate((i, j) => Q[i, j] * w[j]), Q.Transpose()), S = (B + B.Transpose()) / 2;
            double bound = 8 * (n + 2) * 2.3e-16 * Math.Max(Math.Abs(w[0]), Math.Abs(w[^1]));
            double[] small = LinearAlgebra.SymmetricEigenvalues(S).ToArray(), alone = new SymmetricEigen<double>(S, withVectors: false).Values.ToArray();
            for (int i = 0; i < n; i++)
                Assert.True(Math.Abs(small[i] - w[i]) <= bound && Math.Abs(alone[i] - w[i]) <= bound, $"trial {trial}, {n} x {n}: eigenvalue {i} is {w[i]:R}, found {small[i]:R} and {alone[i]:R}");
        }
    }

    [Fact]
    public void Eigenvalues_alone_are_those_beside_the_vectors()
    {
        var random = new Random(Matrices.Seed);
        foreach ((string name, NDArray<double> A) in Matrices.Square().Append(("random 301", Matrices.Random(random, 301, 301))).Append(("clustered 200", Matrices.WithSingularValues(random, 200, 200, k => k < 100 ? 1 : 1 + 1e-13 * k))))
        {
            NDArray<double> S = (A + A.Transpose()) / 2;
            double size = A.Norm2() * 2e-15 * Math.Max(A.Rows, 1);
            Assert.True((new SymmetricEigen<double>(S, withVectors: false).Values - new SymmetricEigen<double>(S).Values).NormInf() <= size, name);
        }
    }

    [Fact]
    public void Small_eigenvalues_agree_with_the_factorisation()
    {
        var random = new Random(Matrices.Seed);
        for (int trial = 0; trial < 3000; trial++)
        {
            int n = random.Next(1, 34);
            NDArray<double> A = Operand(random, n, n), re = NDArray<double>.Zeros(2 * n).Every(0, 2), im = NDArray<double>.Zeros(n);
            if (trial % 4 == 0) A = A * Math.Pow(10, random.Next(-200, 200));
            LinearAlgebra.Eigenvalues(A, re, im);
            var eigen = new Eigen<double>(A);
            NDArray<double> vectors = NDArray.MatMul(eigen.VectorRealParts.Transpose(), eigen.VectorRealParts) + NDArray.MatMul(eigen.VectorImaginaryParts.Transpose(), eigen.VectorImaginaryParts);
            double tolerance = 1e-14 * A.Norm2() * n / Math.Max(1e-8, new SymmetricEigen<double>((vectors + vectors.Transpose()) / 2).Values[0]);
            List<System.Numerics.Complex> left = [.. eigen.Values];
            for (int k = 0; k < n; k++)
            {
                var value = new System.Numerics.Complex(re[k], im[k]);
                int nearest = Enumerable.Range(0, left.Count).MinBy(j => System.Numerics.Complex.Abs(left[j] - value));
                Assert.True(System.Numerics.Complex.Abs(left[nearest] - value) <= tolerance, $"trial {trial}, n = {n}: {value} and {left[nearest]}");
                left.RemoveAt(nearest);
            }
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(32)]
    public void Nothing_is_allocated(int n)
    {
        var random = new Random(Matrices.Seed);
        NDArray<double> A = Matrices.Random(random, n, n) + (NDArray<double>)n * NDArray<double>.Identity(n), B = Matrices.Random(random, n, n), C = NDArray<double>.Zeros(n, n), D = C.Transpose(), b = Matrices.Random(random, n), x = NDArray<double>.Zeros(n);
        var lu = new LU<double>(A);
        Assert.Equal(0, Allocated(() => NDArray.MatMul(A, B, C)));
        Assert.Equal(0, Allocated(() => NDArray.MatMul(A.Transpose(), B, D)) - Allocated(() => A.Transpose()));
        Assert.Equal(0, Allocated(() => NDArray.MatMul(A, b, x)));
        Assert.Equal(0, Allocated(() => LinearAlgebra.Solve(A, b, x)));
        Assert.Equal(0, Allocated(() => lu.Solve(b, x)));
        NDArray<double> S = B + B.Transpose();
        Assert.Equal(0, Allocated(() => LinearAlgebra.SymmetricEigenvalues(S, x)));
        Assert.Equal(0, Allocated(() => LinearAlgebra.Eigenvalues(B, b, x)));
    }

    [Fact]
    public void Results_that_cannot_be_written_are_refused()
    {
        NDArray<double> A = NDArray<double>.Zeros(3, 3), B = NDArray<double>.Zeros(3, 3), narrow = NDArray<double>.Zeros(3, 1);
        Assert.Throws<ArgumentException>(() => NDArray.MatMul(A, B, A));
        Assert.Throws<ArgumentException>(() => NDArray.MatMul(A, B, B.Transpose()));
        Assert.Throws<ArgumentException>(() => NDArray.MatMul(A, B, narrow.BroadcastTo(3, 3)));
        Assert.Throws<ShapeException>(() => NDArray.MatMul(A, B, narrow));
        Assert.Throws<ShapeException>(() => LinearAlgebra.Solve(NDArray<double>.Identity(3), narrow, A));
        Assert.Throws<ArgumentException>(() => LinearAlgebra.Solve(NDArray<double>.Identity(3), A, narrow.BroadcastTo(3, 3)));
        Assert.Throws<ArgumentException>(() => A.CopyTo(narrow.BroadcastTo(3, 3)));
    }

    private static long Allocated(Action action)
    {
        for (int k = 0; k < 100; k++) action();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int k = 0; k < 10; k++) action();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / 10;
    }

    private static NDArray<double> Operand(Random random, int m, int n) => random.Next(5) switch
    {
        0 => Matrices.Random(random, m, n),
        1 => Matrices.Random(random, n, m).Transpose(),
        2 => Matrices.Random(random, m + 2, n + 3).Slice(1..(m + 1), 2..(n + 2)),
        3 => Matrices.Random(random, 2 * m, 3 * n).Every(0, 2).Every(1, 3),
        _ => Matrices.Random(random, m, n).Every(0, -1).Every(1, -1),
    };

    private static NDArray<float> Single(NDArray<double> A) => NDArray<float>.FromArray([.. A.ToArray().Select(v => (float)v)], A.Shape);

    private static NDArray<double> Double(NDArray<float> A) => NDArray<double>.FromArray([.. A.ToArray().Select(v => (double)v)], A.Shape);
}
