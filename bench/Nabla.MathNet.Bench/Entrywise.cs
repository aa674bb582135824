using BenchmarkDotNet.Attributes;
using MathNet.Numerics.LinearAlgebra;
using Nabla.Numerics;

namespace Nabla.MathNet.Bench;

/// <summary>Functions entry by entry, and sums.</summary>
public class Entrywise
{
    private NDArray<double> x = null!;
    private Vector<double> peer = null!;

    /// <summary>The number of entries.</summary>
    [Params(10_000, 1_000_000)]
    public int N { get; set; }

    /// <summary>Makes the operands.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(7);
        x = NDArray<double>.Zeros(N).Map(_ => 0.1 + 4 * random.NextDouble());
        peer = Vector<double>.Build.Dense(x.ToArray());
    }

    /// <summary>e^x by Nabla.</summary>
    [Benchmark(Baseline = true), BenchmarkCategory("exp")]
    public object Exp() => Elementary.Exp(x);

    /// <summary>e^x by Math.NET.</summary>
    [Benchmark, BenchmarkCategory("exp")]
    public object PeerExp() => peer.PointwiseExp();

    /// <summary>log x by Nabla.</summary>
    [Benchmark(Baseline = true), BenchmarkCategory("log")]
    public object Log() => Elementary.Log(x);

    /// <summary>log x by Math.NET.</summary>
    [Benchmark, BenchmarkCategory("log")]
    public object PeerLog() => peer.PointwiseLog();

    /// <summary>tanh x by Nabla.</summary>
    [Benchmark(Baseline = true), BenchmarkCategory("tanh")]
    public object Tanh() => Elementary.Tanh(x);

    /// <summary>tanh x by Math.NET.</summary>
    [Benchmark, BenchmarkCategory("tanh")]
    public object PeerTanh() => peer.PointwiseTanh();

    /// <summary>The sum by Nabla.</summary>
    [Benchmark(Baseline = true), BenchmarkCategory("sum")]
    public double Sum() => x.Sum();

    /// <summary>The sum by Math.NET.</summary>
    [Benchmark, BenchmarkCategory("sum")]
    public double PeerSum() => peer.Sum();
}
