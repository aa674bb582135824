using Nabla.Expressions.Requests;

namespace Nabla.Cli.Tests.Commands;

/// <summary>What is wrong with a command line ends with status 2, says what, and writes nothing to standard output.</summary>
public class UsageTests
{
    [Theory]
    [InlineData(new[] { "diff" }, "EXPRESSION")]
    [InlineData(new[] { "frobnicate" }, "frobnicate")]
    [InlineData(new[] { "diff", "x", "y" }, "'y'")]
    [InlineData(new[] { "diff", "x", "--worder", "2" }, "--worder")]
    [InlineData(new[] { "diff", "--wtr=x", "x" }, "--wtr=x")]
    [InlineData(new[] { "diff", "x", "--order", "two" }, "two")]
    [InlineData(new[] { "diff", "x", "--order", "0" }, "from 1", "0")]
    [InlineData(new[] { "diff", "x", "--order" }, "--order")]
    [InlineData(new[] { "diff", "x", "--layout", "sideways" }, "sideways", "mixed")]
    [InlineData(new[] { "diff", "x", "--format", "pdf" }, "pdf", "latex")]
    [InlineData(new[] { "diff", "x", "--at", "x" }, "NAME=", "'x'")]
    [InlineData(new[] { "diff", "x", "--at", "=1" }, "NAME=", "'=1'")]
    [InlineData(new[] { "diff", "x", "--at", "x=" }, "NAME=", "'x='")]
    [InlineData(new[] { "diff", "x", "--at", "x=1", "--at", "x=2" }, "'x'", "two")]
    [InlineData(new[] { "eval", "x", "--format", "latex" }, "latex", "csv")]
    [InlineData(new[] { "eval", "x", "--wrt", "x" }, "--wrt")]
    [InlineData(new[] { "batch", "--timeout", "0" }, "--timeout", "0")]
    [InlineData(new[] { "batch", "--timeout", "-1" }, "--timeout", "-1")]
    [InlineData(new[] { "batch", "--timeout", "NaN" }, "--timeout", "NaN")]
    [InlineData(new[] { "batch", "--timeout", "soon" }, "soon")]
    [InlineData(new[] { "batch", "a", "b" }, "'b'")]
    [InlineData(new[] { "info", "x" }, "'x'")]
    public void WrongUsageIsToldWithStatusTwo(string[] arguments, params string[] mentions)
    {
        var result = Tool.Run(arguments);
        Assert.Equal(2, result.Status);
        Assert.Empty(result.Output);
        Assert.All(mentions, mention => Assert.Contains(mention, result.Error));
    }

    [Fact]
    public void NpyIsNotWrittenToATerminal()
    {
        var result = Tool.Run(Engine.Library, ["eval", "1", "--format", "npy"], onTerminal: true);
        Assert.Equal(2, result.Status);
        Assert.Contains("--out", result.Error);
    }

    [Fact]
    public void HelpHasExamples()
    {
        foreach (string[] arguments in new[] { new[] { "--help" }, ["-h"] })
        {
            var result = Tool.Run(arguments);
            Assert.Equal(0, result.Status);
            Assert.Contains("nabla diff \"sin(A*x + b)\" --wrt x", result.Output);
            Assert.Empty(result.Error);
        }
        string diff = Tool.Run("diff", "--help").Output;
        foreach (string option in new[] { "--wrt", "--order", "--declare", "--at", "--layout", "--format", "--steps", "--no-check", "--out" }) Assert.Contains(option, diff);
        Assert.Contains("--timeout", Tool.Run("batch", "--help").Output);
    }

    [Fact]
    public void TheVersionIsOneLine() => Assert.Matches(@"^nabla \d+\.\d+\.\d+\n$", Tool.Run("--version").Output);

    [Fact]
    public void InfoNamesTheLimits()
    {
        var result = Tool.Run("info");
        Assert.Equal(0, result.Status);
        foreach (string limit in new[] { "1000000", "50000000", "kernels", "order of a tensor", "bits of an exact number", "seconds" }) Assert.Contains(limit, result.Output);
    }
}
