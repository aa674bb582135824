using Nabla.Expressions.Operators;

namespace Nabla.Expressions.Tests.Operators;

public class ScalarsTests
{
    private static void IsClose(double expected, double actual) =>
        Assert.True(Math.Abs(actual - expected) <= 4e-16 * Math.Abs(expected), $"expected {expected:R}, got {actual:R}");

    // The expected values are those of glibc.
    [Theory]
    [InlineData(1e-300, 1.1283791670955126e-300)]
    [InlineData(1e-10, 1.1283791670955126e-10)]
    [InlineData(0.1, 0.1124629160182849)]
    [InlineData(0.5, 0.5204998778130465)]
    [InlineData(-1, -0.8427007929497149)]
    [InlineData(2, 0.9953222650189527)]
    [InlineData(2.9999, 0.9999778955735178)]
    [InlineData(3, 0.9999779095030014)]
    [InlineData(-4, -0.9999999845827421)]
    [InlineData(7, 1)]
    [InlineData(double.NegativeInfinity, -1)]
    public void Erf(double x, double expected) => IsClose(expected, Scalars.Erf(x));

    [Theory]
    [InlineData(1e-300, 1e-300)]
    [InlineData(-1e-10, -1.00000000005e-10)]
    [InlineData(1e-8, 9.99999995e-09)]
    [InlineData(0.1, 0.09531017980432487)]
    [InlineData(-0.5, -0.6931471805599453)]
    [InlineData(1e10, 23.025850930040455)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    public void Log1p(double x, double expected)
    {
        if (double.IsFinite(expected)) IsClose(expected, Scalars.Log1p(x));
        else Assert.Equal(expected, Scalars.Log1p(x));
    }

    [Theory]
    [InlineData(1e-300, 1e-300)]
    [InlineData(-1e-10, -9.9999999995e-11)]
    [InlineData(1e-5, 1.0000050000166668e-05)]
    [InlineData(0.3, 0.3498588075760031)]
    [InlineData(-40, -1)]
    [InlineData(5, 147.4131591025766)]
    [InlineData(800, double.PositiveInfinity)]
    public void Expm1(double x, double expected)
    {
        if (double.IsFinite(expected)) IsClose(expected, Scalars.Expm1(x));
        else Assert.Equal(expected, Scalars.Expm1(x));
    }

    [Theory]
    [InlineData(-800, 0)]
    [InlineData(-40, 4.248354255291589e-18)]
    [InlineData(0, 0.5)]
    [InlineData(40, 1)]
    public void Sigmoid(double x, double expected) => IsClose(expected, Scalars.Sigmoid(x));

    [Theory]
    [InlineData(-40, 4.248354255291589e-18)]
    [InlineData(0, 0.6931471805599453)]
    [InlineData(800, 800)]
    public void Softplus(double x, double expected) => IsClose(expected, Scalars.Softplus(x));

    [Fact]
    public void Norm_neither_overflows_nor_underflows()
    {
        IsClose(5e200, Scalars.Norm([3e200, 4e200]));
        IsClose(5e-200, Scalars.Norm([3e-200, -4e-200]));
        Assert.Equal(0, Scalars.Norm([0, 0]));
        Assert.True(double.IsNaN(Scalars.Norm([1, double.NaN])));
    }
}
