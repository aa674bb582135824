using Nabla.Expressions.Notation;

namespace Nabla.Cli.Tests.Files;

public class DelimitedReaderTests
{
    [Theory]
    [InlineData("1,2\n3,4\n")]
    [InlineData("1,2\r\n3,4")]
    [InlineData("\uFEFF1, 2\n\n3 ,4\n\n")]
    [InlineData("a,b\n1,2\n3,4\n")]
    [InlineData("# from a table\n1e0,\"2\"\n+3.0,4")]
    [InlineData("1;2\n3;4")]
    public void ATableIsAMatrix(string text) => Contents.AssertIs(Contents.Parse("A.csv", text), [2, 2], 1, 2, 3, 4);

    [Fact]
    public void TabsSeparateTsv() => Contents.AssertIs(Contents.Parse("A.tsv", "1\t2\n3\t4\n"), [2, 2], 1, 2, 3, 4);

    [Fact]
    public void OneRowOrColumnIsAVector()
    {
        Contents.AssertIs(Contents.Parse("x.csv", "1,2,3"), [3], 1, 2, 3);
        Contents.AssertIs(Contents.Parse("x.csv", "1\n2\n3\n"), [3], 1, 2, 3);
    }

    [Fact]
    public void OneNumberIsAScalar() => Contents.AssertIs(Contents.Parse("c.csv", "2.5\n"), [], 2.5);

    [Fact]
    public void NonFiniteNumbersAreRead() =>
        Contents.AssertIs(Contents.Parse("x.csv", "nan,inf,-Infinity"), [3], double.NaN, double.PositiveInfinity, double.NegativeInfinity);

    [Theory]
    [InlineData("1,2\n3\n", "line 2", "2 entries", "has 1")]
    [InlineData("1,2\n3,x\n", "line 2", "column 2", "'x' is not a number")]
    [InlineData("1,2\n3,\n", "line 2", "column 2", "a number is missing")]
    [InlineData("1,a\n3,4\n", "line 1", "column 2", "'a' is not a number")]
    [InlineData("1e400", "line 1", "'1e400' is beyond the range of a double")]
    [InlineData("", "has none")]
    [InlineData("a,b\n", "has none")]
    [InlineData("a,b\nc,d\n", "line 2", "'c' is not a number")]
    [InlineData("1,\"2", "line 1")]
    public void FaultsAreNamedWithTheirPlace(string text, params string[] mentions)
    {
        var error = Contents.Refused("data.csv", text);
        Assert.Equal(ErrorCode.Request, error.Code);
        Assert.Contains("data.csv", error.Message);
        Assert.All(mentions, mention => Assert.Contains(mention, error.Message));
    }
}
