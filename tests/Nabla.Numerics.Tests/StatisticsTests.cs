namespace Nabla.Numerics.Tests;

public class StatisticsTests
{
    private static readonly NDArray<double> A = NDArray.Matrix(new double[,] { { 1, 2 }, { 3, 6 }, { 5, 1 } });

    [Fact]
    public void Variances_and_covariances_agree()
    {
        Assert.Equal([4, 7], Statistics.Variance(A, 0).ToArray());
        NDArray<double> covariance = Statistics.Covariance(A);
        Assert.Equal([4, -1, -1, 7], covariance.ToArray());
        Assert.Equal(Statistics.Variance(A, 0).ToArray(), covariance.Diagonal().ToArray());
        Assert.Equal([0.25, 2.25, 4], Statistics.Variance(A, 1, freedom: 0).ToArray());
        Assert.Throws<ShapeException>(() => Statistics.Covariance(A.Slice(..1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Statistics.Variance(A, 2));
    }

    [Fact]
    public void Distances_are_those_of_the_rows()
    {
        NDArray<double> D = Statistics.PairwiseDistances(A, A);
        Assert.Equal(0, D.Diagonal().Norm2());
        Assert.Equal(Math.Sqrt(20), D[0, 1], 1e-15);
        Assert.True(D.SequenceEqual(D.Transpose()));
        Assert.Equal(5e200, Statistics.PairwiseDistances(NDArray.Matrix(new[,] { { 3e200, 0 } }), NDArray.Matrix(new[,] { { 0, 4e200 } }))[0, 0], 1e186);
        Assert.Equal([0, 3], Statistics.PairwiseDistances(NDArray<double>.Zeros(0, 2), A).Shape.ToArray());
        Assert.Throws<ShapeException>(() => Statistics.PairwiseDistances(A, A.Transpose()));
    }

    public static TheoryData<int, int, int> Sizes
    {
        get
        {
            // Rows of both and columns, beside the edges of tiles.
            var sizes = new TheoryData<int, int, int>();
            foreach (int m in new[] { 1, 2, 15, 17, 33 })
                foreach ((int n, int k) in new[] { (1, 1), (16, 3), (31, 8), (33, 50), (70, 0) }) sizes.Add(m, n, k);
            return sizes;
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Distances_of_rows_are_those_of_vectors(int m, int n, int k)
    {
        var random = new Random(Matrices.Seed + m + n + k);
        NDArray<double> X = Rows(random, m, k), Y = Rows(random, n, k);
        if (m > 1 && n > 1 && k > 0) X.Row(1).CopyTo(Y.Row(n - 1));
        Check<double>(X, Y, 1e-15);
        Check<float>(Single(X), Single(Y), 5e-7f);
    }

    // Rows near 1, far from it, zero, and some with an entry that is no number or infinite.
    private static NDArray<double> Rows(Random random, int m, int k)
    {
        NDArray<double> rows = NDArray<double>.Zeros(m, k);
        for (int i = 0; i < m; i++)
        {
            double size = random.Next(6) switch { 0 => 1e200, 1 => 1e-200, 2 => 0, 3 => 1e30, _ => 1 };
            for (int j = 0; j < k; j++) rows[i, j] = size * (2 * random.NextDouble() - 1);
            if (k > 0 && random.Next(8) == 0) rows[i, random.Next(k)] = random.Next(2) == 0 ? double.NaN : double.PositiveInfinity;
        }
        return rows;
    }

    private static NDArray<float> Single(NDArray<double> A) => NDArray<float>.FromArray([.. A.ToArray().Select(x => (float)x)], A.Shape.ToArray());

    private static void Check<T>(NDArray<T> X, NDArray<T> Y, T bound)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        foreach (Metric metric in Enum.GetValues<Metric>())
        {
            NDArray<T> D = Statistics.PairwiseDistances(X, Y, metric);
            for (int i = 0; i < X.Rows; i++)
            {
                for (int j = 0; j < Y.Rows; j++)
                {
                    T wanted = Statistics.Distance(X.Row(i), Y.Row(j), metric), found = D[i, j];
                    Assert.True(found.Equals(wanted) || T.Abs(found - wanted) <= bound * T.CreateChecked(1 + X.Columns) * wanted, $"{metric} [{i}, {j}]: {found} instead of {wanted}");
                }
            }
        }
    }

    [Fact]
    public void Norms_of_every_order()
    {
        NDArray<double> x = [3, -4, 0];
        Assert.Equal(7, Statistics.Norm(x, 1));
        Assert.Equal(5, Statistics.Norm(x, 2), 1e-15);
        Assert.Equal(4, Statistics.Norm(x, double.PositiveInfinity));
        Assert.Equal(Math.Cbrt(27 + 64) * 1e200, Statistics.Norm(x * 1e200, 3), 1e186);
        Assert.Equal(0, Statistics.Norm(x * 0, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => Statistics.Norm(x, 0.5));
    }

    [Fact]
    public void Directions_do_not_depend_on_lengths()
    {
        var random = new Random(Matrices.Seed);
        for (int k = 0; k < 50; k++)
        {
            NDArray<double> x = Matrices.Random(random, 5).Map(v => Math.ScaleB(Math.Round(v * 16), -4)), y = Matrices.Random(random, 5).Map(v => Math.ScaleB(Math.Round(v * 16), -4));
            if (x.Norm2() == 0 || y.Norm2() == 0) continue;
            double expected = Statistics.Distance(x, y, Metric.Cosine);
            foreach (int exponent in new[] { -1070, -1040, -1022, -600, 600, 1023 })
                Assert.Equal(expected, Statistics.Distance(x.Map(v => Math.ScaleB(v, exponent)), y.Map(v => Math.ScaleB(v, -exponent / 2)), Metric.Cosine), 1e-14);
        }
    }
}
