using System.Numerics;
using Nabla.Cli.Terminal;
using Nabla.Expressions.Evaluation;
using Nabla.Numerics;

namespace Nabla.Cli.Tests.Terminal;

public class ValueTextTests
{
    [Fact]
    public void KindsAreToldApart()
    {
        Assert.Equal("0.3333333333333333", ValueText.Of(Value.Scalar(1 / 3.0)));
        Assert.Equal("[1, 0.333333]'", ValueText.Of(Value.Column(1, 1 / 3.0)));
        Assert.Equal("[1, 1e-20]", ValueText.Of(Value.Row(1, 1e-20)));
        Assert.Equal("  1  -20\n  3    4", ValueText.Of(Value.Matrix(2, 2, [1, -20, 3, 4])));
        Assert.Equal("1-2i", ValueText.Of(Value.Scalar(new Complex(1, -2))));
        Assert.Equal("[NaN, Infinity]", ValueText.Of(Value.Row(double.NaN, double.PositiveInfinity)));
    }

    [Fact]
    public void TensorsAreShownSliceBySlice() =>
        Assert.Equal("[1, :, :]\n  1  2\n[2, :, :]\n  3  4", ValueText.Of(NDArray<double>.FromArray([1, 2, 3, 4], 2, 1, 2)));

    [Fact]
    public void LargeArraysShowTheirCorners()
    {
        string[] lines = ValueText.Of(Value.Matrix(100, 100, new double[10_000])).Split('\n');
        Assert.Equal(7, lines.Length);
        Assert.Equal("  0  0  0  …  0  0  0", lines[0]);
        Assert.Equal("[0, 0, 0, …, 0, 0, 0]'", ValueText.Of(Value.Column(new double[5000])));
    }
}
