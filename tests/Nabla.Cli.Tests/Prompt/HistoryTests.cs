using Nabla.Cli.Prompt;

namespace Nabla.Cli.Tests.Prompt;

public class HistoryTests
{
    [Fact]
    public void LinesAreKeptBetweenSessions()
    {
        string folder = Directory.CreateTempSubdirectory("nabla").FullName;
        string path = Path.Combine(folder, "deeper", "history");
        var first = History.Load(path);
        foreach (string line in new[] { "a", "", "b", "b", " ", "a" }) first.Add(line);
        Assert.Equal(["a", "b", "a"], first.Lines);
        Assert.Equal(["a", "b", "a"], History.Load(path).Lines);
        Directory.Delete(folder, true);
    }

    [Fact]
    public void AtMostAThousandLinesAreKept()
    {
        string folder = Directory.CreateTempSubdirectory("nabla").FullName;
        string path = Path.Combine(folder, "history");
        var history = History.Load(path);
        for (int k = 0; k < 1200; k++) history.Add($"{k}");
        Assert.Equal(1000, History.Load(path).Lines.Count);
        Assert.Equal("1199", History.Load(path).Lines[^1]);
        Directory.Delete(folder, true);
    }

    [Fact]
    public void APathThatCannotBeWrittenIsNoError()
    {
        var history = History.Load(Path.Combine(Path.GetTempPath(), "\0", "history"));
        Assert.Empty(history.Lines);
        var none = History.Load(null);
        none.Add("a");
        Assert.Equal(["a"], none.Lines);
    }
}
