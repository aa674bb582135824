using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Tests.Notation;

/// <summary>Dimensions are polynomials in canonical form.</summary>
public class DimensionTests
{
    private static readonly Dimension m = Dimension.Named("m"), n = Dimension.Named("n");

    [Fact]
    public void EqualPolynomialsAreEqual()
    {
        Assert.Equal(m + n, n + m);
        Assert.Equal(m * n, n * m);
        Assert.Equal((m + n) * m, m * m + m * n);
        Assert.Equal(m, m + n - n);
        Assert.Equal("m", (m + n - n).Name);
        Assert.Equal(5, (m + Dimension.Of(5) - m).Size);
        Assert.Equal(Dimension.Of(100), Dimension.Of(10) * Dimension.Of(10));
        Assert.Equal((m + n).GetHashCode(), (n + m).GetHashCode());
        Assert.NotEqual(m, n);
        Assert.NotEqual(m * n, m + n);
        Assert.NotEqual(Dimension.Of(0), Dimension.Named(""));
        Assert.Equal("2*m*n + 1 - m", (m * n + m * n - m + Dimension.One).ToString());
    }

    [Fact]
    public void NamesAreReplaced()
    {
        Assert.Equal(13, (m * n + Dimension.One).Substitute(name => Dimension.Of(name == "m" ? 3 : 4)).Size);
        Assert.Equal(13, (m * n + Dimension.One).Evaluate(new Dictionary<string, long> { ["m"] = 3, ["n"] = 4 }));
        Assert.Same(m, m.Substitute(_ => null));
        Assert.Equal(["m", "n"], (m * n + m).Names.Order());
        Assert.Equal(2, (m + m + n).CoefficientOf("m"));
    }

    [Fact]
    public void TowersEndAtALimit()
    {
        var power = m;
        Assert.Equal(ErrorCode.Limit, Assert.Throws<NablaException>(() => { for (int i = 0; i < 100; i++) power *= m; }).Code);
        Assert.Throws<OverflowException>(() => Dimension.Of(long.MaxValue) * Dimension.Of(2));
    }
}
