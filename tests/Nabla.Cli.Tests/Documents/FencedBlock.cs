namespace Nabla.Cli.Tests.Documents;

/// <summary>A fenced block of a Markdown file.</summary>
/// <param name="File">The file, within the repository.</param>
/// <param name="Line">The line of the fence, from 1.</param>
/// <param name="Language">The word after the fence.</param>
/// <param name="Text">The lines between the fences.</param>
public sealed record FencedBlock(string File, int Line, string Language, string Text)
{
    /// <summary>The root folder of the repository.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>All blocks of the documents that people read.</summary>
    public static IEnumerable<FencedBlock> All()
    {
        string docs = Path.Combine(Root, "docs");
        string[] files = [Path.Combine(Root, "README.md"), Path.Combine(Root, "CONTRIBUTING.md"), .. Directory.GetFiles(docs, "*.md", SearchOption.AllDirectories)];
        return files.Order(StringComparer.Ordinal).SelectMany(Of);
    }

    private static IEnumerable<FencedBlock> Of(string path)
    {
        string[] lines = System.IO.File.ReadAllLines(path);
        int open = -1;
        for (int i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith("```", StringComparison.Ordinal)) continue;
            if (open >= 0)
            {
                yield return new(Path.GetRelativePath(Root, path), open + 1, lines[open][3..].Trim(), string.Join('\n', lines[(open + 1)..i]));
                open = -1;
            }
            else
            {
                open = i;
            }
        }
        Assert.True(open < 0, $"{path}:{open + 1}: the fence must be closed.");
    }

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !System.IO.File.Exists(Path.Combine(folder, "Nabla.slnx"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("The tests must run within the repository.");
    }

    /// <inheritdoc/>
    public override string ToString() => $"{File}:{Line} ({Language})";
}
