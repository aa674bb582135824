namespace Nabla.Numerics.Tests;

public class ExactTests
{
    private static ExactMatrix Random(Random random, int m, int n, int size = 4) => ExactMatrix.Tabulate(m, n, (_, _) => new Rational(random.Next(-size, size + 1), random.Next(1, 3)));

    private static ExactMatrix Of(int[,] entries) => ExactMatrix.Tabulate(entries.GetLength(0), entries.GetLength(1), (i, j) => entries[i, j]);

    [Fact]
    public void Solution_sets_hold_exactly_the_solutions()
    {
        var random = new Random(Matrices.Seed);
        for (int trial = 0; trial < 300; trial++)
        {
            int m = random.Next(0, 5), n = random.Next(0, 6);
            ExactMatrix A = Random(random, m, n, 1), b = Random(random, m, 1, 1);
            var set = new SolutionSet(A, b);
            Assert.Equal(set.IsEmpty, ExactLinearAlgebra.Rank(A.Beside(b)) > ExactLinearAlgebra.Rank(A));
            if (set.IsEmpty) continue;
            Assert.Equal(b, A * set.Particular!);
            Assert.Equal(n - ExactLinearAlgebra.Rank(A), set.Directions!.Columns);
            Assert.Equal(ExactMatrix.Tabulate(m, set.Directions.Columns, (_, _) => 0), A * set.Directions);
            Assert.True(ExactLinearAlgebra.AreIndependent(set.Directions));
        }
    }

    [Fact]
    public void Solution_sets_read_as_by_hand()
    {
        ExactMatrix A = Of(new[,] { { 1, 1, 1 }, { 1, 2, 3 } });
        Assert.Equal("x = [0, 3, 0] + t1 [1, -2, 1]", new SolutionSet(A, Of(new[,] { { 3 }, { 6 } })).ToString());
        Assert.Equal("no solution: row 2 reads 0 = 1", new SolutionSet(Of(new[,] { { 1, 1 }, { 1, 1 } }), Of(new[,] { { 1 }, { 2 } })).ToString());
        Assert.Equal("x = [1/2]", new SolutionSet(Of(new[,] { { 2 } }), Of(new[,] { { 1 } })).ToString());
    }

    [Fact]
    public void Subspaces_are_orthogonal_complements()
    {
        var random = new Random(Matrices.Seed);
        for (int trial = 0; trial < 100; trial++)
        {
            ExactMatrix A = Random(random, random.Next(1, 6), random.Next(1, 6), 1);
            var spaces = new FundamentalSubspaces(A);
            Assert.Equal(A.Rows, spaces.ColumnSpace.Columns + spaces.LeftNullSpace.Columns);
            Assert.Equal(A.Columns, spaces.RowSpace.Columns + spaces.NullSpace.Columns);
            foreach (ExactMatrix product in new[] { spaces.ColumnSpace.Transpose() * spaces.LeftNullSpace, spaces.RowSpace.Transpose() * spaces.NullSpace })
                Assert.All(product.ToArray().Cast<Rational>(), x => Assert.True(x.IsZero));
        }
    }

    [Fact]
    public void Determinants_agree_by_elimination_and_by_cofactors()
    {
        var random = new Random(Matrices.Seed);
        for (int trial = 0; trial < 60; trial++)
        {
            int n = random.Next(1, 6);
            ExactMatrix A = Random(random, n, n), B = Random(random, n, n);
            Rational det = ExactLinearAlgebra.Determinant(A);
            for (int row = 0; row < n; row++) Assert.Equal(det, ExactLinearAlgebra.CofactorExpansion(A, row).Aggregate(Rational.Zero, (s, t) => s + t.Entry * t.Cofactor));
            Assert.Equal(det * ExactLinearAlgebra.Determinant(B), ExactLinearAlgebra.Determinant(A * B));
            Assert.Equal(det * ExactMatrix.Identity(n), A * ExactLinearAlgebra.Cofactors(A).Transpose());
            if (det.IsZero) Assert.Throws<SingularMatrixException>(() => ExactLinearAlgebra.Inverse(A));
            else Assert.Equal(ExactMatrix.Identity(n), A * ExactLinearAlgebra.Inverse(A));
        }
        Assert.Equal(1, ExactLinearAlgebra.Determinant(ExactMatrix.Identity(0)));
    }

    [Fact]
    public void Gram_Schmidt_orthogonalises()
    {
        var random = new Random(Matrices.Seed);
        for (int trial = 0; trial < 60; trial++)
        {
            ExactMatrix A = Random(random, random.Next(1, 6), random.Next(1, 6), 2);
            var gs = new ExactGramSchmidt(A);
            Assert.Equal(A, gs.Q * gs.R);
            ExactMatrix gram = gs.Q.Transpose() * gs.Q;
            for (int i = 0; i < gram.Rows; i++)
                for (int j = 0; j < i; j++) Assert.True(gram[i, j].IsZero);
            Assert.Equal(ExactLinearAlgebra.AreIndependent(A), gs.IsIndependent);
        }
    }

    [Fact]
    public void Bases_change()
    {
        ExactMatrix B = Of(new[,] { { 1, 1 }, { 0, 1 } }), C = Of(new[,] { { 2, 0 }, { 1, 1 } }), A = Of(new[,] { { 0, -1 }, { 1, 0 } });
        Assert.Equal(B, C * ExactLinearAlgebra.ChangeOfBasis(B, C));
        Assert.Equal(A * B, C * ExactLinearAlgebra.MatrixOfMap(A, B, C));
        Assert.Throws<SingularMatrixException>(() => ExactLinearAlgebra.ChangeOfBasis(Of(new[,] { { 1, 1 }, { 1, 1 } }), C));
        Assert.True(ExactLinearAlgebra.AreBasis(B));
        Assert.Null(ExactLinearAlgebra.Dependence(B));
        ExactMatrix dependent = Of(new[,] { { 1, 2 }, { 2, 4 } });
        Assert.Equal(Of(new[,] { { 0 }, { 0 } }), dependent * ExactLinearAlgebra.Dependence(dependent)!);
        Assert.Equal(new Rational(1, 10), ExactMatrix.FromDecimals(NDArray.Matrix(new[,] { { 0.1 } }))[0, 0]);
    }
}
