using System.Numerics;

namespace Nabla.Numerics.Tests;

/// <summary>Entries whose squares underflow, partly or whole, beside entries near 1: nothing changes by more than rounding.</summary>
public class NegligibleEntriesTests
{
    public static TheoryData<int> Orders => [3, 4, 5, 8, 13, 16, 17, 31, 33, 40];

    [Theory]
    [MemberData(nameof(Orders))]
    public void They_change_nothing_in_double_precision(int n) => Check<double>(n, Enumerable.Range(0, 186).Select(k => Math.Pow(10, -140 - k)), 1e-12);

    [Theory]
    [MemberData(nameof(Orders))]
    public void They_change_nothing_in_single_precision(int n) => Check<float>(n, Enumerable.Range(0, 36).Select(k => MathF.Pow(10, -10 - k)), 2e-4f);

    private static void Check<T>(int n, IEnumerable<T> sizes, T bound)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(Matrices.Seed + n);
        foreach (T size in sizes)
        {
            // The entries that join the first rows and columns to the others are tiny, above the diagonal, below it, or on both sides.
            int first = random.Next(1, n);
            NDArray<T> joined = Random(n), parts = joined.Copy(), upper = joined.Copy();
            for (int i = 0; i < first; i++)
            {
                for (int j = first; j < n; j++)
                {
                    (joined[i, j], joined[j, i], upper[j, i]) = (size * joined[i, j], size * joined[j, i], size * upper[j, i]);
                    parts[i, j] = parts[j, i] = T.Zero;
                }
            }
            NDArray<T> triangular = upper.Copy();
            for (int i = 0; i < first; i++)
                for (int j = first; j < n; j++) triangular[j, i] = T.Zero;
            Same(n, Symmetric(joined), Symmetric(parts), bound, $"n = {n}, {size:G3} joins the first {first} rows");
            Same(n, joined, parts, bound, $"n = {n}, {size:G3} joins the first {first} rows");
            Same(n, upper, triangular, bound, $"n = {n}, {size:G3} below the first {first} rows");
        }

        NDArray<T> Random(int order)
        {
            NDArray<T> A = NDArray<T>.Zeros(order, order).Map(_ => T.CreateChecked(2 * random.NextDouble() - 1));
            for (int i = 0; i < order; i++) A[i, i] += T.CreateChecked(2 * i);
            return A;
        }
    }

    private static NDArray<T> Symmetric<T>(NDArray<T> A)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => A + A.Transpose();

    private static void Same<T>(int n, NDArray<T> A, NDArray<T> B, T bound, string what)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bound *= B.NormInf();
        Close(GeneralValues(A), GeneralValues(B), "small eigenvalues");
        Close([.. new Eigen<T>(A).RealParts.ToArray().Order()], [.. new Eigen<T>(B).RealParts.ToArray().Order()], "eigenvalues");
        Close(new SVD<T>(A).S.ToArray(), new SVD<T>(B).S.ToArray(), "singular values");
        Close(new SVD<T>(A, withVectors: false).S.ToArray(), new SVD<T>(B).S.ToArray(), "singular values alone");
        var svd = new SVD<T>(A);
        Close(NDArray.MatMul(svd.U, NDArray.MatMul(NDArray.Diagonal(svd.S), svd.V.Transpose())).ToArray(), B.ToArray(), "U S V'");
        var qr = new QR<T>(A);
        Close(NDArray.MatMul(qr.Q, qr.R).ToArray(), B.ToArray(), "Q R");
        var schur = new Schur<T>(A);
        Close(NDArray.MatMul(schur.Z, NDArray.MatMul(schur.S, schur.Z.Transpose())).ToArray(), B.ToArray(), "Z S Z'");
        if (!LinearAlgebra.IsSymmetric(A)) return;
        T[] values = new SymmetricEigen<T>(B, withVectors: false).Values.ToArray();
        Close(LinearAlgebra.SymmetricEigenvalues(A).ToArray(), values, "small symmetric eigenvalues");
        Close(new SymmetricEigen<T>(A, withVectors: false).Values.ToArray(), values, "symmetric eigenvalues alone");
        var eigen = new SymmetricEigen<T>(A);
        Close(eigen.Values.ToArray(), values, "symmetric eigenvalues");
        Close(NDArray.MatMul(eigen.Vectors, NDArray.MatMul(NDArray.Diagonal(eigen.Values), eigen.Vectors.Transpose())).ToArray(), B.ToArray(), "V w V'");

        void Close(T[] found, T[] expected, string function)
        {
            for (int k = 0; k < expected.Length; k++) Assert.True(T.Abs(found[k] - expected[k]) <= bound, $"{function}, {what}: {found[k]} instead of {expected[k]}");
        }

        T[] GeneralValues(NDArray<T> matrix)
        {
            NDArray<T> re = NDArray<T>.Zeros(n), im = NDArray<T>.Zeros(n);
            LinearAlgebra.Eigenvalues(matrix, re, im);
            return [.. re.ToArray().Order()];
        }
    }
}
