namespace Nabla.Numerics.Tests;

/// <summary>LDL' and the Hessenberg form: the factors give the matrix back, and the uses are right or refused.</summary>
public class SymmetricFactorisationTests
{
    [Fact]
    public void LDL_reproduces_the_matrix()
    {
        foreach ((string name, NDArray<double> A) in Matrices.Square())
        {
            NDArray<double> S = (A + A.Transpose()) / 2;
            var ldl = new LDL<double>(S);
            NDArray<double> L = ldl.L, D = ldl.D, P = ldl.P, PL = NDArray.MatMul(P, L);
            double units = Matrices.Units(NDArray.MatMul(NDArray.MatMul(PL, D), PL.Transpose()) - S, S);
            Assert.True(units < 30, $"{name}: {units}");
            Assert.True(SpecialMatrices.IsLowerTriangular(L) && SpecialMatrices.IsPermutation(P));
            Assert.True(LinearAlgebra.IsSymmetric(D));
            for (int i = 0; i < D.Rows; i++)
                for (int j = 0; j < i - 1; j++) Assert.Equal(0, D[i, j]);
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(31, 3)]
    [InlineData(32, 8)]
    [InlineData(33, 0)]
    [InlineData(65, 12)]
    [InlineData(97, 5)]
    [InlineData(200, 8)]
    [InlineData(331, 10)]
    public void Cholesky_inverts(int n, int digits)
    {
        NDArray<double> Q = new QR<double>(Matrices.Random(new Random(n + digits), n, n)).Q, D = NDArray<double>.Zeros(n, n);
        for (int i = 0; i < n; i++) D[i, i] = Math.Pow(10, -digits * (double)i / Math.Max(1, n - 1));
        NDArray<double> A = NDArray.MatMul(NDArray.MatMul(Q, D), Q.Transpose());
        A = (A + A.Transpose()) / 2;
        NDArray<double> X = new Cholesky<double>(A).Inverse();
        Assert.True(LinearAlgebra.IsSymmetric(X));
        double scale = Math.Pow(10, digits) * Math.Max(1, n) * Math.ScaleB(1, -52);
        NDArray<double> rest = NDArray.MatMul(A, X) - NDArray<double>.Identity(n);
        foreach (double entry in rest.ToArray()) Assert.InRange(Math.Abs(entry), 0, 10 * scale);
    }

    [Fact]
    public void LDL_counts_the_signs_of_the_eigenvalues()
    {
        var random = new Random(Matrices.Seed);
        for (int trial = 0; trial < 500; trial++)
        {
            int n = random.Next(1, 25);
            NDArray<double> S = Matrices.Symmetric(random, n), values = new SymmetricEigen<double>(S).Values;
            if (values.Map(Math.Abs).Min() < 1e-10) continue;
            (int positive, int negative, int zero) = new LDL<double>(S).Inertia;
            Assert.Equal((values.ToArray().Count(v => v > 0), values.ToArray().Count(v => v < 0), 0), (positive, negative, zero));
        }
        Assert.Equal((0, 0, 4), new LDL<double>(NDArray<double>.Zeros(4, 4)).Inertia);
        Assert.Equal((1, 1, 0), new LDL<double>(NDArray.Matrix(new double[,] { { 0, 1 }, { 1, 0 } })).Inertia);
    }

    [Fact]
    public void LDL_solves_and_gives_determinants()
    {
        var random = new Random(Matrices.Seed);
        for (int trial = 0; trial < 500; trial++)
        {
            int n = random.Next(1, 40);
            NDArray<double> S = Matrices.Symmetric(random, n), B = Matrices.Random(random, n, 3);
            if (trial % 2 == 0) S = S * 1e150;
            if (LinearAlgebra.Condition(S) > 1e10) continue;
            var ldl = new LDL<double>(S);
            NDArray<double> X = NDArray<double>.Zeros(3, n).Transpose();
            ldl.Solve(B, X);
            Assert.True((NDArray.MatMul(S, X) - B).NormInf() <= 1e-13 * n * S.Norm2() * X.Norm2());
            Assert.True((ldl.Solve(B.Column(1)) - X.Column(1)).NormInf() <= 1e-12 * X.NormInf());
            if (trial % 2 == 0) continue;
            double determinant = new LU<double>(S).Determinant;
            Assert.True(Math.Abs(ldl.Determinant - determinant) <= 1e-9 * Math.Abs(determinant));
        }
        NDArray<double> singular = NDArray<double>.Full(1, 3, 3);
        Assert.Throws<SingularMatrixException>(() => new LDL<double>(singular).Solve(NDArray<double>.Zeros(3)));
        Assert.Throws<SingularMatrixException>(() => new LDL<double>(SpecialMatrices.Hilbert<double>(16)).Inverse());
        Assert.Equal(0, new LDL<double>(singular).Determinant, 1e-12);
        Assert.Throws<ArgumentException>(() => new LDL<double>(NDArray.Matrix(new double[,] { { 0, 1 }, { 2, 0 } })));
        Assert.Throws<ShapeException>(() => new LDL<double>(NDArray<double>.Zeros(2, 3)));
        Assert.Throws<ShapeException>(() => new LDL<double>(NDArray<double>.Identity(2)).Solve(NDArray<double>.Zeros(3)));
    }

    [Fact]
    public void Hessenberg_reproduces_the_matrix()
    {
        foreach ((string name, NDArray<double> A) in Matrices.Square())
        {
            var form = new Hessenberg<double>(A);
            NDArray<double> Q = form.Q, H = form.H;
            Assert.True(Matrices.Units(NDArray.MatMul(NDArray.MatMul(Q, H), Q.Transpose()) - A, A) < 30, name);
            Assert.True(Matrices.Orthogonality(Q) < 30, name);
            Assert.Equal(H.ToArray(), SpecialMatrices.UpperTriangle(H, -1).ToArray());
        }
    }

    [Fact]
    public void A_factorisation_takes_another_matrix_without_an_allocation()
    {
        var random = new Random(Matrices.Seed);
        foreach (int n in new[] { 1, 5, 30, 70, 150 })
        {
            NDArray<double> A = Matrices.Random(random, n, n), B = Matrices.Random(random, n, n), b = Matrices.Random(random, n), x = NDArray<double>.Zeros(n);
            var lu = new LU<double>(A);
            int threads = Parallelism.Threads;
            Parallelism.Threads = 1;
            for (int k = 0; k < 50; k++) FactorAndSolve();
            long before = GC.GetAllocatedBytesForCurrentThread();
            FactorAndSolve();
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Parallelism.Threads = threads;
            Assert.Equal(0, allocated);
            Assert.Equal(new LU<double>(B).Solve(b).ToArray(), x.ToArray());
            Assert.Throws<ShapeException>(() => lu.Factor(NDArray<double>.Zeros(n, n + 1)));
            B[0, 0] = double.NaN;
            Assert.Throws<NotFiniteNumberException>(() => lu.Factor(B));

            void FactorAndSolve()
            {
                lu.Factor(B);
                lu.Solve(b, x);
            }
        }
    }

    [Fact]
    public void Triangular_systems_read_one_triangle_only()
    {
        var random = new Random(Matrices.Seed);
        for (int n = 0; n < 40; n++)
        {
            NDArray<double> A = Matrices.Random(random, n, n) + (NDArray<double>)(double)n * NDArray<double>.Identity(n), B = Matrices.Random(random, n, 4);
            foreach (bool lower in new[] { false, true })
            {
                foreach (bool unit in new[] { false, true })
                {
                    NDArray<double> T = lower ? SpecialMatrices.LowerTriangle(A, unit ? -1 : 0) : SpecialMatrices.UpperTriangle(A, unit ? 1 : 0);
                    if (unit) T += NDArray<double>.Identity(n);
                    NDArray<double> X = LinearAlgebra.SolveTriangular(A, B, lower, unit);
                    Assert.True(n == 0 || (NDArray.MatMul(T, X) - B).NormInf() <= 1e-13 * n * T.Norm2() * X.Norm2());
                    Assert.True(n == 0 || (LinearAlgebra.SolveTriangular(A.Transpose(), B.Column(2), !lower, unit) - LinearAlgebra.SolveTriangular(A.Transpose().Copy(), B.Column(2), !lower, unit)).NormInf() <= 1e-12 * X.Norm2());
                }
            }
        }
        Assert.Throws<SingularMatrixException>(() => LinearAlgebra.SolveTriangular(NDArray<double>.Zeros(2, 2), NDArray<double>.Zeros(2), lower: true));
    }
}
