using BenchmarkDotNet.Attributes;
using MathNet.Numerics.LinearAlgebra;
using Nabla.Numerics;

namespace Nabla.MathNet.Bench;

/// <summary>Products of matrices and vectors.</summary>
public class Products
{
    private NDArray<double> A = null!, B = null!, x = null!;
    private Matrix<double> peerA = null!, peerB = null!;
    private Vector<double> peerX = null!;

    /// <summary>The number of rows and columns.</summary>
    [Params(8, 100, 500)]
    public int N { get; set; }

    /// <summary>Makes the operands.</summary>
    [GlobalSetup]
    public void Setup()
    {
        (A, B, x) = (Operands.Random(N), Operands.Random(N), Operands.Random(N).Column(0).Copy());
        (peerA, peerB, peerX) = (Operands.Peer(A), Operands.Peer(B), Vector<double>.Build.Dense(x.ToArray()));
    }

    /// <summary>A B by Nabla.</summary>
    [Benchmark(Baseline = true), BenchmarkCategory("product")]
    public object Product() => NDArray.MatMul(A, B);

    /// <summary>A B by Math.NET.</summary>
    [Benchmark, BenchmarkCategory("product")]
    public object PeerProduct() => peerA * peerB;

    /// <summary>A x by Nabla.</summary>
    [Benchmark(Baseline = true), BenchmarkCategory("matrix by vector")]
    public object VectorProduct() => NDArray.MatMul(A, x);

    /// <summary>A x by Math.NET.</summary>
    [Benchmark, BenchmarkCategory("matrix by vector")]
    public object PeerVectorProduct() => peerA * peerX;
}
