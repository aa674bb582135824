namespace Nabla.Numerics.Tests;

/// <summary>The same results up to rounding with OpenBLAS, where it is installed.</summary>
[Collection(typeof(OpenBlasCollection))]
public class OpenBlasTests
{
    [Fact]
    public void Results_agree_with_the_managed_kernels()
    {
        Assert.SkipUnless(OpenBlas.IsAvailable, "OpenBLAS is not installed.");
        var random = new Random(Matrices.Seed);
        foreach ((int m, int n) in new[] { (1, 1), (30, 30), (70, 40), (40, 70), (129, 129) })
        {
            NDArray<double> A = Matrices.Random(random, m, n), B = Matrices.Random(random, n, m), S = Matrices.Symmetric(random, m);
            NDArray<double> product = NDArray.MatMul(A, B), transposed = NDArray.MatMul(B.Transpose(), A.Transpose());
            NDArray<double> singular = new SVD<double>(A).S, eigen = new SymmetricEigen<double>(S).Values;
            try
            {
                OpenBlas.Enabled = true;
                Assert.Contains("OpenBLAS", OpenBlas.Description, StringComparison.Ordinal);
                Assert.True((NDArray.MatMul(A, B) - product).NormInf() < 1e-12);
                Assert.True((NDArray.MatMul(B.Transpose(), A.Transpose()) - transposed).NormInf() < 1e-12);
                var svd = new SVD<double>(A);
                Assert.True((svd.S - singular).NormInf() < 1e-12);
                Assert.True((NDArray.MatMul(NDArray.MatMul(svd.U, NDArray.Diagonal(svd.S)), svd.V.Transpose()) - A).NormInf() < 1e-12);
                Assert.True((new SVD<double>(A, withVectors: false).S - singular).NormInf() < 1e-12);
                var e = new SymmetricEigen<double>(S);
                Assert.True((e.Values - eigen).NormInf() < 1e-11);
                Assert.True((NDArray.MatMul(S, e.Vectors) - NDArray.MatMul(e.Vectors, NDArray.Diagonal(e.Values))).NormInf() < 1e-11);
                NDArray<double> x = LinearAlgebra.Solve(S, S.Column(0));
                Assert.Equal(1, x[0], 1e-6);
            }
            finally
            {
                OpenBlas.Enabled = false;
            }
        }
    }
}
