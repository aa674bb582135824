using System.Numerics;

namespace Nabla.Numerics.Tests;

/// <summary>The errors of the elementary functions in units in the last place, against fixed point with 400 bits.</summary>
public class ElementaryTests
{
    private const double Bound = 2;
    private const int Samples = 1500;
    private static readonly BigInteger One = BigInteger.One << HighPrecision.Bits;

    [Fact]
    public void Exp() => Check(x => Elementary.Exp(x), Arguments(-745, 709.78), x => HighPrecision.Exp(HighPrecision.Fixed(x)));

    [Fact]
    public void Expm1() => Check(x => Elementary.Expm1(x), Arguments(-40, 709.78).Concat(Arguments(-1, 1)).Concat(Small()), x =>
    {
        (BigInteger m, int n) = HighPrecision.Exp(HighPrecision.Fixed(x));
        return n >= 0 ? ((m << n) - One, 0) : ((m >> -n) - One, 0);
    });

    [Fact]
    public void Log() => Check(x => Elementary.Log(x), Positive().Concat(Arguments(0.5, 2)), x => (HighPrecision.Log(Rational.FromDouble(x)), 0));

    [Fact]
    public void Log1p() => Check(x => Elementary.Log1p(x), Positive().Where(x => x > 1e-30).Concat(Arguments(-0.999, 2)).Concat(Small()), x => (HighPrecision.Log(Rational.FromDouble(x) + 1), 0));

    [Fact]
    public void Tanh() => Check(x => Elementary.Tanh(x), Arguments(-25, 25).Concat(Arguments(-1, 1)).Concat(Small()), x =>
    {
        (BigInteger m, int n) = HighPrecision.Exp(2 * HighPrecision.Fixed(x));
        BigInteger e = n >= 0 ? m << n : m >> -n;
        return (((e - One) << HighPrecision.Bits) / (e + One), 0);
    });

    [Fact]
    public void Sigmoid() => Check(x => Elementary.Sigmoid(x), Arguments(-708, 50).Concat(Arguments(-5, 5)), x =>
    {
        (BigInteger m, int n) = HighPrecision.Exp(HighPrecision.Fixed(x));
        BigInteger e = n >= 0 ? m << n : m >> -n;
        return n < -60 ? ((m << HighPrecision.Bits) / (One + e), n) : ((e << HighPrecision.Bits) / (One + e), 0);
    });

    [Fact]
    public void Sin() => Check(x => Elementary.Sin(x), Arguments(-1e6, 1e6).Concat(Arguments(-10, 10)).Concat(NearMultiples()).Concat([1e7, 1e15, 1e22]).Concat(Small()), x => (HighPrecision.Sin(HighPrecision.Fixed(x)), 0));

    [Fact]
    public void Cos() => Check(x => Elementary.Cos(x), Arguments(-1e6, 1e6).Concat(Arguments(-10, 10)).Concat(NearMultiples()).Concat([1e7, 1e15, 1e22]), x => (HighPrecision.Cos(HighPrecision.Fixed(x)), 0));

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
        Same([inf, 0, 1, 1, nan, inf, 0], Elementary.Exp<double>([inf, -inf, 0, -0.0, nan, 710, -746]));
        Same([inf, -1, 0, -0.0, nan, inf, -1], Elementary.Expm1<double>([inf, -inf, 0, -0.0, nan, 710, -746]));
        Same([inf, nan, -inf, -inf, nan, nan, 0], Elementary.Log<double>([inf, -inf, 0, -0.0, nan, -1, 1]));
        Same([inf, nan, 0, -0.0, nan, -inf, nan], Elementary.Log1p<double>([inf, -inf, 0, -0.0, nan, -1, -2]));
        Same([1, -1, 0, -0.0, nan], Elementary.Tanh<double>([inf, -inf, 0, -0.0, nan]));
        Same([1, 0, 0.5, 0.5, nan], Elementary.Sigmoid<double>([inf, -inf, 0, -0.0, nan]));
        Same([nan, nan, 0, -0.0, nan], Elementary.Sin<double>([inf, -inf, 0, -0.0, nan]));
        Same([nan, nan, 1, 1, nan], Elementary.Cos<double>([inf, -inf, 0, -0.0, nan]));
        Same([1, -1, 0, -0.0, nan], Elementary.Erf<double>([inf, -inf, 0, -0.0, nan]));
        Assert.Equal(double.Epsilon, Elementary.Sigmoid<double>([-744.5])[0]);
        Assert.Equal(Math.Log(double.Epsilon), Elementary.Log<double>([double.Epsilon])[0], 1e-12);
        Assert.Equal(double.Epsilon, Elementary.Sin<double>([double.Epsilon])[0]);
        Assert.Equal(double.Epsilon, Elementary.Tanh<double>([double.Epsilon])[0]);
        Assert.Equal(double.Epsilon, Elementary.Erf<double>([double.Epsilon])[0]);
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

    private static void Same(double[] expected, NDArray<double> actual)
    {
        for (int k = 0; k < expected.Length; k++)
            Assert.True(double.IsNaN(expected[k]) ? double.IsNaN(actual[k]) : BitConverter.DoubleToInt64Bits(expected[k]) == BitConverter.DoubleToInt64Bits(actual[k]), $"entry {k} is {actual[k]:R} and not {expected[k]:R}");
    }

    private static void Check(Func<NDArray<double>, NDArray<double>> function, IEnumerable<double> arguments, Func<double, (BigInteger Mantissa, int Exponent)> reference)
    {
        double[] x = [.. arguments];
        NDArray<double> y = function(NDArray<double>.FromArray(x));
        double worst = 0;
        for (int k = 0; k < x.Length; k++)
        {
            (BigInteger mantissa, int exponent) = reference(x[k]);
            double ulps = HighPrecision.Ulps(y[k], mantissa, exponent);
            worst = Math.Max(worst, ulps);
            Assert.True(ulps < Bound, $"f({x[k]:R}) = {y[k]:R} is wrong by {ulps:F2} units in the last place (seed {Matrices.Seed})");
        }
        TestContext.Current.SendDiagnosticMessage($"worst error {worst:F3} units in the last place over {x.Length} arguments");
    }

    private static IEnumerable<double> Arguments(double from, double to)
    {
        var random = new Random(Matrices.Seed);
        return Enumerable.Range(0, Samples).Select(_ => from + (to - from) * random.NextDouble()).Append(from).Append(to);
    }

    private static IEnumerable<double> Positive()
    {
        var random = new Random(Matrices.Seed);
        return Enumerable.Range(0, Samples).Select(_ => Math.Exp(1400 * random.NextDouble() - 700)).Concat([1, double.MaxValue, 2.3e-308, 1e-310, 1.0000000000000002, 0.9999999999999999]);
    }

    private static IEnumerable<double> Small() => Enumerable.Range(1, 24).SelectMany(k => new[] { 1.1 * Math.Pow(10, -k), -1.7 * Math.Pow(10, -k), 0.7 * Math.Pow(10, -k) });

    private static IEnumerable<double> NearMultiples() => Enumerable.Range(1, 400).SelectMany(k => new[] { k * Math.PI / 2, k * 1571 * Math.PI / 2, k * Math.PI / 4 });
}
