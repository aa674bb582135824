using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Nabla.Cli.Tests.Commands;

namespace Nabla.Cli.Tests.Documents;

/// <summary>What the documents show is what happens.</summary>
/// <remarks>
/// A <c>console</c> block is run line by line by a shell: what follows a line <c>$ command</c> is its output, where <c>…</c> stands for anything.
/// A <c>csharp</c> block is part of a sample, which CI builds and runs. A <c>nabla</c> block is a program that has a derivative or a value.
/// A <c>json</c> block is requests, one a line, that are answered. A <c>text</c> block is not code.
/// </remarks>
public partial class DocumentTests
{
    private static readonly string[] s_languages = ["console", "csharp", "nabla", "json", "text"];

    public static TheoryData<string> Blocks(string language) => [.. FencedBlock.All().Where(b => b.Language == language).Select(b => $"{b.File}:{b.Line}")];

    private static FencedBlock Find(string place) => FencedBlock.All().Single(b => $"{b.File}:{b.Line}" == place);

    [Fact]
    public void EveryBlockNamesItsLanguage() => Assert.All(FencedBlock.All(), block => Assert.Contains(block.Language, s_languages));

    [Fact]
    public void TheReadmeShowsTheToolAndTheLibrary() =>
        Assert.Subset(FencedBlock.All().Where(b => b.File == "README.md").Select(b => b.Language).ToHashSet(), new HashSet<string> { "console", "csharp" });

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Blocks), "console", DisableDiscoveryEnumeration = true)]
    public async Task ConsoleBlocksGiveWhatTheyShow(string place)
    {
        var block = Find(place);
        foreach (var (command, expected) in Commands(block.Text))
        {
            // This very test is a part of it.
            if (command is "dotnet test") continue;
            string output = await RunAsync(Local(command));
            Assert.True(Matches(expected, output), $"{place}: $ {command}\nshows\n{expected}\nbut gives\n{output}");
        }
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Blocks), "csharp", DisableDiscoveryEnumeration = true)]
    public void CSharpBlocksArePartOfASample(string place)
    {
        var block = Find(place);
        string[] samples = [.. Directory.GetFiles(Path.Combine(FencedBlock.Root, "samples"), "*.cs").Select(File.ReadAllText)];
        Assert.True(samples.Any(s => s.ReplaceLineEndings("\n").Contains(block.Text, StringComparison.Ordinal)), $"{place}: the block must stand in a sample, line by line.");
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Blocks), "nabla", DisableDiscoveryEnumeration = true)]
    public void ProgramsAreUnderstood(string place)
    {
        string program = Find(place).Text;
        var value = Tool.Run("eval", program);
        Assert.True(value.Status == 0 || value.Error.Contains("(request)", StringComparison.Ordinal), $"{place}: {value.Error}");
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Blocks), "json", DisableDiscoveryEnumeration = true)]
    public void RequestsAreAnswered(string place)
    {
        var result = Tool.Run(Expressions.Requests.Engine.Library, ["batch", "-"], Find(place).Text);
        Assert.All(result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.True(JsonDocument.Parse(line).RootElement.GetProperty("ok").GetBoolean(), $"{place}: {line}"));
    }

    private static IEnumerable<(string Command, string Output)> Commands(string text)
    {
        string[] pieces = Commandline().Split("\n" + text);
        Assert.True(pieces.Length > 1 && pieces[0].Length == 0, "A console block must begin with '$ '.");
        foreach (string piece in pieces.Skip(1))
        {
            string[] lines = piece.Split('\n');
            int end = Array.FindIndex(lines, line => !line.EndsWith('\\'));
            yield return (string.Join('\n', lines[..(end + 1)]), string.Join('\n', lines[(end + 1)..]));
        }
    }

    // Built already: running from the sources is the built tool, here.
    private static string Local(string command) => command.Replace("dotnet run -c Release --project src/Nabla.Cli --", "nabla", StringComparison.Ordinal);

    private static async Task<string> RunAsync(string command)
    {
        string built = Path.Combine(AppContext.BaseDirectory, "nabla.dll");
        string script = $"nabla() {{ dotnet exec '{built}' \"$@\"; }}\n{command}";
        var start = new ProcessStartInfo("bash", ["-c", script])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = Path.Combine(FencedBlock.Root, "samples"),
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return output + await error;
    }

    private static bool Matches(string expected, string output) =>
        Regex.IsMatch(output.Trim().ReplaceLineEndings("\n"), "^" + Regex.Escape(expected.Trim()).Replace("…", ".*", StringComparison.Ordinal) + "$", RegexOptions.Singleline);

    [GeneratedRegex(@"\n\$ ")]
    private static partial Regex Commandline();
}
