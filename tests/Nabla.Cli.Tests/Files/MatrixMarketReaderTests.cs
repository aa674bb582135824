using Nabla.Expressions.Notation;

namespace Nabla.Cli.Tests.Files;

public class MatrixMarketReaderTests
{
    [Fact]
    public void AnArrayIsReadByColumns() =>
        Contents.AssertIs(Contents.Parse("A.mtx", "%%MatrixMarket matrix array real general\n% a comment\n2 3\n1\n2\n3\n4\n5\n6\n"), [2, 3], 1, 3, 5, 2, 4, 6);

    [Fact]
    public void CoordinatesCountFromOneAndAddUp() =>
        Contents.AssertIs(Contents.Parse("A.mtx", "%%MatrixMarket matrix coordinate real general\r\n2 2 3\r\n1 2 1.5\r\n1 2 2\r\n2 1 -1e-3\r\n"), [2, 2], 0, 3.5, -0.001, 0);

    [Fact]
    public void SymmetricFilesHoldTheLowerTriangle()
    {
        Contents.AssertIs(Contents.Parse("A.mtx", "%%MatrixMarket matrix coordinate integer symmetric\n2 2 2\n1 1 1\n2 1 7\n"), [2, 2], 1, 7, 7, 0);
        Contents.AssertIs(Contents.Parse("A.mtx", "%%MatrixMarket matrix array real symmetric\n2 2\n1\n2\n3\n"), [2, 2], 1, 2, 2, 3);
    }

    [Fact]
    public void SkewSymmetricFilesHoldNoDiagonal()
    {
        Contents.AssertIs(Contents.Parse("A.mtx", "%%MatrixMarket matrix coordinate real skew-symmetric\n2 2 1\n2 1 7\n"), [2, 2], 0, -7, 7, 0);
        Contents.AssertIs(Contents.Parse("A.mtx", "%%MatrixMarket matrix array real skew-symmetric\n2 2\n7\n"), [2, 2], 0, -7, 7, 0);
    }

    [Fact]
    public void PatternsAreOnes() =>
        Contents.AssertIs(Contents.Parse("A.mtx", "%%matrixmarket MATRIX Coordinate Pattern General\n\n2 2 2\n1 1\n\n2 2"), [2, 2], 1, 0, 0, 1);

    [Fact]
    public void OneColumnIsAVector() => Contents.AssertIs(Contents.Parse("x.mtx", "%%MatrixMarket matrix array real general\n2 1\n1\n2\n"), [2], 1, 2);

    [Theory]
    [InlineData("", "first line")]
    [InlineData("%%MatrixMarket matrix array complex general\n1 1\n1 2\n", "line 1", "'complex'")]
    [InlineData("%%MatrixMarket matrix array real hermitian\n1 1\n1\n", "line 1", "'hermitian'")]
    [InlineData("%%MatrixMarket matrix array pattern general\n1 1\n", "'pattern'")]
    [InlineData("%%MatrixMarket matrix array real general\n2 2\n1\n2\n3\n", "line 6", "missing")]
    [InlineData("%%MatrixMarket matrix array real general\n1 2\n1\n2\n3\n", "line 5", "no entries may follow")]
    [InlineData("%%MatrixMarket matrix array real general\n1 2\n1\nx\n", "line 4", "'x' is not a number")]
    [InlineData("%%MatrixMarket matrix array integer general\n1 1\n1.5\n", "line 3", "'1.5' is not an integer")]
    [InlineData("%%MatrixMarket matrix array real symmetric\n1 2\n1\n2\n", "1 x 2")]
    [InlineData("%%MatrixMarket matrix array real general\n0 2\n", "rows", "'0'")]
    [InlineData("%%MatrixMarket matrix coordinate real general\n2 2 3\n1 1 1\n", "claims 3", "after 1")]
    [InlineData("%%MatrixMarket matrix coordinate real general\n2 2 1\n3 1 1\n", "line 3", "row", "from 1 to 2", "'3'")]
    [InlineData("%%MatrixMarket matrix coordinate real symmetric\n2 2 1\n1 2 1\n", "row 1, column 2")]
    [InlineData("%%MatrixMarket matrix coordinate real skew-symmetric\n2 2 1\n1 1 1\n", "diagonal")]
    [InlineData("%%MatrixMarket matrix coordinate real general\n2 2 99999999999999999999\n", "'99999999999999999999'")]
    [InlineData("%%MatrixMarket matrix array real general\n2 2 2\n", "line 2", "'2' follows")]
    public void FaultsAreNamedWithTheirLine(string text, params string[] mentions)
    {
        var error = Contents.Refused("data.mtx", text);
        Assert.Equal(ErrorCode.Request, error.Code);
        Assert.Contains("data.mtx", error.Message);
        Assert.All(mentions, mention => Assert.Contains(mention, error.Message));
    }

    [Fact]
    public void SizesAreCheckedBeforeMemoryIsTaken() =>
        Assert.Equal(ErrorCode.Limit, Contents.Refused("A.mtx", "%%MatrixMarket matrix coordinate real general\n1000000 1000000 0\n").Code);
}
