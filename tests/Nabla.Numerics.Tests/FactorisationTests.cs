using System.Numerics;

namespace Nabla.Numerics.Tests;

/// <summary>Backward errors in units of norm times size times epsilon, over random and structured matrices.</summary>
public class FactorisationTests
{
    private const double Bound = 10;

    [Fact]
    public void LU_reproduces_the_matrix()
    {
        foreach ((string name, NDArray<double> A) in Matrices.Square().Concat(Matrices.Rectangular()))
        {
            var lu = new LU<double>(A);
            Check(name, NDArray.MatMul(lu.P, NDArray.MatMul(lu.L, lu.U)) - A, A);
            Assert.True(lu.L.Count == 0 || lu.L.NormInf() <= 1, name);
        }
    }

    [Fact]
    public void Solve_has_a_small_residual()
    {
        var random = new Random(Matrices.Seed);
        int solved = 0;
        foreach ((string name, NDArray<double> A) in Matrices.Square())
        {
            var lu = new LU<double>(A);
            NDArray<double> b = Matrices.Random(random, A.Rows), B = Matrices.Random(random, A.Rows, 3);
            if (lu.IsSingular)
            {
                Assert.Throws<SingularMatrixException>(() => lu.Solve(b));
                continue;
            }
            solved++;
            NDArray<double> x = lu.Solve(b), X = lu.Solve(B);
            double size = A.Norm2() * (x.Norm2() + X.Norm2()) + b.Norm2();
            Assert.True((NDArray.MatMul(A, x) - b).Norm2() <= Bound * Math.Max(A.Rows, 1) * Epsilon * size, name);
            Assert.True((NDArray.MatMul(A, X) - B).Norm2() <= Bound * Math.Max(A.Rows, 1) * Epsilon * (size + B.Norm2()), name);
        }
        Assert.True(solved > 150, $"{solved} matrices were regular");
    }

    [Theory]
    [InlineData(1e-300)]
    [InlineData(1)]
    [InlineData(1e300)]
    public void Badly_scaled_but_regular_systems_are_solved(double scale)
    {
        NDArray<double> A = NDArray.Matrix(new[,] { { scale, 0, 0 }, { 0, 1, 1 }, { 0, 1, -1 } });
        Assert.True((NDArray.MatMul(A, LinearAlgebra.Inverse(A)) - NDArray<double>.Identity(3)).NormInf() < 1e-15);
    }

    [Fact]
    public void Singular_to_working_precision_is_refused()
    {
        NDArray<double> A = NDArray.Matrix(new double[,] { { 1, 2, 3 }, { 4, 5, 6 }, { 7, 8, 9 } });
        Assert.Throws<SingularMatrixException>(() => LinearAlgebra.Inverse(A));
        Assert.Throws<SingularMatrixException>(() => LinearAlgebra.Solve(A, [1, 2, 3]));
        Assert.Throws<SingularMatrixException>(() => LinearAlgebra.Inverse(NDArray<double>.Zeros(2, 2)));
    }

    /// <summary>The short way to see that a matrix is regular agrees with the condition number, at whatever size and wherever the singularity hides.</summary>
    [Fact]
    public void Whether_a_matrix_is_singular_is_what_its_condition_number_says()
    {
        var random = new Random(Matrices.Seed);
        int singular = 0, regular = 0;
        foreach (int n in new[] { 2, 5, 20, 47, 48, 49, 50, 64, 65, 100 })
            foreach (double least in new[] { 1e-3, 1e-9, 1e-13, 1e-17, 1e-25 })
            {
                NDArray<double> A = Matrices.Random(random, n, n), D = NDArray<double>.Identity(n), Pair = D.Copy(), Last = A.Copy(), Corner = D.Copy();
                NDArray<double> direction = A.Column(0) - A.Column(n - 1);
                for (int i = 0; i < n; i++) Last[i, n - 1] = A[i, 0] + least * direction[i];
                Pair[0, 1] = Pair[1, 0] = 1;
                Pair[1, 1] = 1 + least;
                for (int i = 0; i < n; i++)
                    for (int j = i + 1; j < n; j++) Corner[i, j] = -1;
                Corner[n - 1, 0] = n < 50 ? -Math.ScaleB(1, 2 - n) * (1 - least) : 0;
                foreach (NDArray<double> M in (NDArray<double>[])[A, Last, Last.Transpose(), Pair, Corner, Corner.Transpose(), Matrices.WithSingularValues(random, n, n, i => i == n - 1 ? least : 1), Matrices.WithSingularValues(random, n, n, i => Math.Pow(least, (double)i / (n - 1)))])
                {
                    bool isSingular = new LU<double>(M).IsSingular;
                    double condition = new LU<double>(M).Condition;
                    // Within a factor of the limit either verdict is right.
                    if (condition > 1e15 && condition < 2e16) continue;
                    Assert.Equal(condition > 1e15, isSingular);
                    if (isSingular) singular++;
                    else regular++;
                }
            }
        Assert.True(singular > 80 && regular > 150, $"{singular} singular and {regular} regular matrices");
    }

    [Fact]
    public void Determinants_neither_overflow_nor_underflow_on_the_way()
    {
        double[] diagonal = [.. Enumerable.Repeat(1e200, 5), .. Enumerable.Repeat(1e-200, 5)];
        Assert.Equal(1, LinearAlgebra.Determinant(NDArray.Diagonal(NDArray<double>.FromArray(diagonal))), 1e-13);
        Assert.Equal(-2, LinearAlgebra.Determinant(NDArray.Matrix(new double[,] { { 1, 2 }, { 3, 4 } })), 1e-15);
        Assert.Equal(1, LinearAlgebra.Determinant(NDArray<double>.Zeros(0, 0)));
        Assert.Equal(-1, new LU<double>(NDArray.Matrix(new double[,] { { 0, 1 }, { 1, 0 } })).DeterminantSign);
    }

    [Fact]
    public void Cholesky_reproduces_the_matrix()
    {
        var random = new Random(Matrices.Seed);
        foreach (int n in new[] { 0, 1, 2, 3, 10, 31, 32, 33, 64, 65, 130 })
        {
            NDArray<double> X = Matrices.Random(random, n + 3, n), A = NDArray.MatMul(X.Transpose(), X);
            var cholesky = new Cholesky<double>(A);
            Check($"{n}", NDArray.MatMul(cholesky.L, cholesky.L.Transpose()) - A, A);
            NDArray<double> b = Matrices.Random(random, n), x = cholesky.Solve(b);
            Assert.True((NDArray.MatMul(A, x) - b).Norm2() <= Bound * Math.Max(n, 1) * Epsilon * (A.Norm2() * x.Norm2() + b.Norm2()));
        }
    }

    [Fact]
    public void Cholesky_refuses_what_is_not_positive_definite_or_not_symmetric()
    {
        Assert.Throws<NotPositiveDefiniteException>(() => new Cholesky<double>(NDArray.Matrix(new double[,] { { 1, 2 }, { 2, 1 } })));
        Assert.Throws<NotPositiveDefiniteException>(() => new Cholesky<double>(NDArray<double>.Zeros(50, 50)));
        Assert.Throws<ArgumentException>(() => new Cholesky<double>(NDArray.Matrix(new double[,] { { 2, 1 }, { 0, 2 } })));
        Assert.Throws<ShapeException>(() => new Cholesky<double>(NDArray<double>.Zeros(2, 3)));
    }

    [Fact]
    public void QR_reproduces_the_matrix_with_orthonormal_columns()
    {
        foreach ((string name, NDArray<double> A) in Matrices.Square().Concat(Matrices.Rectangular()))
        {
            var qr = new QR<double>(A);
            Check(name, NDArray.MatMul(qr.Q, qr.R) - A, A);
            Assert.True(Matrices.Orthogonality(qr.Q) < Bound, name);
            Assert.True(Matrices.Orthogonality(qr.FullQ) < Bound, name);
            var pivoted = new QR<double>(A, pivoting: true);
            NDArray<double> P = NDArray<double>.Zeros(A.Columns, A.Columns);
            for (int j = 0; j < A.Columns; j++) P[pivoted.ColumnOrder[j], j] = 1;
            Check(name, NDArray.MatMul(pivoted.Q, pivoted.R) - NDArray.MatMul(A, P), A);
            Assert.True(Matrices.Orthogonality(pivoted.Q) < Bound, name);
        }
    }

    [Fact]
    public void SymmetricEigen_satisfies_its_equation()
    {
        foreach ((string name, NDArray<double> any) in Matrices.Square())
        {
            NDArray<double> A = any * 0.5 + any.Transpose() * 0.5;
            var eigen = new SymmetricEigen<double>(A);
            Check(name, NDArray.MatMul(A, eigen.Vectors) - NDArray.MatMul(eigen.Vectors, NDArray.Diagonal(eigen.Values)), A);
            Assert.True(Matrices.Orthogonality(eigen.Vectors) < Bound, name);
            for (int k = 1; k < A.Rows; k++) Assert.True(eigen.Values[k - 1] <= eigen.Values[k], name);
            NDArray<double> values = new SymmetricEigen<double>(A, withVectors: false).Values;
            Check(name, values - eigen.Values, A);
        }
    }

    [Fact]
    public void SVD_reproduces_the_matrix_thin_and_full()
    {
        foreach ((string name, NDArray<double> A) in Matrices.Square().Concat(Matrices.Rectangular()))
        {
            foreach (bool full in new[] { false, true })
            {
                var svd = new SVD<double>(A, full);
                int r = Math.Min(A.Rows, A.Columns);
                Assert.Equal(full ? A.Rows : r, svd.U.Columns);
                Assert.Equal(full ? A.Columns : r, svd.V.Columns);
                NDArray<double> U = svd.U.Slice(.., ..r), V = svd.V.Slice(.., ..r);
                Check(name, NDArray.MatMul(NDArray.MatMul(U, NDArray.Diagonal(svd.S)), V.Transpose()) - A, A);
                Assert.True(Matrices.Orthogonality(svd.U) < Bound, $"{name} U {Matrices.Orthogonality(svd.U)}");
                Assert.True(Matrices.Orthogonality(svd.V) < Bound, $"{name} V {Matrices.Orthogonality(svd.V)}");
                for (int k = 0; k < r; k++) Assert.True(svd.S[k] >= 0 && (k == 0 || svd.S[k - 1] >= svd.S[k]), name);
            }
            Check(name, new SVD<double>(A, withVectors: false).S - new SVD<double>(A).S, A);
        }
    }

    [Fact]
    public void Schur_reproduces_the_matrix()
    {
        foreach ((string name, NDArray<double> A) in Matrices.Square())
        {
            var schur = new Schur<double>(A);
            Check(name, NDArray.MatMul(NDArray.MatMul(schur.Z, schur.S), schur.Z.Transpose()) - A, A);
            Assert.True(Matrices.Orthogonality(schur.Z) < Bound, name);
        }
    }

    [Fact]
    public void Eigen_satisfies_its_equation()
    {
        foreach ((string name, NDArray<double> A) in Matrices.Square())
        {
            var eigen = new Eigen<double>(A);
            NDArray<double> X = eigen.VectorRealParts, Y = eigen.VectorImaginaryParts;
            NDArray<double> D = NDArray.Diagonal(eigen.RealParts), E = NDArray.Diagonal(eigen.ImaginaryParts);
            Check(name, NDArray.MatMul(A, X) - NDArray.MatMul(X, D) + NDArray.MatMul(Y, E), A);
            Check(name, NDArray.MatMul(A, Y) - NDArray.MatMul(X, E) - NDArray.MatMul(Y, D), A);
            for (int k = 0; k < A.Rows; k++)
            {
                double norm = double.Hypot(X.Column(k).Norm2(), Y.Column(k).Norm2());
                Assert.True(Math.Abs(norm - 1) < 1e-14, $"{name}: the norm of eigenvector {k} is {norm}");
            }
        }
    }

    [Fact]
    public void Eigenvalues_of_known_matrices()
    {
        Complex[] rotation = new Eigen<double>(NDArray.Matrix(new double[,] { { 0, -1 }, { 1, 0 } })).Values;
        Assert.Equal([Complex.ImaginaryOne, -Complex.ImaginaryOne], rotation);
        NDArray<double> triangle = NDArray.Matrix(new double[,] { { 1, 5, 7 }, { 0, 2, 9 }, { 0, 0, 3 } });
        Assert.Equal([1, 2, 3], new Eigen<double>(triangle).RealParts.ToArray());
    }

    [Fact]
    public void Not_a_number_and_infinity_are_refused()
    {
        foreach (double bad in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity })
        {
            NDArray<double> A = NDArray<double>.Identity(5);
            A[2, 3] = A[3, 2] = bad;
            Assert.Throws<NotFiniteNumberException>(() => new LU<double>(A));
            Assert.Throws<NotFiniteNumberException>(() => new Cholesky<double>(A));
            Assert.Throws<NotFiniteNumberException>(() => new QR<double>(A));
            Assert.Throws<NotFiniteNumberException>(() => new SVD<double>(A));
            Assert.Throws<NotFiniteNumberException>(() => new SymmetricEigen<double>(A));
            Assert.Throws<NotFiniteNumberException>(() => new Eigen<double>(A));
            Assert.Throws<NotFiniteNumberException>(() => new Schur<double>(A));
            Assert.Throws<NotFiniteNumberException>(() => MatrixFunctions.Exp(A));
            Assert.Throws<NotFiniteNumberException>(() => new RowReduction<double>(A));
        }
    }

    private const double Epsilon = 2.220446049250313e-16;

    private static void Check(string name, NDArray<double> residual, NDArray<double> reference)
    {
        double units = Matrices.Units(residual, reference);
        Assert.True(units < Bound, $"{name}: the residual is {units:G4} units");
    }
}
