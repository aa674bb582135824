using System.Numerics;

namespace Nabla.Numerics.Tests;

public class FunctionTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(70)]
    public void The_inverse_of_a_symmetric_matrix_is_symmetric_to_the_last_bit(int n)
    {
        var random = new Random(n);
        var G = NDArray<double>.FromArray([.. Enumerable.Range(0, n * n).Select(_ => random.NextDouble() - 0.5)], n, n);
        var A = G + G.Transpose() + NDArray<double>.Identity(n);
        var X = LinearAlgebra.Inverse(A);
        Assert.True(LinearAlgebra.IsSymmetric(X));
        Assert.InRange((NDArray.MatMul(A, X) - NDArray<double>.Identity(n)).NormInf(), 0, 1e-9);
    }

    [Fact]
    public void Pseudo_inverse_satisfies_the_conditions_of_Penrose()
    {
        foreach ((string name, NDArray<double> A) in Matrices.Rectangular().Where(x => x.Name.StartsWith("random") || x.Name.StartsWith("rank") || x.Name.StartsWith("tiny")))
        {
            NDArray<double> X = LinearAlgebra.PseudoInverse(A), AX = NDArray.MatMul(A, X), XA = NDArray.MatMul(X, A);
            double condition = A.Count == 0 ? 1 : A.Norm2() * X.Norm2();
            Assert.True((NDArray.MatMul(AX, A) - A).Norm2() <= 1e-13 * condition * A.Norm2(), name);
            Assert.True((NDArray.MatMul(XA, X) - X).Norm2() <= 1e-13 * condition * X.Norm2(), name);
            Assert.True((AX - AX.Transpose()).Norm2() <= 1e-13 * condition, name);
            Assert.True((XA - XA.Transpose()).Norm2() <= 1e-13 * condition, name);
        }
    }

    [Fact]
    public void Least_squares_agrees_with_the_pseudo_inverse()
    {
        var random = new Random(Matrices.Seed);
        foreach ((string name, NDArray<double> A) in Matrices.Rectangular().Where(x => !x.Name.StartsWith("falling")))
        {
            NDArray<double> b = Matrices.Random(random, A.Rows), x = LinearAlgebra.LeastSquares(A, b), X = LinearAlgebra.PseudoInverse(A);
            NDArray<double> expected = NDArray.MatMul(X, b);
            double condition = A.Count == 0 ? 1 : A.Norm2() * X.Norm2();
            Assert.True((x - expected).Norm2() <= 1e-13 * condition * condition * (expected.Norm2() + 1e-300), name);
        }
    }

    [Fact]
    public void Null_space_and_column_space_complete_each_other()
    {
        foreach ((string name, NDArray<double> A) in Matrices.Rectangular())
        {
            NDArray<double> N = LinearAlgebra.NullSpace(A), R = LinearAlgebra.ColumnSpace(A);
            Assert.Equal(A.Columns, N.Columns + R.Columns);
            Assert.True(NDArray.MatMul(A, N).Norm2() <= 1e-13 * A.Norm2(), name);
            Assert.True(Matrices.Orthogonality(N) < 10, name);
        }
        NDArray<double> none = LinearAlgebra.NullSpace(NDArray.Matrix(new[,] { { 1.0, 2 }, { 3, 4 }, { 5, 6 } }));
        Assert.Equal([2, 0], none.Shape.ToArray());
        Assert.Equal([3, 0], NDArray.MatMul(NDArray<double>.Zeros(3, 2), none).Shape.ToArray());
    }

    [Fact]
    public void Exponential_of_known_matrices()
    {
        NDArray<double> nilpotent = NDArray.Matrix(new double[,] { { 0, 1, 2 }, { 0, 0, 3 }, { 0, 0, 0 } });
        Assert.True((MatrixFunctions.Exp(nilpotent) - NDArray.Matrix(new[,] { { 1, 1, 3.5 }, { 0, 1, 3 }, { 0, 0, 1 } })).NormInf() < 1e-15);
        foreach (double angle in new[] { 0, 1e-9, 0.1, 1, 5, 50 })
        {
            NDArray<double> E = MatrixFunctions.Exp(NDArray.Matrix(new[,] { { 0, -angle }, { angle, 0 } }));
            NDArray<double> expected = NDArray.Matrix(new[,] { { Math.Cos(angle), -Math.Sin(angle) }, { Math.Sin(angle), Math.Cos(angle) } });
            Assert.True((E - expected).NormInf() < 1e-14 * (1 + angle), $"{angle}");
        }
        Assert.Throws<OverflowException>(() => MatrixFunctions.Exp(NDArray.Matrix(new[,] { { 1000.0 } })));
        Assert.Equal([0, 0], MatrixFunctions.Exp(NDArray<double>.Zeros(0, 0)).Shape.ToArray());
    }

    [Fact]
    public void Square_root_squares_to_the_matrix()
    {
        var random = new Random(Matrices.Seed);
        foreach (int n in new[] { 1, 2, 3, 5, 8, 20, 33 })
        {
            NDArray<double> A = Matrices.Random(random, n, n) + NDArray<double>.Identity(n) * (n + 1.0), X = MatrixFunctions.Sqrt(A);
            Assert.True((NDArray.MatMul(X, X) - A).Norm2() <= 1e-13 * A.Norm2(), $"{n}");
        }
        Assert.Throws<ArithmeticException>(() => MatrixFunctions.Sqrt(NDArray.Matrix(new double[,] { { -1, 1 }, { 0, 1 } })));
    }

    [Fact]
    public void Reduced_row_echelon_forms_of_integers_are_exact()
    {
        NDArray<double> A = NDArray.Matrix(new double[,] { { 0, 1, 2 }, { 0, 2, 4 } });
        Assert.Equal([0, 1, 2, 0, 0, 0], new RowReduction<double>(A).Form.ToArray());
        var reduction = new RowReduction<double>(NDArray.Matrix(new double[,] { { 2, 4 }, { 1, 3 } }));
        Assert.Equal(["R1 <- 0.5 R1", "R2 <- R2 - R1", "R1 <- R1 - 2 R2"], reduction.Operations.Select(o => o.ToString()));
    }

    [Fact]
    public void Row_reduction_finds_the_rank_in_floating_point()
    {
        NDArray<double> A = NDArray.Matrix(new[,] { { 0.1, 0.2, 0.3 }, { 0.2, 0.4, 0.6 }, { 0.3, 0.1, 0.7 } });
        Assert.Equal(2, new RowReduction<double>(A).Rank);
        foreach ((string name, NDArray<double> any) in Matrices.Rectangular().Where(x => x.Name.StartsWith("random") || x.Name.StartsWith("rank")))
            Assert.True(new RowReduction<double>(any).Rank == LinearAlgebra.Rank(any), name);
    }

    [Fact]
    public void Operations_lead_from_the_matrix_to_its_form()
    {
        var random = new Random(Matrices.Seed);
        for (int trial = 0; trial < 200; trial++)
        {
            int m = random.Next(1, 6), n = random.Next(1, 7);
            var A = new Rational[m, n];
            for (int i = 0; i < m; i++)
                for (int j = 0; j < n; j++) A[i, j] = new Rational(random.Next(-4, 5), random.Next(1, 4));
            var reduction = new ExactRowReduction(A);
            foreach (RowOperation<Rational> o in reduction.Operations)
            {
                for (int j = 0; j < n; j++)
                {
                    if (o.Kind == RowOperationKind.Exchange) (A[o.Target, j], A[o.Source, j]) = (A[o.Source, j], A[o.Target, j]);
                    else A[o.Target, j] = o.Kind == RowOperationKind.Scale ? A[o.Target, j] * o.Factor : A[o.Target, j] + o.Factor * A[o.Source, j];
                }
            }
            Assert.Equal(A.Cast<Rational>(), reduction.Form.Cast<Rational>());
        }
    }

    [Fact]
    public void Fractions_of_doubles_come_back()
    {
        var random = new Random(Matrices.Seed);
        for (int trial = 0; trial < 10_000; trial++)
        {
            double value = BitConverter.Int64BitsToDouble(random.NextInt64());
            if (double.IsFinite(value)) Assert.Equal(value, Rational.FromDouble(value).ToDouble());
        }
        foreach (double value in new[] { 0, double.Epsilon, -double.Epsilon, double.MaxValue, 2.2250738585072014e-308, 4.9e-320, 0.1, 1 }) Assert.Equal(value, Rational.FromDouble(value).ToDouble());
        Assert.Equal(1.0 / 3, new Rational(1, 3).ToDouble());
        Assert.Equal(new Rational(-3, 4), Rational.Parse("-0.75"));
        Assert.Equal("-3/4", Rational.Parse("6/-8").ToString());
        Assert.Equal(0.1, Rational.Parse("0.1").ToDouble());
    }
}
