using System.Text;

namespace Nabla.Cli.Prompt;

/// <summary>Reads lines from a terminal, with editing and history.</summary>
/// <param name="output">The terminal's output.</param>
/// <param name="history">The lines entered before.</param>
internal sealed class LineEditor(TextWriter output, History history)
{
    /// <summary>Reads a line; null when there are no more.</summary>
    /// <param name="prompt">What stands before the line.</param>
    public string? ReadLine(string prompt)
    {
        bool controlCWasInput = Console.TreatControlCAsInput;
        Console.TreatControlCAsInput = true;
        try
        {
            return Edit(prompt);
        }
        finally
        {
            Console.TreatControlCAsInput = controlCWasInput;
        }
    }

    private string? Edit(string prompt)
    {
        var line = new EditBuffer(history.Lines);
        Draw(prompt, line);
        while (true)
        {
            var outcome = line.Press(Console.ReadKey(intercept: true));
            if (outcome == EditOutcome.Cleared) output.Write("\e[H\e[2J");
            if (outcome == EditOutcome.Abandoned) output.Write("^C");
            if (outcome is EditOutcome.Editing or EditOutcome.Cleared)
            {
                if (!Console.KeyAvailable) Draw(prompt, line);
                continue;
            }
            if (outcome != EditOutcome.Abandoned) Draw(prompt, line);
            output.Write("\r\n");
            output.Flush();
            if (outcome == EditOutcome.Ended) return null;
            if (outcome == EditOutcome.Abandoned) return "";
            history.Add(line.Text);
            return line.Text;
        }
    }

    private void Draw(string prompt, EditBuffer line)
    {
        var (shown, column) = View(line.Text, line.Cursor, Math.Max(10, Width() - prompt.Length - 1));
        output.Write($"\r{prompt}{shown}\e[K\r\e[{prompt.Length + column}C");
        output.Flush();
    }

    /// <summary>The part of a line that fits, and the column of the cursor in it.</summary>
    internal static (string Shown, int Column) View(string text, int cursor, int width)
    {
        int start = cursor < width ? 0 : cursor - width + 1;
        if (start > 0 && char.IsLowSurrogate(text[start])) start++;
        int end = Math.Min(text.Length, start + width);
        var shown = new StringBuilder();
        int column = 0;
        foreach (var sign in text.AsSpan(start, end - start).EnumerateRunes()) shown.Append(sign.ToString());
        foreach (var _ in text.AsSpan(start, cursor - start).EnumerateRunes()) column++;
        return (shown.ToString(), column);
    }

    private static int Width()
    {
        try
        {
            return Console.WindowWidth is > 0 and var width ? width : 80;
        }
        catch (IOException)
        {
            return 80;
        }
    }
}
