namespace Nabla.Numerics.Tests;

public class SparseTests
{
    private static SparseMatrix<double> Random(Random random, int m, int n, double density) =>
        SparseMatrix<double>.FromCoordinates(m, n, Enumerable.Range(0, (int)(m * n * density)).Select(_ => (random.Next(m), random.Next(n), 2 * random.NextDouble() - 1)));

    /// <summary>The Laplacian of a square grid.</summary>
    private static SparseMatrix<double> Laplacian(int size) => SparseMatrix<double>.FromCoordinates(size * size, size * size, Enumerable.Range(0, size * size).SelectMany(k =>
    {
        List<(int, int, double)> entries = [(k, k, 4)];
        if (k % size > 0) entries.Add((k, k - 1, -1));
        if (k % size < size - 1) entries.Add((k, k + 1, -1));
        if (k >= size) entries.Add((k, k - size, -1));
        if (k < size * (size - 1)) entries.Add((k, k + size, -1));
        return entries;
    }));

    [Fact]
    public void Products_agree_with_the_dense_matrix()
    {
        var random = new Random(Matrices.Seed);
        foreach ((int m, int n) in new[] { (1, 1), (5, 3), (30, 40), (17, 1) })
        {
            SparseMatrix<double> A = Random(random, m, n, 0.3);
            NDArray<double> D = A.ToDense(), x = Matrices.Random(random, n), X = Matrices.Random(random, n, 4), y = Matrices.Random(random, m), Y = Matrices.Random(random, m, 4);
            Assert.True((A.Multiply(x) - NDArray.MatMul(D, x)).NormInf() < 1e-13);
            Assert.True((A.Multiply(X) - NDArray.MatMul(D, X)).NormInf() < 1e-13);
            Assert.True((A.TransposeMultiply(y) - NDArray.MatMul(D.Transpose(), y)).NormInf() < 1e-13);
            Assert.True((A.TransposeMultiply(Y) - NDArray.MatMul(D.Transpose(), Y)).NormInf() < 1e-13);
            Assert.True(A.Transpose().ToDense().SequenceEqual(D.Transpose()));
            Assert.True(SparseMatrix<double>.FromDense(D).ToDense().SequenceEqual(D));
            Assert.True((A + 2.0 * A).ToDense().SequenceEqual(D + 2 * D));
            Assert.Throws<ShapeException>(() => A.Multiply(Matrices.Random(random, n + 1)));
        }
        Assert.Equal(3, SparseMatrix<double>.FromCoordinates(2, 2, [(0, 1, 1), (1, 1, 5), (0, 1, 2)])[0, 1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => SparseMatrix<double>.FromCoordinates(2, 2, [(2, 0, 1.0)]));
    }

    [Fact]
    public void Entries_at_the_same_place_are_added_in_the_order_given()
    {
        var random = new Random(Matrices.Seed);
        for (int trial = 0; trial < 300; trial++)
        {
            // Sums of these depend on the order; few rows make long ones.
            int m = random.Next(1, 6), n = random.Next(1, 80), count = random.Next(0, 3 * m * n);
            (int Row, int Column, double Value)[] entries = [.. Enumerable.Range(0, count).Select(_ => (random.Next(m), random.Next(n), random.Next(4) switch { 0 => 1e16, 1 => -1e16, 2 => 0.0, _ => random.NextDouble() }))];
            NDArray<double> D = NDArray<double>.Zeros(m, n);
            foreach ((int i, int j, double value) in entries) D[i, j] += value;
            var A = SparseMatrix<double>.FromCoordinates(m, n, entries);
            Assert.True(A.ToDense().SequenceEqual(D));
            Assert.Equal(entries.Select(e => (e.Row, e.Column)).Distinct().Order(), A.Entries().Select(e => (e.Row, e.Column)));
            SparseMatrix<double> B = Random(random, m, n, random.NextDouble()), sum = A + B;
            Assert.True(sum.ToDense().SequenceEqual(D + B.ToDense()));
            Assert.Equal(A.Entries().Concat(B.Entries()).Select(e => (e.Row, e.Column)).Distinct().Order(), sum.Entries().Select(e => (e.Row, e.Column)));
        }
    }

    [Fact]
    public void Products_have_the_same_bits_on_any_threads()
    {
        var random = new Random(Matrices.Seed);
        int before = Parallelism.Threads;
        try
        {
            foreach (int m in new[] { 3, 40, 5000 })
            {
                // Rows of very different lengths, and empty ones.
                SparseMatrix<double> A = SparseMatrix<double>.FromCoordinates(m, 2000, Enumerable.Range(0, 250_000).Select(_ => ((int)(m * Math.Pow(random.NextDouble(), 3)), random.Next(2000), 2 * random.NextDouble() - 1)));
                NDArray<double> x = Matrices.Random(random, 2000), X = Matrices.Random(random, 2000, 5), D = A.ToDense();
                Parallelism.Threads = 1;
                NDArray<double> y = A.Multiply(x), Y = A.Multiply(X);
                Assert.True((y - NDArray.MatMul(D, x)).NormInf() < 1e-11);
                Assert.True((Y - NDArray.MatMul(D, X)).NormInf() < 1e-11);
                foreach (int threads in new[] { 2, 7 })
                {
                    Parallelism.Threads = threads;
                    Assert.Equal(y.ToArray(), A.Multiply(x).ToArray());
                    Assert.Equal(Y.ToArray(), A.Multiply(X).ToArray());
                }
            }
        }
        finally
        {
            Parallelism.Threads = before;
        }
    }

    [Fact]
    public void Conjugate_gradients_solve_the_Laplace_equation()
    {
        SparseMatrix<double> A = Laplacian(40);
        NDArray<double> b = Matrices.Random(new Random(Matrices.Seed), A.Rows);
        IterativeSolution<double> solution = IterativeSolvers.ConjugateGradients(A, b);
        Assert.True(solution.Converged);
        Assert.True((A.Multiply(solution.X) - b).Norm2() <= 1e-9 * b.Norm2());
        Assert.Equal(0, IterativeSolvers.ConjugateGradients(A, NDArray<double>.Zeros(A.Rows)).Iterations);
        Assert.Throws<NotPositiveDefiniteException>(() => IterativeSolvers.ConjugateGradients(-1.0 * A, b));
        Assert.False(IterativeSolvers.ConjugateGradients(A, b, cap: 3).Converged);
        Assert.Throws<NotFiniteNumberException>(() => IterativeSolvers.ConjugateGradients(A, b * double.NaN));
    }

    [Fact]
    public void LSQR_agrees_with_least_squares()
    {
        var random = new Random(Matrices.Seed);
        foreach ((int m, int n) in new[] { (60, 20), (20, 60), (30, 30) })
        {
            SparseMatrix<double> A = Random(random, m, n, 0.3);
            NDArray<double> b = Matrices.Random(random, m), expected = LinearAlgebra.LeastSquares(A.ToDense(), b);
            IterativeSolution<double> solution = IterativeSolvers.LSQR(A, b, tolerance: 1e-14);
            Assert.True(solution.Converged, $"{m} x {n}: {solution.RelativeResidual}");
            Assert.True((solution.X - expected).Norm2() <= 1e-6 * expected.Norm2(), $"{m} x {n}");
        }
    }

    [Fact]
    public void Randomised_decomposition_finds_the_largest_values()
    {
        var random = new Random(Matrices.Seed);
        NDArray<double> A = Matrices.WithSingularValues(random, 120, 80, k => Math.Pow(0.7, k));
        var svd = new RandomizedSVD<double>(A, 10);
        for (int k = 0; k < 10; k++) Assert.Equal(Math.Pow(0.7, k), svd.S[k], 1e-6);
        Assert.True((NDArray.MatMul(NDArray.MatMul(svd.U, NDArray.Diagonal(svd.S)), svd.V.Transpose()) - A).Norm2() < 1.5 * Math.Pow(0.7, 10));
        Assert.Equal(0, new RandomizedSVD<double>(NDArray<double>.Zeros(5, 4), 2).S.Norm2());
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomizedSVD<double>(A, 81));
    }

    [Fact]
    public void Files_read_back()
    {
        var random = new Random(Matrices.Seed);
        SparseMatrix<double> A = Random(random, 7, 9, 0.3);
        var text = new StringWriter();
        MatrixMarket.Write(text, A);
        Assert.True(MatrixMarket.Read(new StringReader(text.ToString())).ToDense().SequenceEqual(A.ToDense()));
        NDArray<double> symmetric = MatrixMarket.Read(new StringReader("%%MatrixMarket matrix array real symmetric\n% a comment\n2 2\n1\n2\n3\n")).ToDense();
        Assert.Equal([1, 2, 2, 3], symmetric.ToArray());
        Assert.Throws<FileFormatException>(() => MatrixMarket.Read(new StringReader("%%MatrixMarket matrix coordinate real general\n2 2 2\n1 1 5\n")));
        Assert.Throws<FileFormatException>(() => MatrixMarket.Read(new StringReader("%%MatrixMarket matrix coordinate complex general\n2 2 0\n")));

        foreach (int[] shape in new[] { Array.Empty<int>(), [0], [5], [3, 4], [2, 3, 4] })
        {
            NDArray<double> B = Matrices.Random(random, shape);
            var stream = new MemoryStream();
            NumpyFile.Write(stream, B);
            Assert.Equal(0, (stream.Length - 8 * B.Count) % 64);
            stream.Position = 0;
            Assert.True(NumpyFile.Read(stream).SequenceEqual(B));
        }
        var archive = new MemoryStream();
        NumpyFile.WriteArchive(archive, new Dictionary<string, NDArray<double>> { ["x"] = [1, 2], ["y"] = NDArray<double>.Scalar(3) });
        archive.Position = 0;
        Assert.Equal(3, NumpyFile.ReadArchive(archive)["y"].ToScalar());
        Assert.Throws<FileFormatException>(() => NumpyFile.Read(new MemoryStream([1, 2, 3])));
    }

    [Fact]
    public void Special_matrices_are_recognised()
    {
        Assert.Equal(1.0 / 3, SpecialMatrices.Hilbert<double>(3)[1, 1]);
        Assert.True(SpecialMatrices.IsToeplitz(SpecialMatrices.Toeplitz<double>([1, 2, 3], [1, 5, 6, 7])));
        Assert.Equal([1, 2, 4, 1, 3, 9], SpecialMatrices.Vandermonde<double>([2, 3], 3).ToArray());
        NDArray<double> P = SpecialMatrices.Permutation<double>(2, 0, 1);
        Assert.True(SpecialMatrices.IsPermutation(P));
        Assert.True(SpecialMatrices.IsOrthogonal(P));
        Assert.Equal([30, 10, 20], NDArray.MatMul(P, [10, 20, 30]).ToArray());
        Assert.True(SpecialMatrices.IsPositiveDefinite(SpecialMatrices.Hilbert<double>(5)));
        Assert.False(SpecialMatrices.IsPositiveDefinite(P));
        Assert.True(SpecialMatrices.IsLowerTriangular(SpecialMatrices.LowerTriangle(SpecialMatrices.Hilbert<double>(4))));
        Assert.True(SpecialMatrices.IsUpperTriangular(SpecialMatrices.UpperTriangle(SpecialMatrices.Hilbert<double>(4))));
        Assert.True(SpecialMatrices.IsDiagonal(NDArray<double>.Identity(3)));
        Assert.Throws<ArgumentException>(() => SpecialMatrices.Permutation<double>(0, 0));
    }
}
