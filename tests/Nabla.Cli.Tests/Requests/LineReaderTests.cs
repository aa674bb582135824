using System.Text;
using Nabla.Cli.Requests;
using Nabla.Expressions.Requests;

namespace Nabla.Cli.Tests.Requests;

public class LineReaderTests
{
    private static List<string> Lines(Stream input, int mostBytes = 1 << 20)
    {
        var lines = new List<string>();
        var reader = new LineReader(input, mostBytes);
        while (reader.TryRead(out var line, out bool isTooLong)) lines.Add(isTooLong ? "too long" : Encoding.UTF8.GetString(line.Span));
        return lines;
    }

    private static MemoryStream Bytes(string text) => new(Encoding.UTF8.GetBytes(text));

    [Theory]
    [InlineData("", new string[0])]
    [InlineData("a", new[] { "a" })]
    [InlineData("a\n", new[] { "a" })]
    [InlineData("\uFEFFa\r\n\nb", new[] { "a\r", "", "b" })]
    public void LinesEndAtNewlines(string text, string[] expected) => Assert.Equal(expected, Lines(Bytes(text)));

    [Fact]
    public void LinesMayComeInPieces() => Assert.Equal(["abc", "de", "f"], Lines(new TrickleStream("abc\nde\nf"u8.ToArray())));

    [Fact]
    public void LongLinesGrowTheBuffer()
    {
        string[] lines = [.. Enumerable.Range(0, 20).Select(k => new string((char)('a' + k), 30_000 * k))];
        Assert.Equal(lines, Lines(Bytes(string.Join('\n', lines) + "\n")));
    }

    [Fact]
    public void WhatIsBeyondTheBoundIsSkipped() =>
        Assert.Equal(["a", "too long", "b", "too long"], Lines(Bytes($"a\n{new string('x', 300_000)}\nb\n{new string('y', 200_000)}"), 100_000));

    [Fact]
    public void AfterDetachingTheOldLineStaysAsItIs()
    {
        var reader = new LineReader(Bytes("one\ntwo\nthree\n"), 100);
        Assert.True(reader.TryRead(out var one, out _));
        reader.Detach();
        Assert.True(reader.TryRead(out var two, out _));
        Assert.True(reader.TryRead(out var three, out _));
        Assert.Equal(["one", "two", "three"], new[] { one, two, three }.Select(l => Encoding.UTF8.GetString(l.Span)));
    }
}
