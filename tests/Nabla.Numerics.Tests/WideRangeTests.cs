namespace Nabla.Numerics.Tests;

/// <summary>Matrices whose entries differ in size by much of the range of the type: rows and columns scaled, graded, at random. Squares and products of such entries overflow and underflow on the way.</summary>
public class WideRangeTests
{
    private const double Single = 1.2e-7;

    public static TheoryData<double> Ranges => [1, 8, 16, 32, 64, 100, 140, 200, 290];

    public static TheoryData<int> Exponents => [50, 200, 400, 500, 520, 600, 800, 1000];

    [Theory]
    [MemberData(nameof(Ranges))]
    public void Eigenvalues_alone_are_those_beside_the_vectors(double range)
    {
        for (int seed = 0; seed < 600; seed++)
        {
            var random = new Random(seed);
            int n = random.Next(1, 40);
            NDArray<double> A = Symmetric(n, random, range);
            double norm = A.Norm2(), bound = 30 * n * 2.3e-16 * norm;
            if (norm is 0 or double.PositiveInfinity) continue;
            double[] values = new SymmetricEigen<double>(A).Values.ToArray();
            Close(new SymmetricEigen<double>(A, withVectors: false).Values.ToArray(), values, bound, $"seed {seed}, order {n}");
            Close(LinearAlgebra.SymmetricEigenvalues(A).ToArray(), values, bound, $"small, seed {seed}, order {n}");
            NDArray<double> re = NDArray<double>.Zeros(n), im = NDArray<double>.Zeros(n);
            LinearAlgebra.Eigenvalues(A, re, im);
            Close([.. re.ToArray().Order()], values, 10 * bound, $"general, seed {seed}, order {n}");
        }
    }

    [Fact]
    public void Small_eigenvalues_do_not_depend_on_the_size_of_the_matrix()
    {
        foreach (int n in new[] { 3, 8, 12, 15, 16, 17, 32 })
        {
            for (int seed = 0; seed < 30; seed++)
            {
                NDArray<double> A = Matrices.Symmetric(new Random(seed), n);
                double[] values = new SymmetricEigen<double>(A).Values.ToArray();
                for (int exponent = -90; exponent <= 90; exponent += 1 + (Math.Abs(exponent) > 40 ? 9 : 0))
                    Close([.. LinearAlgebra.SymmetricEigenvalues(A * Math.ScaleB(1, exponent)).ToArray().Select(w => Math.ScaleB(w, -exponent))], values, 1e-13 * A.Norm2(), $"2^{exponent} times seed {seed}, order {n}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Exponents))]
    public void Solutions_are_the_same_whatever_the_scales_of_rows_and_columns(int range)
    {
        for (int seed = 0; seed < 400; seed++)
        {
            var random = new Random(seed);
            int n = random.Next(1, seed % 4 == 0 ? 50 : 9);
            NDArray<double> A = Matrices.Random(random, n, n) + 2 * NDArray<double>.Identity(n), B = Matrices.Random(random, n, 2), X = LinearAlgebra.Solve(A, B);
            if (new LU<double>(A).Condition > 1e4) continue;
            int[] rows = [.. Enumerable.Range(0, n).Select(_ => random.Next(-range, range + 1))], columns = [.. rows.Select(_ => random.Next(-range, range + 1))];
            NDArray<double> scaled = A.Copy().Tabulate((i, j) => Math.ScaleB(A[i, j], rows[i]));
            NDArray<double> byRows = LinearAlgebra.Solve(scaled, B.Copy().Tabulate((i, j) => Math.ScaleB(B[i, j], rows[i])));
            NDArray<double> byColumns = LinearAlgebra.Solve(A.Copy().Tabulate((i, j) => Math.ScaleB(A[i, j], columns[j])), B);
            Close(byRows.ToArray(), X.ToArray(), 1e-9 * X.NormInf(), $"rows, seed {seed}, order {n}");
            var lu = new LU<double>(scaled, scalesRows: true);
            NDArray<double> transposed = new LU<double>(A).SolveTransposed(B), byTransposed = lu.SolveTransposed(B);
            Close(byTransposed.Tabulate((i, j) => Math.ScaleB(byTransposed[i, j], rows[i])).ToArray(), transposed.ToArray(), 1e-9 * transposed.NormInf(), $"transposed, seed {seed}, order {n}");
            double power = rows.Sum(), logarithm = new LU<double>(A).LogAbsDeterminant + power * Math.Log(2);
            Assert.Equal(logarithm, lu.LogAbsDeterminant, 1e-9 * (1 + Math.Abs(power)));
            if (Math.Abs(logarithm) < 600) Assert.Equal(1, lu.Determinant / Math.ScaleB(new LU<double>(A).Determinant, (int)power), 1e-9);
            Close(byColumns.Tabulate((i, j) => Math.ScaleB(byColumns[i, j], columns[i])).ToArray(), X.ToArray(), 1e-9 * X.NormInf(), $"columns, seed {seed}, order {n}");
        }
    }

    [Theory]
    [MemberData(nameof(Ranges))]
    public void Solutions_are_as_exact_as_the_condition_number_says(double range)
    {
        int solved = 0;
        for (int seed = 0; seed < 150; seed++)
        {
            var random = new Random(seed);
            int n = random.Next(2, 8);
            NDArray<double> A = Wild(n, n), b = Wild(n, 1), x;
            try
            {
                x = LinearAlgebra.Solve(A, b);
            }
            catch (SingularMatrixException)
            {
                continue;
            }
            solved++;
            NDArray<double> exact = (ExactLinearAlgebra.Inverse(ExactMatrix.FromDoubles(A)) * ExactMatrix.FromDoubles(b)).ToNDArray();
            // The condition number is that of the matrix with columns of the same size.
            double error = 0, size = 0;
            for (int j = 0; j < n; j++)
            {
                double column = A.Column(j).NormInf();
                (error, size) = (Math.Max(error, Math.Abs(x[j, 0] - exact[j, 0]) * column), Math.Max(size, Math.Abs(exact[j, 0]) * column));
            }
            if (double.IsInfinity(size)) continue;
            double condition = new LU<double>(A).Condition;
            Assert.True(error <= condition * 2.3e-16 * 10 * n * size, $"seed {seed}, order {n}: {error / size:G3} with the condition number {condition:G3}");

            NDArray<double> Wild(int rows, int width) => NDArray<double>.Zeros(rows, width).Map(_ => (2 * random.NextDouble() - 1) * Math.Pow(10, (2 * random.NextDouble() - 1) * range));
        }
        Assert.True(solved > 30, $"Only {solved} systems were solved.");
    }

    [Fact]
    public void Rows_that_cannot_be_compared_are_refused_by_the_factorisation_and_solved_after_scaling()
    {
        double tiny = Math.ScaleB(1, -600), huge = Math.ScaleB(1, 600);
        NDArray<double> A = NDArray<double>.FromArray(new double[,] { { 2 * huge, huge }, { tiny, 3 * tiny } });
        string message = Assert.Throws<SingularMatrixException>(() => new LU<double>(A).Solve([1, 1])).Message;
        Assert.Contains("row 1 is as small as", message, StringComparison.Ordinal);
        Assert.Equal([0.2, 0.6], LinearAlgebra.Solve(A, [huge, 2 * tiny]).ToArray());
    }

    [Fact]
    public void Factorisations_in_single_precision_agree_with_those_in_double_precision()
    {
        for (int seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            int m = random.Next(1, 20), n = random.Next(1, seed % 3 == 0 ? 48 : 12);
            NDArray<float> A = Wild(random, n, n), R = Wild(random, m, n), S = A.Copy();
            for (int i = 0; i < n; i++)
                for (int j = 0; j < i; j++) S[i, j] = S[j, i];
            Symmetric(S, $"seed {seed}, order {n}");
            General(A, $"seed {seed}, order {n}");
            Rectangular(R, $"seed {seed}, {m} x {n}");
        }
    }

    private static void Symmetric(NDArray<float> A, string what)
    {
        NDArray<double> exact = Double(A);
        int n = A.Rows;
        double[] values = new SymmetricEigen<double>(exact).Values.ToArray();
        double unit = n * Single * exact.Norm2() + 1e-44 * n;
        Close(Double(LinearAlgebra.SymmetricEigenvalues(A)).ToArray(), values, 20 * unit, $"small eigenvalues, {what}");
        Close(Double(new SymmetricEigen<float>(A, withVectors: false).Values).ToArray(), values, 20 * unit, $"eigenvalues alone, {what}");
        var eigen = new SymmetricEigen<float>(A);
        NDArray<double> V = Double(eigen.Vectors);
        Orthonormal(V, what);
        Near(NDArray.MatMul(V, NDArray.MatMul(NDArray.Diagonal(Double(eigen.Values)), V.Transpose())), exact, 30 * unit, $"V w V', {what}");
        var ldl = new LDL<float>(A);
        NDArray<double> PL = NDArray.MatMul(Double(ldl.P), Double(ldl.L));
        Near(NDArray.MatMul(PL, NDArray.MatMul(Double(ldl.D), PL.Transpose())), exact, 100 * unit, $"P L D L' P', {what}");
    }

    private static void General(NDArray<float> A, string what)
    {
        NDArray<double> exact = Double(A);
        int n = A.Rows;
        double unit = n * Single * exact.Norm2() + 1e-44 * n;
        var schur = new Schur<float>(A);
        NDArray<double> Z = Double(schur.Z), Q = Double(new Hessenberg<float>(A).Q);
        Orthonormal(Z, what);
        Near(NDArray.MatMul(Z, NDArray.MatMul(Double(schur.S), Z.Transpose())), exact, 100 * unit, $"Z S Z', {what}");
        Near(NDArray.MatMul(Q, NDArray.MatMul(Double(new Hessenberg<float>(A).H), Q.Transpose())), exact, 50 * unit, $"Q H Q', {what}");
        var lu = new LU<float>(A);
        Near(NDArray.MatMul(Double(lu.P), NDArray.MatMul(Double(lu.L), Double(lu.U))), exact, 100 * unit, $"P L U, {what}");
        NDArray<float> re = NDArray<float>.Zeros(n), im = NDArray<float>.Zeros(n);
        LinearAlgebra.Eigenvalues(A, re, im);
        var eigen = new Eigen<float>(A);
        for (int k = 0; k < n; k += 3)
        {
            Assert.True(Distance(exact, re[k], im[k]) <= 100 * unit, $"small eigenvalue {re[k]} + {im[k]}i, {what}");
            Assert.True(Distance(exact, eigen.RealParts[k], eigen.ImaginaryParts[k]) <= 100 * unit, $"eigenvalue {eigen.RealParts[k]} + {eigen.ImaginaryParts[k]}i, {what}");
        }
    }

    private static void Rectangular(NDArray<float> A, string what)
    {
        NDArray<double> exact = Double(A);
        double unit = (A.Rows + A.Columns) * Single * exact.Norm2() + 1e-44;
        double[] values = new SVD<double>(exact).S.ToArray();
        Close(Double(new SVD<float>(A, withVectors: false).S).ToArray(), values, 30 * unit, $"singular values alone, {what}");
        var svd = new SVD<float>(A);
        Orthonormal(Double(svd.U), what);
        Orthonormal(Double(svd.V), what);
        Near(NDArray.MatMul(Double(svd.U), NDArray.MatMul(NDArray.Diagonal(Double(svd.S)), Double(svd.V).Transpose())), exact, 50 * unit, $"U S V', {what}");
        var qr = new QR<float>(A);
        Orthonormal(Double(qr.Q), what);
        Near(NDArray.MatMul(Double(qr.Q), Double(qr.R)), exact, 50 * unit, $"Q R, {what}");
    }

    /// <summary>The distance to the nearest matrix that has a number as an eigenvalue: the smallest singular value of A less the number, as a real matrix of twice the order.</summary>
    private static double Distance(NDArray<double> A, double re, double im)
    {
        int n = A.Rows;
        NDArray<double> shifted = NDArray<double>.Zeros(2 * n, 2 * n).Tabulate((i, j) => i / n == j / n
            ? A[i % n, j % n] - (i == j ? re : 0)
            : i % n == j % n ? (i < j ? im : -im) : 0);
        return new SVD<double>(shifted, withVectors: false).S[(2 * n) - 1];
    }

    private static NDArray<float> Wild(Random random, int m, int n)
    {
        int kind = random.Next(9), tiny = random.Next(-45, -8), level = random.Next(-30, 20), split = random.Next(1, Math.Max(2, Math.Min(m, n)));
        double step = 6 * random.NextDouble();
        int[] rows = [.. Enumerable.Range(0, m).Select(_ => random.Next(-44, 37))], columns = [.. Enumerable.Range(0, n).Select(_ => random.Next(-44, 37))];
        double Exponent(int i, int j) => kind switch
        {
            0 => random.Next(-44, 37),
            1 => rows[i],
            2 => columns[j],
            3 => (rows[i] + columns[j]) / 2.0,
            4 => i < split != j < split ? tiny : 0,
            5 => level - step * Math.Min(i, j),
            6 => level - step * (n - Math.Min(i, j)),
            7 => i < split != j < split ? level + tiny / 2 : level,
            _ => i >= split && j < split ? tiny : 0,
        };
        float[] entries = [.. Enumerable.Range(0, m * n).Select(k => (float)Math.Clamp((2 * random.NextDouble() - 1) * Math.Pow(10, Exponent(k / n, k % n)), -1e36, 1e36))];
        return NDArray<float>.FromArray(entries, m, n);
    }

    private static NDArray<double> Symmetric(int n, Random random, double range)
    {
        int kind = random.Next(9), split = random.Next(1, Math.Max(2, n));
        double step = random.NextDouble() * range / 6, tiny = -random.NextDouble() * range;
        double[] sizes = [.. Enumerable.Range(0, n).Select(_ => (2 * random.NextDouble() - 1) * range)];
        double Exponent(int i, int j) => kind switch
        {
            0 => (2 * random.NextDouble() - 1) * range,
            1 => (sizes[i] + sizes[j]) / 2,
            2 => Math.Max(sizes[i], sizes[j]),
            3 => Math.Min(sizes[i], sizes[j]),
            4 => i < split != j < split ? tiny : 0,
            5 => -step * Math.Min(i, j),
            6 => -step * (n - Math.Min(i, j)),
            7 => -step * Math.Abs(i - j),
            _ => -step * Math.Max(i, j),
        };
        NDArray<double> A = NDArray<double>.Zeros(n, n);
        for (int i = 0; i < n; i++)
            for (int j = 0; j <= i; j++) A[i, j] = A[j, i] = (2 * random.NextDouble() - 1) * Math.Pow(10, Exponent(i, j));
        return A;
    }

    private static NDArray<double> Double(NDArray<float> A) => NDArray<double>.FromArray([.. A.ToArray().Select(x => (double)x)], A.Shape.ToArray());

    private static void Orthonormal(NDArray<double> Q, string what) => Near(NDArray.MatMul(Q.Transpose(), Q), NDArray<double>.Identity(Q.Columns), 50 * (Q.Rows + 1) * Single, $"orthogonality, {what}");

    private static void Near(NDArray<double> found, NDArray<double> expected, double bound, string what) => Close(found.ToArray(), expected.ToArray(), bound, what);

    private static void Close(double[] found, double[] expected, double bound, string what)
    {
        for (int k = 0; k < expected.Length; k++) Assert.True(Math.Abs(found[k] - expected[k]) <= bound, $"{what}: {found[k]} instead of {expected[k]}");
    }
}
