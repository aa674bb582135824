using System.Numerics;

namespace Nabla.Numerics.Tests;

/// <summary>The errors of the elementary functions in units in the last place, against fixed point with 400 bits.</summary>
public class ElementaryTests
{
    private const double Bound = 2;
    private const int Samples = 1500;
    private static readonly BigInteger One = BigInteger.One << HighPrecision.Bits;

    [Fact]
    public void Exp() => Check(x => Elementary.Exp(x), Arguments(-745, 709.78).Concat(Arguments(-1, 1)).Concat(ReductionBoundaries(34_000, 32_760)), x => HighPrecision.Exp(HighPrecision.Fixed(x)));

    [Fact]
    public void Expm1() => Check(x => Elementary.Expm1(x), Arguments(-40, 709.78).Concat(Arguments(-1, 1)).Concat(Arguments(-0.1, 0.1)).Concat(ReductionBoundaries(1_700, 3_000)).Concat(Small()), x =>
    {
        (BigInteger m, int n) = HighPrecision.Exp(HighPrecision.Fixed(x));
        return n >= 0 ? ((m << n) - One, 0) : ((m >> -n) - One, 0);
    });

    [Fact]
    public void Log() => Check(x => Elementary.Log(x), Positive().Concat(Arguments(0.5, 2)).Concat(Arguments(0.9, 1.1)).Concat(Arguments(0, 1e-307)[..^2]).Concat(Sixteenths()), x => (HighPrecision.Log(Rational.FromDouble(x)), 0));

    [Fact]
    public void Log1p() => Check(x => Elementary.Log1p(x), Positive().Where(x => x > 1e-30).Concat(Arguments(-0.999, 2)).Concat(Arguments(-0.1, 0.1)).Concat(Sixteenths().Select(x => x - 1)).Concat(Small()), x => (HighPrecision.Log(Rational.FromDouble(x) + 1), 0));

    [Fact]
    public void Tanh() => Check(x => Elementary.Tanh(x), Arguments(-25, 25).Concat(Arguments(-1, 1)).Concat(Arguments(-0.1, 0.1)).Concat(ReductionBoundaries(1_700, 1_700).Select(x => x / 2)).Concat(Small()), x =>
    {
        (BigInteger m, int n) = HighPrecision.Exp(2 * HighPrecision.Fixed(x));
        BigInteger e = n >= 0 ? m << n : m >> -n;
        return (((e - One) << HighPrecision.Bits) / (e + One), 0);
    });

    [Fact]
    public void Sigmoid() => Check(x => Elementary.Sigmoid(x), Arguments(-708, 50).Concat(Arguments(-5, 5)).Concat(ReductionBoundaries(3_000, 1_600)), x =>
    {
        (BigInteger m, int n) = HighPrecision.Exp(HighPrecision.Fixed(x));
        BigInteger e = n >= 0 ? m << n : m >> -n;
        return n < -60 ? ((m << HighPrecision.Bits) / (One + e), n) : ((e << HighPrecision.Bits) / (One + e), 0);
    });

    [Fact]
    public void Slope_of_the_sigmoid() => Check(Of<VectorFunctions.SigmoidSlope>, Arguments(-708, 708).Concat(Arguments(-5, 5)).Concat(ReductionBoundaries(3_000, 1_600)), x =>
    {
        (BigInteger m, int n) = HighPrecision.Exp(HighPrecision.Fixed(-Math.Abs(x)));
        BigInteger e = n >= 0 ? m << n : m >> -n, sum = One + e;
        return n < -60 ? ((m << HighPrecision.Bits) / sum, n) : ((((e << HighPrecision.Bits) / sum) << HighPrecision.Bits) / sum, 0);
    }, 3);

    [Fact]
    public void Slope_of_the_sigmoid_at_the_ends() => Assert.Equal([0, 0, 0.25, 0.25, double.NaN, 0, 0], Of<VectorFunctions.SigmoidSlope>([double.PositiveInfinity, double.NegativeInfinity, 0, -0.0, double.NaN, double.MaxValue, -double.MaxValue]).ToArray());

    [Fact]
    public void Softplus() => Check(Of<VectorFunctions.Softplus>, Arguments(-180, 50).Concat(Arguments(-5, 5)).Concat(ReductionBoundaries(3_000, 1_600)), x =>
    {
        (BigInteger m, int n) = HighPrecision.Exp(HighPrecision.Fixed(x));
        return (HighPrecision.Log(new Rational((n >= 0 ? m << n : m >> -n) + One, One)), 0);
    });

    [Fact]
    public void Softplus_of_the_negative_has_the_same_bits()
    {
        double[] x = [.. Arguments(-180, 180), .. ReductionBoundaries(3_000, 3_000), double.PositiveInfinity, double.NegativeInfinity, 0, -0.0, double.NaN, 1e300];
        Assert.Equal(Of<VectorFunctions.Softplus>(NDArray<double>.FromArray([.. x.Select(v => -v)])).ToArray(), Of<VectorFunctions.SoftplusOfNegative>(NDArray<double>.FromArray(x)).ToArray());
    }

    [Fact]
    public void Sin() => Check(x => Elementary.Sin(x), Arguments(-1e6, 1e6).Concat(Arguments(-10, 10)).Concat(NearMultiples()).Concat(NearTurns()).Concat([1e6, 1.000001e6, 1e7, 1e15, 1e22]).Concat(Small()), x => (HighPrecision.Sin(HighPrecision.Fixed(x)), 0));

    [Fact]
    public void Cos() => Check(x => Elementary.Cos(x), Arguments(-1e6, 1e6).Concat(Arguments(-10, 10)).Concat(NearMultiples()).Concat(NearTurns()).Concat([1e6, 1.000001e6, 1e7, 1e15, 1e22]), x => (HighPrecision.Cos(HighPrecision.Fixed(x)), 0));

    [Fact]
    public void Erf() => Check(x => Elementary.Erf(x), Arguments(-6.5, 6.5).Concat(Arguments(-0.1, 0.1)).Concat(Small()), x => (HighPrecision.Erf(HighPrecision.Fixed(x)), 0));

    [Fact]
    public void Pow()
    {
        var random = new Random(Matrices.Seed);
        double worst = 0;
        for (int k = 0; k < Samples; k++)
        {
            double x = Math.Exp(20 * random.NextDouble() - 10), y = (random.NextDouble() - 0.5) * 1400 / Math.Max(Math.Abs(Math.Log(x)), 0.1);
            if (k % 3 == 0) (x, y) = (1 + 1e-3 * random.NextDouble(), 1e5 * random.NextDouble());
            double result = Elementary.Pow(NDArray<double>.Full(x, 5), y)[3];
            BigInteger exponent = (HighPrecision.Log(Rational.FromDouble(x)) * HighPrecision.Fixed(y)) >> HighPrecision.Bits;
            (BigInteger m, int n) = HighPrecision.Exp(exponent);
            worst = Math.Max(worst, HighPrecision.Ulps(result, m, n));
            Assert.True(worst < Bound, $"pow({x:R}, {y:R}) = {result:R} is wrong by {worst:F2} units in the last place");
        }
        Assert.Equal([8, 1, double.PositiveInfinity, 0, -8, 1], Elementary.Pow<double>([2, 0, 0, 0, -2, double.NaN], [3, 0, -1, 2, 3, 0]).ToArray());
        Assert.True(double.IsNaN(Elementary.Pow<double>([-8], [1.0 / 3])[0]));
    }

    [Fact]
    public void Special_values()
    {
        double inf = double.PositiveInfinity, nan = double.NaN;
        Same([inf, 0, 1, 1, nan, inf, 0], x => Elementary.Exp(x), [inf, -inf, 0, -0.0, nan, 710, -746]);
        Same([inf, -1, 0, -0.0, nan, inf, -1], x => Elementary.Expm1(x), [inf, -inf, 0, -0.0, nan, 710, -746]);
        Same([inf, nan, -inf, -inf, nan, nan, 0], x => Elementary.Log(x), [inf, -inf, 0, -0.0, nan, -1, 1]);
        Same([inf, nan, 0, -0.0, nan, -inf, nan], x => Elementary.Log1p(x), [inf, -inf, 0, -0.0, nan, -1, -2]);
        Same([1, -1, 0, -0.0, nan], x => Elementary.Tanh(x), [inf, -inf, 0, -0.0, nan]);
        Same([1, 0, 0.5, 0.5, nan], x => Elementary.Sigmoid(x), [inf, -inf, 0, -0.0, nan]);
        Same([inf, 0, Math.Log(2), Math.Log(2), nan, 1e300, 0], Of<VectorFunctions.Softplus>, [inf, -inf, 0, -0.0, nan, 1e300, -1e300]);
        Same([nan, nan, 0, -0.0, nan], x => Elementary.Sin(x), [inf, -inf, 0, -0.0, nan]);
        Same([nan, nan, 1, 1, nan], x => Elementary.Cos(x), [inf, -inf, 0, -0.0, nan]);
        Same([1, -1, 0, -0.0, nan], x => Elementary.Erf(x), [inf, -inf, 0, -0.0, nan]);
        Same([inf, 0, inf, 0], x => Elementary.Exp(x), [1e300, -1e300, double.MaxValue, -double.MaxValue]);
        Same([inf, -1, -0.0, double.Epsilon], x => Elementary.Expm1(x), [1e300, -1e300, -0.0, double.Epsilon]);
        Same([nan, nan], x => Elementary.Log(x), [-double.Epsilon, -double.MaxValue]);
        Same([nan, -double.Epsilon, double.Epsilon], x => Elementary.Log1p(x), [-double.MaxValue, -double.Epsilon, double.Epsilon]);
        Same([1, -1, -double.Epsilon], x => Elementary.Tanh(x), [double.MaxValue, -double.MaxValue, -double.Epsilon]);
        Same([1, 0], x => Elementary.Sigmoid(x), [double.MaxValue, -double.MaxValue]);
        Assert.Equal(double.Epsilon, Elementary.Sigmoid<double>([-744.5])[0]);
        Assert.Equal(Math.Log(double.Epsilon), Elementary.Log<double>([double.Epsilon])[0], 1e-12);
        Assert.Equal(double.Epsilon, Elementary.Sin<double>([double.Epsilon])[0]);
        Assert.Equal(double.Epsilon, Elementary.Tanh<double>([double.Epsilon])[0]);
        Assert.Equal(double.Epsilon, Elementary.Erf<double>([double.Epsilon])[0]);
    }

    [Fact]
    public void No_sine_is_beyond_one()
    {
        NDArray<double> x = NDArray<double>.FromArray([.. Enumerable.Range(-100_000, 200_000).SelectMany(k => Beside(Math.PI * (k + 0.5)))]);
        Assert.All(Elementary.Sin(x).ToArray(), y => Assert.InRange(Math.Abs(y), 0.99, 1));
        Assert.All(Elementary.Cos(x + Math.PI / 2).ToArray(), y => Assert.InRange(Math.Abs(y), 0.99, 1));
    }

    [Fact]
    public void Arguments_beyond_the_reduction_leave_those_beside_them_right()
    {
        double[] x = [.. Enumerable.Range(0, 64).Select(k => k % 19 == 3 ? 1e9 + k : k % 11 == 5 ? double.NaN : 0.1 * k)];
        double[] mixed = Elementary.Sin(NDArray<double>.FromArray(x)).ToArray();
        for (int k = 0; k < x.Length; k++) Assert.Equal(Math.Sin(x[k]), mixed[k], 2e-16);
        float[] single = Elementary.Sin(NDArray<float>.FromArray([.. x.Select(v => (float)v)])).ToArray();
        for (int k = 0; k < x.Length; k++) Assert.Equal((float)Math.Sin((float)x[k]), single[k]);
    }

    [Fact]
    public void Every_length_and_every_type_gives_the_same_values()
    {
        NDArray<double> x = Matrices.Random(new Random(Matrices.Seed), 100_001) * 3;
        NDArray<double> whole = Elementary.Tanh(x);
        foreach (int n in new[] { 0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17 }) Assert.Equal(whole.Slice(..n).ToArray(), Elementary.Tanh(x.Slice(..n)).ToArray());
        Assert.Equal(whole[100_000], Elementary.Tanh(x.Slice(100_000..))[0]);
        float[] single = [.. x.Slice(..37).ToArray().Select(v => (float)v)];
        Assert.Equal(single.Select(v => (float)Math.Exp(v)), Elementary.Exp(NDArray<float>.FromArray(single)).ToArray());
    }

    private static unsafe NDArray<double> Of<TFunction>(NDArray<double> x)
        where TFunction : struct, IVectorFunction
    {
        double[] from = x.ToArray(), to = new double[from.Length];
        fixed (double* a = from, r = to) Elementary.Run<double, TFunction>(a, r, to.Length);
        return NDArray<double>.FromArray(to);
    }

    // Together, and each alone in vectors of itself: a vector may take another way for the sake of one entry.
    private static void Same(double[] expected, Func<NDArray<double>, NDArray<double>> function, double[] arguments)
    {
        NDArray<double> together = function(NDArray<double>.FromArray(arguments));
        for (int k = 0; k < expected.Length; k++)
            foreach (double actual in (double[])[together[k], .. function(NDArray<double>.FromArray([.. Enumerable.Repeat(arguments[k], 9)]))])
                Assert.True(double.IsNaN(expected[k]) ? double.IsNaN(actual) : BitConverter.DoubleToInt64Bits(expected[k]) == BitConverter.DoubleToInt64Bits(actual), $"at {arguments[k]:R}: {actual:R} and not {expected[k]:R}");
    }

    private static void Check(Func<NDArray<double>, NDArray<double>> function, IEnumerable<double> arguments, Func<double, (BigInteger Mantissa, int Exponent)> reference, double bound = Bound)
    {
        double[] x = [.. arguments];
        NDArray<double> y = function(NDArray<double>.FromArray(x));
        double worst = 0;
        for (int k = 0; k < x.Length; k++)
        {
            (BigInteger mantissa, int exponent) = reference(x[k]);
            double ulps = HighPrecision.Ulps(y[k], mantissa, exponent);
            worst = Math.Max(worst, ulps);
            Assert.True(ulps < bound, $"f({x[k]:R}) = {y[k]:R} is wrong by {ulps:F2} units in the last place (seed {Matrices.Seed})");
        }
        TestContext.Current.SendDiagnosticMessage($"worst error {worst:F3} units in the last place over {x.Length} arguments");
    }

    private static double[] Arguments(double from, double to)
    {
        var random = new Random(Matrices.Seed);
        return [.. Enumerable.Range(0, Samples).Select(_ => from + (to - from) * random.NextDouble()), from, to];
    }

    /// <summary>Numbers on both sides of the odd multiples of log 2 / 32, where the reduction by sixteenths of log 2 goes to the next one, and of those of log 2 / 2.</summary>
    private static IEnumerable<double> ReductionBoundaries(int below, int above)
    {
        var random = new Random(Matrices.Seed);
        return Enumerable.Range(0, Samples / 3).SelectMany(k => Beside((k < 40 ? 2 * k - 39 : random.Next(-below, above)) * Math.Log(2) / 32)).Where(x => Math.Abs(x) > 1e-3);
    }

    /// <summary>Numbers on both sides of the multiples of 1/16 from 1 to 2, times powers of two.</summary>
    private static IEnumerable<double> Sixteenths() => Enumerable.Range(16, 17).SelectMany(k => new[] { 0.25, 0.5, 1, 2, 1024 }.SelectMany(scale => Beside(k * scale / 16)));

    private static IEnumerable<double> NearTurns()
    {
        var random = new Random(Matrices.Seed);
        return Enumerable.Range(0, Samples / 3).SelectMany(_ => Beside(random.Next(-636_619, 636_619) * (Math.PI / 2)));
    }

    private static double[] Beside(double x) => [x, Math.BitIncrement(x), Math.BitDecrement(x)];

    private static IEnumerable<double> Positive()
    {
        var random = new Random(Matrices.Seed);
        return Enumerable.Range(0, Samples).Select(_ => Math.Exp(1400 * random.NextDouble() - 700)).Concat([1, double.MaxValue, 2.3e-308, 1e-310, 1.0000000000000002, 0.9999999999999999]);
    }

    private static IEnumerable<double> Small() => Enumerable.Range(1, 24).SelectMany(k => new[] { 1.1 * Math.Pow(10, -k), -1.7 * Math.Pow(10, -k), 0.7 * Math.Pow(10, -k) });

    private static IEnumerable<double> NearMultiples() => Enumerable.Range(1, 400).SelectMany(k => new[] { k * Math.PI / 2, k * 1571 * Math.PI / 2, k * Math.PI / 4 });
}
