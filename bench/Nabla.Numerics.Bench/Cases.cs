using Nabla.Numerics;

namespace Nabla.Numerics.Bench;

/// <summary>The measured operations by name; each takes its sizes and returns what is timed.</summary>
internal static class Cases
{
    internal static readonly Dictionary<string, Func<int[], Action>> All = new()
    {
        ["gemm"] = s => Product(Random(s[0], s[2]), Random(s[2], s[1])),
        ["gemm-tn"] = s => Product(Random(s[2], s[0]).Transpose(), Random(s[2], s[1])),
        ["gemm-nt"] = s => Product(Random(s[0], s[2]), Random(s[1], s[2]).Transpose()),
        ["gemm-tt"] = s => Product(Random(s[2], s[0]).Transpose(), Random(s[1], s[2]).Transpose()),
        ["sgemm"] = s => Product(Single(s[0], s[2]), Single(s[2], s[1])),
        ["gemm-into"] = s => Into(Random(s[0], s[2]), Random(s[2], s[1]), NDArray<double>.Zeros(s[0], s[1])),
        ["gemv"] = s => Product(Random(s[0], s[1]), Random(s[1])),
        ["lu"] = s => One(Random(s[0], s[0]), A => _ = new LU<double>(A)),
        ["solve"] = s => Two(Random(s[0], s[0]), Random(s[0]), (A, b) => LinearAlgebra.Solve(A, b)),
        ["solve-into"] = s => Solution(Random(s[0], s[0]), Random(s[0]), NDArray<double>.Zeros(s[0])),
        ["inverse"] = s => One(Random(s[0], s[0]), A => LinearAlgebra.Inverse(A)),
        ["cholesky"] = s => One(Positive(s[0]), A => _ = new Cholesky<double>(A)),
        ["qr"] = s => One(Random(s[0], s[0]), A => _ = new QR<double>(A).Q),
        ["eigh"] = s => One(Positive(s[0]), A => _ = new SymmetricEigen<double>(A).Vectors),
        ["eigvalsh"] = s => One(Positive(s[0]), A => _ = new SymmetricEigen<double>(A, withVectors: false)),
        ["svdvals"] = s => One(Random(s[0], s[0]), A => _ = new SVD<double>(A, withVectors: false)),
        ["eigvals"] = s => One(Random(s[0], s[0]), A => _ = new Eigen<double>(A, withVectors: false)),
        ["eigvalsh-into"] = s => Spectrum(Positive(s[0]), NDArray<double>.Zeros(s[0])),
        ["eigvals-into"] = s => Spectrum(Random(s[0], s[0]), NDArray<double>.Zeros(s[0]), NDArray<double>.Zeros(s[0])),
        ["svd"] = s => One(Random(s[0], s[0]), A => _ = new SVD<double>(A).U),
        ["eig"] = s => One(Random(s[0], s[0]), A => _ = new Eigen<double>(A)),
        ["exp"] = s => One(Random(s[0]) * 5, x => Elementary.Exp(x)),
        ["log"] = s => One(Random(s[0]) + 2, x => Elementary.Log(x)),
        ["tanh"] = s => One(Random(s[0]) * 5, x => Elementary.Tanh(x)),
        ["sin"] = s => One(Random(s[0]) * 5, x => Elementary.Sin(x)),
        ["sigmoid"] = s => One(Random(s[0]) * 5, x => Elementary.Sigmoid(x)),
        ["erf"] = s => One(Random(s[0]) * 3, x => Elementary.Erf(x)),
        ["sum"] = s => One(Random(s[0]), x => _ = x.Sum()),
        ["sum-down"] = s => One(Random(s[0], s[1]), X => X.Sum(0)),
        ["max-down"] = s => One(Random(s[0], s[1]), X => X.Max(0)),
        ["add-row"] = s => Two(Random(s[0], s[1]), Random(s[1]), (X, row) => _ = X + row.BroadcastTo(X.Shape)),
        ["variance"] = s => One(Random(s[0], s[1]), X => Statistics.Variance(X, 0)),
        ["covariance"] = s => One(Random(s[0], s[1]), X => Statistics.Covariance(X)),
        ["euclidean"] = s => One(Random(s[0], s[1]), X => Statistics.PairwiseDistances(X, X)),
        ["manhattan"] = s => One(Random(s[0], s[1]), X => Statistics.PairwiseDistances(X, X, Metric.Manhattan)),
        ["cosine"] = s => One(Random(s[0], s[1]), X => Statistics.PairwiseDistances(X, X, Metric.Cosine)),
        ["sparse-build"] = s => Build(s[0] * s[0], Grid(s[0])),
        ["sparse-vector"] = s => Sparse(s[0], 1, (A, x) => A.Multiply(x)),
        ["sparse-transposed"] = s => Sparse(s[0], 1, (A, x) => A.TransposeMultiply(x)),
        ["sparse-matrix"] = s => Sparse(s[0], 16, (A, X) => A.Multiply(X)),
        ["sparse-sum"] = s => Sparse(s[0], 1, (A, x) => _ = A + A),
        ["cg-100"] = s => Sparse(s[0], 1, (A, b) => IterativeSolvers.ConjugateGradients(A, b, 1e-30, 100)),
        ["lsqr-100"] = s => Sparse(s[0], 1, (A, b) => IterativeSolvers.LSQR(A, b, 0, 1e-30, 100)),
    };

    private static NDArray<double> Random(params int[] shape)
    {
        var random = new Random(7);
        return NDArray<double>.Zeros(shape).Map(_ => 2 * random.NextDouble() - 1);
    }

    private static NDArray<float> Single(params int[] shape)
    {
        var random = new Random(7);
        return NDArray<float>.Zeros(shape).Map(_ => 2 * random.NextSingle() - 1);
    }

    private static NDArray<double> Positive(int n)
    {
        NDArray<double> X = Random(n, n);
        return NDArray.MatMul(X, X.Transpose()) + NDArray<double>.Identity(n);
    }

    /// <summary>The five-point Laplacian of a square grid, a little more than singular, in shuffled coordinates.</summary>
    private static (int Row, int Column, double Value)[] Grid(int size)
    {
        List<(int, int, double)> entries = [];
        for (int k = 0; k < size * size; k++)
        {
            entries.Add((k, k, 4.01));
            if (k % size > 0) entries.Add((k, k - 1, -1));
            if (k % size < size - 1) entries.Add((k, k + 1, -1));
            if (k >= size) entries.Add((k, k - size, -1));
            if (k < size * (size - 1)) entries.Add((k, k + size, -1));
        }
        (int, int, double)[] shuffled = [.. entries];
        new Random(7).Shuffle(shuffled);
        return shuffled;
    }

    private static Action Build(int n, (int Row, int Column, double Value)[] entries) => () => SparseMatrix<double>.FromCoordinates(n, n, entries);

    private static Action Sparse(int size, int width, Action<SparseMatrix<double>, NDArray<double>> action)
    {
        int n = size * size;
        var A = SparseMatrix<double>.FromCoordinates(n, n, Grid(size));
        NDArray<double> x = width == 1 ? Random(n) : Random(n, width);
        return () => action(A, x);
    }

    private static Action Product(NDArray<double> A, NDArray<double> B) => () => NDArray.MatMul(A, B);

    private static Action Product(NDArray<float> A, NDArray<float> B) => () => NDArray.MatMul(A, B);

    private static Action Into(NDArray<double> A, NDArray<double> B, NDArray<double> C) => () => NDArray.MatMul(A, B, C);

    private static Action Solution(NDArray<double> A, NDArray<double> b, NDArray<double> x) => () => LinearAlgebra.Solve(A, b, x);

    private static Action Spectrum(NDArray<double> A, NDArray<double> values) => () => LinearAlgebra.SymmetricEigenvalues(A, values);

    private static Action Spectrum(NDArray<double> A, NDArray<double> re, NDArray<double> im) => () => LinearAlgebra.Eigenvalues(A, re, im);

    private static Action One(NDArray<double> A, Action<NDArray<double>> action) => () => action(A);

    private static Action Two(NDArray<double> A, NDArray<double> b, Action<NDArray<double>, NDArray<double>> action) => () => action(A, b);
}
