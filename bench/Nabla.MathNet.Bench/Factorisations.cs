using BenchmarkDotNet.Attributes;
using MathNet.Numerics.LinearAlgebra;
using Nabla.Numerics;

namespace Nabla.MathNet.Bench;

/// <summary>Factorisations and solutions.</summary>
public class Factorisations
{
    private NDArray<double> A = null!, S = null!, b = null!;
    private Matrix<double> peerA = null!, peerS = null!;
    private Vector<double> peerB = null!;

    /// <summary>The number of rows and columns.</summary>
    [Params(8, 100, 500)]
    public int N { get; set; }

    /// <summary>Makes the operands.</summary>
    [GlobalSetup]
    public void Setup()
    {
        (A, S, b) = (Operands.Random(N), Operands.Positive(N), Operands.Random(N).Column(0).Copy());
        (peerA, peerS, peerB) = (Operands.Peer(A), Operands.Peer(S), Vector<double>.Build.Dense(b.ToArray()));
    }

    /// <summary>The solution of A x = b by Nabla.</summary>
    [Benchmark(Baseline = true), BenchmarkCategory("solve")]
    public object Solve() => LinearAlgebra.Solve(A, b);

    /// <summary>The solution of A x = b by Math.NET.</summary>
    [Benchmark, BenchmarkCategory("solve")]
    public object PeerSolve() => peerA.Solve(peerB);

    /// <summary>The inverse by Nabla.</summary>
    [Benchmark(Baseline = true), BenchmarkCategory("inverse")]
    public object Inverse() => LinearAlgebra.Inverse(A);

    /// <summary>The inverse by Math.NET.</summary>
    [Benchmark, BenchmarkCategory("inverse")]
    public object PeerInverse() => peerA.Inverse();

    /// <summary>The Cholesky factor by Nabla.</summary>
    [Benchmark(Baseline = true), BenchmarkCategory("Cholesky")]
    public object CholeskyFactor() => new Cholesky<double>(S);

    /// <summary>The Cholesky factor by Math.NET.</summary>
    [Benchmark, BenchmarkCategory("Cholesky")]
    public object PeerCholesky() => peerS.Cholesky();

    /// <summary>Q and R by Nabla.</summary>
    [Benchmark(Baseline = true), BenchmarkCategory("QR with Q")]
    public object Orthogonal() => new QR<double>(A).Q;

    /// <summary>Q and R by Math.NET.</summary>
    [Benchmark, BenchmarkCategory("QR with Q")]
    public object PeerOrthogonal() => peerA.QR().Q;

    /// <summary>Symmetric eigenvectors by Nabla.</summary>
    [Benchmark(Baseline = true), BenchmarkCategory("symmetric eigenvectors")]
    public object SymmetricVectors() => new SymmetricEigen<double>(S).Vectors;

    /// <summary>Symmetric eigenvectors by Math.NET.</summary>
    [Benchmark, BenchmarkCategory("symmetric eigenvectors")]
    public object PeerSymmetricVectors() => peerS.Evd(Symmetricity.Symmetric).EigenVectors;

    /// <summary>General eigenvectors by Nabla.</summary>
    [Benchmark(Baseline = true), BenchmarkCategory("general eigenvectors")]
    public object Vectors() => new Eigen<double>(A);

    /// <summary>General eigenvectors by Math.NET.</summary>
    [Benchmark, BenchmarkCategory("general eigenvectors")]
    public object PeerVectors() => peerA.Evd(Symmetricity.Asymmetric).EigenVectors;

    /// <summary>Singular vectors by Nabla.</summary>
    [Benchmark(Baseline = true), BenchmarkCategory("singular vectors")]
    public object SingularVectors() => new SVD<double>(A).U;

    /// <summary>Singular vectors by Math.NET.</summary>
    [Benchmark, BenchmarkCategory("singular vectors")]
    public object PeerSingularVectors() => peerA.Svd().U;
}
