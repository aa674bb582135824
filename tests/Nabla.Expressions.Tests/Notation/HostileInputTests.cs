using System.Diagnostics;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;
using Writer = Nabla.Expressions.Writing.NotationWriter;

namespace Nabla.Expressions.Tests.Notation;

/// <summary>Input that is long or deep: it is read in linear time or refused, and never ends the process.</summary>
public class HostileInputTests
{
    public static TheoryData<string, string, string, int> Refused => new()
    {
        { "(", "x", ")", 100_000 }, { "(", "", "", 100_000 }, { "[", "1", "]", 100_000 }, { "sin(", "x", ")", 100_000 }, { "x^", "x", "", 100_000 },
        { "", "x", "'", 100_000 }, { "", "x", "[1]", 100_000 }, { "-(", "x", ")", 100_000 }, { "", "x", "'^2", 100_000 }, { "x[", "1", "]", 100_000 },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void TooDeepIsALimit(string before, string middle, string after, int count)
    {
        string text = string.Concat(Enumerable.Repeat(before, count)) + middle + string.Concat(Enumerable.Repeat(after, count));
        Assert.Equal(ErrorCode.Limit, Assert.Throws<NablaException>(() => Parser.Parse(text)).Code);
    }

    public static TheoryData<string, string, string, int> Read => new()
    {
        { "(", "x", ")", 10_000 }, { "sin(", "x", ")", 10_000 }, { "", "x", "'", 10_000 }, { "[", "1", "]", 10_000 }, { "2^", "x", "", 10_000 },
        { "-", "x", "", 900_000 }, { "c+", "c", "", 240_000 }, { "c*", "c", "", 490_000 }, { "-(a + ", "x", ")", 10_000 }, { "", "x", ";", 900_000 },
        { "# ", "\nx", "", 400_000 }, { "a", "x", "", 900_000 }, { "1", "1", "", 300 }, { "0", "1", "", 900_000 }, { "x in R\n", "x", "", 100_000 },
        { "", "[1", " 2", 300_000 }, { "y[1,:]*", "x", "", 100_000 },
    };

    // Quadratic time would be many minutes here: the bound tells it from linear time on any machine, and says nothing of speed.
    private static readonly TimeSpan s_belowQuadratic = TimeSpan.FromMinutes(1);

    [Theory]
    [MemberData(nameof(Read))]
    public void LongIsReadAndWrittenInLinearTime(string before, string middle, string after, int count)
    {
        string text = string.Concat(Enumerable.Repeat(before, count)) + middle + string.Concat(Enumerable.Repeat(after, count));
        if (middle == "[1") text += "]";
        var clock = Stopwatch.StartNew();
        var program = Parser.Parse(text);
        string written = Writer.Write(program);
        Assert.True(clock.Elapsed < s_belowQuadratic, $"{clock.Elapsed}");
        Assert.True(SyntaxComparer.AreEqual(program, Parser.Parse(written)));
    }

    [Fact]
    public void BeyondAMillionCharactersIsALimit() =>
        Assert.Equal(ErrorCode.Limit, Assert.Throws<NablaException>(() => Parser.Parse(new string(' ', Limits.InputCharacters + 1))).Code);

    [Fact]
    public void RandomCharactersNeverEndInAnythingButAnAnswer()
    {
        string[] pieces = ["x", "A", "1", ".5", "(", ")", "[", "]", "{", "}", "+", "-", "*", ".*", "/", "\\", "^", "'", ";", "\n", ",", ":", "=", " ", "in", " in ", "R^", "sum[i]", "sin", "#", "é", "\ud835", "\udc00", "\0", "×", "∈", "⊗", "symmetric"];
        int seed = Environment.TickCount;
        var random = new Random(seed);
        for (int i = 0; i < 5_000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(1, 20)).Select(_ => pieces[random.Next(pieces.Length)]));
            try
            {
                var program = Parser.Parse(text);
                Assert.True(SyntaxComparer.AreEqual(program, Parser.Parse(Writer.Write(program))), $"seed {seed}: {text}");
            }
            catch (NablaException e)
            {
                Assert.True(e.Place is { Line: >= 1, Column: >= 1 } && e.Code != ErrorCode.Internal, $"seed {seed}: {text}");
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"seed {seed}: {text}: {e}");
            }
        }
    }
}
