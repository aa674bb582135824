using Nabla.Cli.Prompt;
using Nabla.Cli.Terminal;
using Nabla.Cli.Tests.Commands;
using Nabla.Expressions.Requests;

namespace Nabla.Cli.Tests.Prompt;

public sealed class SessionTests : IDisposable
{
    private readonly StringWriter _answers = new();
    private readonly StringWriter _errors = new();
    private readonly Session _session;

    public SessionTests() => _session = new(Engine.Library, new StyledWriter(_answers, false), new StyledWriter(_errors, false));

    public void Dispose()
    {
        _answers.Dispose();
        _errors.Dispose();
    }

    private (string Answer, string Error) Take(string line)
    {
        _answers.GetStringBuilder().Clear();
        _errors.GetStringBuilder().Clear();
        Assert.True(_session.Take(line, TestContext.Current.CancellationToken));
        return (_answers.ToString(), _errors.ToString());
    }

    [Fact]
    public void ExpressionsHaveValues()
    {
        Assert.Equal(("3\n", ""), Take("1 + 2"));
        Assert.Equal(("", ""), Take("x = [1, 2]'"));
        Assert.Equal(("5\n", ""), Take("x'*x"));
        Assert.Equal(("10\n", ""), Take("y = 2*x; x'*y"));
    }

    [Fact]
    public void DefinitionsAreSeenThroughByDerivatives()
    {
        Take("A in R^(m x n); x in R^n; b in R^m");
        Assert.Equal(("", ""), Take("z = A*x + b"));
        Assert.Equal(("", ""), Take("s = sin(z)"));
        string report = Take("diff s by x").Answer;
        Assert.Contains("df/dx = ", report);
        Assert.Contains("m x n", report);
        Assert.Contains("proved", report);
        Assert.DoesNotContain("assumed", report);
    }

    [Fact]
    public void ValuesGivenAreDifferentiatedBy()
    {
        Take("x = [1, 2]'");
        string report = Take("diff x'*x").Answer;
        Assert.Contains("f = 5\n", report);
        Assert.Contains("df/dx = [2, 4]\n", report);
        Assert.Contains("d2f/dx2", Take("diff x'*x by x order 2").Answer);
    }

    [Fact]
    public void ALaterBindingTakesThePlaceOfAnEarlierOne()
    {
        Take("c = 1; d = c + 1");
        Assert.Equal("2\n", Take("d").Answer);
        Take("c = 5");
        Assert.Equal("6\n", Take("d").Answer);
        Assert.Equal("", Take("d = 7").Answer);
        Assert.Equal("7\n", Take("d").Answer);
    }

    [Fact]
    public void SeveralOutputsAreKept()
    {
        Take("A = [2 0; 0 3]; Q, R = qr(A)");
        Assert.Equal("0\n", Take("norm2(Q*R - A)").Answer);
    }

    [Fact]
    public void ErrorsEndNothing()
    {
        Assert.Equal("program:1:5: ", Take("x + * 3").Error[..13]);
        Assert.True(_session.HasFailed);
        Assert.NotEmpty(Take("x in R^(n").Error);
        Assert.NotEmpty(Take("y in R^n nice").Error);
        Assert.NotEmpty(Take("f = frobnicate(x)").Error);
        Assert.NotEmpty(Take("c = c + 1").Error);
        Assert.Equal("Nothing is declared, defined or given.\n", Take("vars").Answer);
        Assert.Equal("3\n", Take("1 + 2").Answer);
    }

    [Fact]
    public void ErrorsBehindDefinitionsPointIntoTheLine()
    {
        Take("z = 2*x");
        Assert.StartsWith("program:1:5: ", Take("z + * 3").Error);
    }

    [Fact]
    public void NamesAreShownAndForgotten()
    {
        Take("A in R^(m x n); c = 3; z = 2*y");
        Assert.Equal("A in R^(m x n)\nz = 2*y\nc = 3\n", Take("vars").Answer);
        Take("clear A");
        Assert.Equal("z = 2*y\nc = 3\n", Take("vars").Answer);
        Take("clear");
        Assert.Equal("Nothing is declared, defined or given.\n", Take("vars").Answer);
    }

    [Fact]
    public void HelpNamesTheCommands() => Assert.All(new[] { "diff", "vars", "clear", "quit" }, word => Assert.Contains(word, Take("help").Answer));

    [Theory]
    [InlineData("quit")]
    [InlineData("exit")]
    [InlineData("1 + 1; quit")]
    public void QuitEnds(string line) => Assert.False(_session.Take(line, TestContext.Current.CancellationToken));

    [Fact]
    public void WithoutATerminalTheLinesAreAScript()
    {
        var good = Tool.Run(Engine.Library, [], "x = [1, 2]'\nx'*x\n\nquit\nnever");
        Assert.Equal((0, "5\n", ""), (good.Status, good.Output, good.Error));
        var bad = Tool.Run(Engine.Library, [], "x + * 3\n1 + 1\n");
        Assert.Equal((1, "2\n"), (bad.Status, bad.Output));
    }

    [Fact]
    public void AComputationCanBeInterrupted()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Take("A in R^(m x n)");
        Assert.True(_session.Take("diff tr(A*A') by A", cancelled.Token));
        Assert.Contains("cancelled", _errors.ToString());
    }
}
