using System.Numerics.Tensors;

namespace Nabla.Numerics.Tests;

/// <summary>Exchange with other types and files: tensors of the base library, sparse forms, SciPy's archives; and the questions after special forms.</summary>
public class ExchangeTests
{
    [Fact]
    public void Tensors_share_the_entries()
    {
        NDArray<double> A = NDArray<double>.FromArray([1, 2, 3, 4, 5, 6], 2, 3), B = A.Slice(.., 1..);
        TensorSpan<double> span = B.AsTensorSpan();
        Assert.Equal([2, 2], span.Lengths.ToArray());
        Assert.Equal(6, span[1, 1]);
        span[1, 0] = 50;
        Assert.Equal(50, A[1, 1]);
        Tensor<double> tensor = B.AsTensor();
        tensor[0, 1] = 30;
        Assert.Equal(30, A[0, 2]);
        Assert.Equal(B.ToArray(), NDArray<double>.FromTensor(tensor).ToArray());
        Assert.Equal(B.ToArray(), NDArray<double>.FromTensor(span).ToArray());
        Assert.Equal(0, NDArray<double>.FromTensor(NDArray<double>.Zeros(0, 3).AsTensorSpan()).Count);
        Assert.Equal([1, 4, 2, 50, 30, 6], NDArray<double>.FromTensor(A.Transpose().AsTensor()).ToArray());
        Assert.Throws<ShapeException>(() => A.Every(1, -1).AsTensor());
        Assert.Throws<ShapeException>(() => NDArray<double>.Scalar(1).BroadcastTo(3).AsTensor());
    }

    [Fact]
    public void Sparse_forms_give_the_matrix_back()
    {
        var random = new Random(Matrices.Seed);
        for (int trial = 0; trial < 200; trial++)
        {
            int m = random.Next(0, 12), n = random.Next(0, 12);
            NDArray<double> A = Matrices.Random(random, m, n).Map(x => Math.Abs(x) < 0.7 ? 0 : x);
            SparseMatrix<double> S = SparseMatrix<double>.FromDense(A);
            Assert.Equal(A.ToArray(), SparseMatrix<double>.FromCompressedRows(m, n, S.RowStarts, S.ColumnIndices, S.Values).ToDense().ToArray());
            (int[] starts, int[] rows, double[] values) = S.ToCompressedColumns();
            Assert.Equal(A.ToArray(), SparseMatrix<double>.FromCompressedColumns(m, n, starts, rows, values).ToDense().ToArray());
            (int[] i, int[] j, double[] v) = S.ToCoordinates();
            Assert.Equal(A.ToArray(), SparseMatrix<double>.FromCoordinates(m, n, i.Select((row, k) => (row, j[k], v[k]))).ToDense().ToArray());
            using var file = new MemoryStream();
            NumpyFile.WriteSparse(file, S);
            file.Position = 0;
            SparseMatrix<double> back = NumpyFile.ReadSparse(file);
            Assert.Equal(A.ToArray(), back.ToDense().ToArray());
            Assert.Equal((m, n), (back.Rows, back.Columns));
        }
        Assert.Throws<ShapeException>(() => SparseMatrix<double>.FromCompressedRows(2, 2, [0, 1], [0], [1]));
        Assert.Throws<ShapeException>(() => SparseMatrix<double>.FromCompressedRows(2, 2, [0, 2, 1], [0], [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => SparseMatrix<double>.FromCompressedColumns(2, 2, [0, 1, 1], [2], [1]));
    }

    [Fact]
    public void Archives_without_a_sparse_matrix_are_refused()
    {
        using var file = new MemoryStream();
        NumpyFile.WriteArchive(file, new Dictionary<string, NDArray<double>> { ["data"] = NDArray<double>.Zeros(2), ["shape"] = [2, 2] });
        file.Position = 0;
        Assert.Contains("format.npy", Assert.Throws<FileFormatException>(() => NumpyFile.ReadSparse(file)).Message);
        Assert.Throws<InvalidDataException>(() => NumpyFile.ReadSparse(new MemoryStream([1, 2, 3])));
    }

    [Fact]
    public void Special_forms_are_named()
    {
        Assert.Equal(MatrixForms.Zero | MatrixForms.Diagonal | MatrixForms.LowerTriangular | MatrixForms.UpperTriangular | MatrixForms.Symmetric | MatrixForms.Toeplitz, SpecialMatrices.FormsOf(NDArray<double>.Zeros(3, 3)));
        Assert.Equal(MatrixForms.Hilbert | MatrixForms.Symmetric | MatrixForms.PositiveDefinite, SpecialMatrices.FormsOf(SpecialMatrices.Hilbert<double>(5)));
        Assert.Equal(MatrixForms.Vandermonde, SpecialMatrices.FormsOf(SpecialMatrices.Vandermonde<double>([1, 2, 0.3, -1.7], 7)));
        Assert.Equal(MatrixForms.Permutation | MatrixForms.Orthogonal, SpecialMatrices.FormsOf(SpecialMatrices.Permutation<double>(2, 3, 1, 0)));
        Assert.Equal(MatrixForms.Toeplitz, SpecialMatrices.FormsOf(SpecialMatrices.Toeplitz<double>([1, 2, 3], [1, 5, 6, 7])));
        MatrixForms identity = SpecialMatrices.FormsOf(NDArray<double>.Identity(4));
        Assert.True(identity.HasFlag(MatrixForms.Identity | MatrixForms.Diagonal | MatrixForms.Orthogonal | MatrixForms.PositiveDefinite | MatrixForms.Permutation | MatrixForms.Toeplitz | MatrixForms.Symmetric));
        Assert.False(SpecialMatrices.IsIdentity(NDArray<double>.Zeros(2, 3)));
        Assert.False(SpecialMatrices.IsVandermonde(NDArray.Matrix(new double[,] { { 1, 2, 5 } })));
    }

    [Fact]
    public void Distances_agree_with_their_definitions()
    {
        NDArray<double> x = [1, -2, 3], y = [0.5, 2, 7];
        Assert.Equal(Math.Sqrt(0.25 + 16 + 16), Statistics.Distance(x, y), 1e-15);
        Assert.Equal(32.25, Statistics.Distance(x, y, Metric.SquaredEuclidean), 1e-14);
        Assert.Equal(8.5, Statistics.Distance(x, y, Metric.Manhattan), 1e-15);
        Assert.Equal(4, Statistics.Distance(x, y, Metric.Chebyshev), 1e-15);
        Assert.Equal(1 - (0.5 - 4 + 21) / Math.Sqrt(14 * 53.25), Statistics.Distance(x, y, Metric.Cosine), 1e-15);
        Assert.Equal(Math.Sqrt(3) * 1e200, Statistics.Distance<double>([1e200, 1e200, 1e200], [0, 0, 0]), 1e186);
        Assert.True(double.IsNaN(Statistics.Distance<double>([0, 0], [1, 0], Metric.Cosine)));
        Assert.Throws<ShapeException>(() => Statistics.Distance(x, x.Reshape(3, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Statistics.Distance(x, y, (Metric)9));
    }

    [Fact]
    public void Elimination_by_hand_gives_the_factors()
    {
        var random = new Random(Matrices.Seed);
        for (int trial = 0; trial < 300; trial++)
        {
            int m = random.Next(1, 6), n = random.Next(1, 6);
            ExactMatrix A = ExactMatrix.Tabulate(m, n, (_, _) => new Rational(random.Next(-3, 4), random.Next(1, 3)));
            var lu = new ExactLU(A);
            Assert.Equal(lu.P * A, lu.L * lu.U);
            Assert.Equal(ExactLinearAlgebra.Rank(A), lu.PivotColumns.Count);
        }
        var known = new ExactLU(new ExactMatrix(new Rational[,] { { 0, 2 }, { 4, 6 } }));
        Assert.Equal("R1 <-> R2", Assert.Single(known.Operations).ToString());
    }
}
