using Nabla.Expressions.Notation;

namespace Nabla.Cli.Tests.Files;

public class JsonReaderTests
{
    [Fact]
    public void ArraysAreNestedRowByRow()
    {
        Contents.AssertIs(Contents.Parse("c.json", " 2.5 "), [], 2.5);
        Contents.AssertIs(Contents.Parse("x.json", "[1, 2]"), [2], 1, 2);
        Contents.AssertIs(Contents.Parse("A.json", "\uFEFF[[1, 2, 3],\n [4, 5, 6]]\n"), [2, 3], 1, 2, 3, 4, 5, 6);
        Contents.AssertIs(Contents.Parse("T.json", "[[[1], [2]]]"), [1, 2, 1], 1, 2);
        Contents.AssertIs(Contents.Parse("x.json", "[\"NaN\", \"Infinity\", \"-Infinity\"]"), [3], double.NaN, double.PositiveInfinity, double.NegativeInfinity);
    }

    [Theory]
    [InlineData("", "line 1")]
    [InlineData("[1, 2", "line 1, byte 6")]
    [InlineData("[1]\n[2]", "line 2")]
    [InlineData("{\"a\": 1}", "an object")]
    [InlineData("[[1, 2], [3]]", "entry [2]", "2 entries are followed by 1")]
    [InlineData("[[1, 2], 3]", "entry [2]")]
    [InlineData("[1, [2]]", "entry [2]")]
    [InlineData("[]", "empty")]
    [InlineData("[[], []]", "entry [1]", "empty")]
    [InlineData("[1, null]", "entry [2]", "null")]
    [InlineData("[1, \"two\"]", "'two'")]
    [InlineData("[1e999]", "'1e999'", "beyond")]
    [InlineData("NaN", "line 1")]
    public void FaultsAreNamedWithTheirPlace(string text, params string[] mentions)
    {
        var error = Contents.Refused("data.json", text);
        Assert.Equal(ErrorCode.Request, error.Code);
        Assert.Contains("data.json", error.Message);
        Assert.All(mentions, mention => Assert.Contains(mention, error.Message));
    }

    [Fact]
    public void DeepNestingIsRefused() =>
        Assert.Equal(ErrorCode.Request, Contents.Refused("A.json", new string('[', 100_000) + new string(']', 100_000)).Code);
}
