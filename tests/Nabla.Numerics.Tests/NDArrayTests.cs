namespace Nabla.Numerics.Tests;

public class NDArrayTests
{
    private static readonly NDArray<double> A = NDArray<double>.FromArray([1, 2, 3, 4, 5, 6], 2, 3);

    [Fact]
    public void Views_share_their_entries()
    {
        NDArray<double> B = A.Copy(), T = B.Transpose();
        T[2, 0] = 9;
        Assert.Equal(9, B[0, 2]);
        B.Row(1)[1] = 7;
        Assert.Equal(7, B[1, 1]);
        B.Slice(.., 1..)[0, 0] = 8;
        Assert.Equal([1, 8, 9, 4, 7, 6], B.ToArray());
        Assert.Equal([1, 7], B.Diagonal().ToArray());
    }

    [Fact]
    public void Views_of_views_have_the_right_entries()
    {
        NDArray<double> C = NDArray<double>.FromArray([.. Enumerable.Range(0, 120).Select(k => (double)k)], 2, 3, 4, 5);
        NDArray<double> P = C.Permute(3, 1, 0, 2);
        for (int i = 0; i < 5; i++)
            for (int j = 0; j < 3; j++)
                for (int k = 0; k < 2; k++)
                    for (int l = 0; l < 4; l++) Assert.Equal(C[k, j, l, i], P[i, j, k, l]);
        Assert.Equal(C.ToArray(), P.Copy().Permute(2, 1, 3, 0).ToArray());
        Assert.Equal(P[4, 2, 1, 3], P.ToArray()[^1]);
        Assert.Equal([4, 3, 2, 1, 0], NDArray<double>.FromArray([0, 1, 2, 3, 4]).Every(0, -1).ToArray());
        Assert.Equal([0, 2, 4], NDArray<double>.FromArray([0, 1, 2, 3, 4]).Every(0, 2).ToArray());
    }

    [Fact]
    public void Reshape_infers_one_dimension()
    {
        Assert.Equal([3, 2], A.Reshape(3, -1).Shape.ToArray());
        Assert.Equal([1, 4, 2, 5, 3, 6], A.Transpose().Reshape(-1).ToArray());
        Assert.Throws<ShapeException>(() => A.Reshape(4, -1));
        Assert.Throws<ShapeException>(() => A.Reshape(5));
    }

    [Fact]
    public void Broadcast_repeats()
    {
        NDArray<double> x = [1, 2, 3];
        Assert.Equal([1, 2, 3, 1, 2, 3], x.BroadcastTo(2, 3).ToArray());
        Assert.Equal([1, 1, 2, 2, 3, 3], x.Reshape(3, 1).BroadcastTo(3, 2).ToArray());
        Assert.Throws<ShapeException>(() => x.BroadcastTo(2));
    }

    [Fact]
    public void Arithmetic_takes_equal_shapes_and_scalars()
    {
        Assert.Equal([2, 4, 6, 8, 10, 12], (A + A).ToArray());
        Assert.Equal([0, 1, 2, 3, 4, 5], (A - 1).ToArray());
        Assert.Equal([1, 0.5, 1.0 / 3, 0.25, 0.2, 1.0 / 6], (1 / A).ToArray());
        Assert.Equal([1, 4, 9, 16, 25, 36], (A * A).ToArray());
        Assert.Equal([-1, -4, -2, -5, -3, -6], (-A.Transpose()).ToArray());
        var error = Assert.Throws<ShapeException>(() => A + A.Transpose());
        Assert.Contains("2 x 3", error.Message, StringComparison.Ordinal);
        Assert.Contains("3 x 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reductions_run_along_an_axis()
    {
        Assert.Equal(21, A.Sum());
        Assert.Equal([5, 7, 9], A.Sum(0).ToArray());
        Assert.Equal([6, 15], A.Sum(1).ToArray());
        Assert.Equal([4, 5, 6], A.Max(0).ToArray());
        Assert.Equal(1, A.Min());
        Assert.Equal(0, NDArray<double>.Zeros(0, 3).Sum());
        Assert.Throws<ShapeException>(() => NDArray<double>.Zeros(0, 3).Max());
        Assert.True(double.IsNaN(NDArray<double>.FromArray([1, double.NaN, 2]).Max()));
    }

    [Fact]
    public void Norms_neither_overflow_nor_underflow()
    {
        Assert.Equal(5e200, NDArray<double>.FromArray([3e200, -4e200]).Norm2(), 1e186);
        Assert.Equal(5e-200, NDArray<double>.FromArray([3e-200, -4e-200]).Norm2(), 1e-214);
        Assert.Equal(double.PositiveInfinity, NDArray<double>.FromArray([double.PositiveInfinity, 1]).Norm2());
        Assert.True(double.IsNaN(NDArray<double>.FromArray([double.NaN, 1]).Norm2()));
        Assert.Equal(7, NDArray<double>.FromArray([3, -4]).Norm1());
        Assert.Equal(4, NDArray<double>.FromArray([3, -4]).NormInf());
    }

    [Fact]
    public void Products_agree_with_their_definition_for_all_layouts()
    {
        var random = new Random(Matrices.Seed);
        foreach ((int m, int k, int n) in new[] { (0, 3, 2), (3, 0, 2), (1, 1, 1), (2, 3, 4), (5, 7, 1), (1, 7, 5), (33, 34, 35), (64, 64, 64), (100, 3, 100), (3, 300, 5), (70, 600, 65), (129, 257, 131), (4, 2000, 48) })
        {
            NDArray<double> X = Matrices.Random(random, m, k), Y = Matrices.Random(random, k, n);
            NDArray<double> expected = NDArray<double>.Zeros(m, n).Tabulate((i, j) => Enumerable.Range(0, k).Sum(p => X[i, p] * Y[p, j]));
            NDArray<double> Xt = X.Transpose().Copy().Transpose(), Yt = Y.Transpose().Copy().Transpose();
            foreach (NDArray<double> a in new[] { X, Xt })
                foreach (NDArray<double> b in new[] { Y, Yt })
                    Assert.True((NDArray.MatMul(a, b) - expected).Norm2() <= 1e-15 * (k + 1) * (1 + expected.Norm2()), $"{m} x {k} x {n}");
        }
    }

    [Fact]
    public void Products_in_single_precision()
    {
        var random = new Random(Matrices.Seed);
        NDArray<float> X = NDArray<float>.Zeros(67, 70).Map(_ => random.NextSingle()), Y = NDArray<float>.Zeros(70, 65).Map(_ => random.NextSingle());
        NDArray<float> P = NDArray.MatMul(X, Y);
        for (int i = 0; i < 67; i++)
            for (int j = 0; j < 65; j++) Assert.Equal(Enumerable.Range(0, 70).Sum(p => (double)X[i, p] * Y[p, j]), P[i, j], 1e-4);
        var svd = new SVD<float>(X);
        Assert.True((NDArray.MatMul(NDArray.MatMul(svd.U, NDArray.Diagonal(svd.S)), svd.V.Transpose()) - X).NormInf() < 1e-4f);
    }

    [Fact]
    public void Products_of_vectors_and_matrices()
    {
        NDArray<double> x = [1, 2], y = [3, 4];
        Assert.Equal(11, NDArray.Dot(x, y));
        Assert.Equal([9, 12, 15], NDArray.MatMul(x, A).ToArray());
        Assert.Equal([14, 32], NDArray.MatMul(A, [1, 2, 3]).ToArray());
        Assert.Equal([3, 4, 6, 8], NDArray.Outer(x, y).ToArray());
        Assert.Equal([3, 6, 4, 8], NDArray.Kron(NDArray.Outer(y, [1]), NDArray.Outer([1], x)).ToArray());
        Assert.Throws<ShapeException>(() => NDArray.MatMul(A, A));
    }

    [Fact]
    public void Text_is_aligned_and_abbreviated()
    {
        Assert.Equal("[[1, 2, 3],\n [4, 5, 6]]", A.ToString());
        Assert.Equal("[[ 1, 20],\n [-3,  4]]", NDArray.Matrix(new double[,] { { 1, 20 }, { -3, 4 } }).ToString());
        Assert.Equal("0.333333", NDArray<double>.Scalar(1.0 / 3).ToString());
        Assert.Equal("[0.3333333333333333]", NDArray<double>.Full(1.0 / 3, 1).ToString("R", null));
        Assert.Equal("[1, 1, 1, ..., 1, 1, 1]", NDArray<double>.Full(1, 2000).ToString());
        Assert.Equal("[]", NDArray<double>.Zeros(0).ToString());
    }

    [Fact]
    public void Bad_indices_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => A[2, 0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => A[0, -1]);
        Assert.Throws<ShapeException>(() => A[0]);
        Assert.Throws<ShapeException>(() => A[0, 0, 0]);
        Assert.Throws<ShapeException>(() => NDArray<double>.Zeros(-1));
        Assert.Throws<ShapeException>(() => NDArray<double>.Zeros(1_000_000, 1_000_000));
    }
}
