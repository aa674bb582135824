using MathNet.Numerics.LinearAlgebra;
using Nabla.Numerics;

namespace Nabla.MathNet.Bench;

/// <summary>The same random matrices for both libraries.</summary>
internal static class Operands
{
    internal static NDArray<double> Random(int n)
    {
        var random = new Random(7);
        return NDArray<double>.Zeros(n, n).Map(_ => 2 * random.NextDouble() - 1);
    }

    internal static NDArray<double> Positive(int n)
    {
        NDArray<double> X = Random(n);
        return NDArray.MatMul(X, X.Transpose()) + NDArray<double>.Identity(n);
    }

    internal static Matrix<double> Peer(NDArray<double> A) => Matrix<double>.Build.DenseOfArray(A.ToMatrixArray());
}
