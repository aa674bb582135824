using System.Text;

namespace Nabla.Cli.Prompt;

/// <summary>The lines that were entered, kept in a file between sessions.</summary>
internal sealed class History
{
    private const int MostLines = 1000;

    private readonly string? _path;
    private readonly List<string> _lines = [];

    private History(string? path) => _path = path;

    /// <summary>The lines, oldest first.</summary>
    public IReadOnlyList<string> Lines => _lines;

    /// <summary>The history in the user's folder of configurations.</summary>
    public static History OfUser()
    {
        string folder = Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return Load(folder.Length == 0 ? null : Path.Combine(folder, "nabla", "history"));
    }

    /// <summary>The history in a file; one that cannot be read is empty, and without a path nothing is kept.</summary>
    public static History Load(string? path)
    {
        var history = new History(path);
        try
        {
            if (path is not null && File.Exists(path)) history._lines.AddRange(File.ReadLines(path).Where(l => l.Length > 0).TakeLast(MostLines));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
        return history;
    }

    /// <summary>Adds a line, unless it is empty or the last one again. A file that cannot be written is left as it is.</summary>
    public void Add(string line)
    {
        if (string.IsNullOrWhiteSpace(line) || (_lines.Count > 0 && _lines[^1] == line)) return;
        _lines.Add(line);
        if (_path is null) return;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            if (_lines.Count > MostLines)
            {
                _lines.RemoveRange(0, _lines.Count - MostLines);
                File.WriteAllLines(_path, _lines);
            }
            else
            {
                File.AppendAllText(_path, line + "\n", new UTF8Encoding(false));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }
}
