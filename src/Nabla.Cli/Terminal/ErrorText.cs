using System.Text;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Requests;

namespace Nabla.Cli.Terminal;

/// <summary>Shows an error: <c>program:LINE:COLUMN: message</c>, the line and a caret under the place.</summary>
internal static class ErrorText
{
    private const int MostShown = 100;
    private const int ShownBefore = 60;

    /// <summary>Writes an error.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="error">The error.</param>
    /// <param name="program">The program that the place lies in.</param>
    /// <param name="declarations">The declarations beside the program.</param>
    public static void Write(StyledWriter output, NablaException error, string program, IReadOnlyList<string> declarations)
    {
        if (error.Place is not { } place)
        {
            output.Write("nabla: ", Role.Bad).WriteLine($"{error.Message} ({AnswerWriter.NameOf(error.Code)})");
            return;
        }
        string source = place.Declaration is { } d && d < declarations.Count ? declarations[d] : program;
        string label = place.Declaration is { } index ? $"declare[{index}]" : "program";
        output.Write($"{label}:{place.Line}:{place.Column}: ", Role.Bad).WriteLine(error.Message);
        if (LineOf(source, place.Line) is not { } line) return;
        var (quoted, caret) = Quote(line, place.Column);
        output.WriteLine("  " + quoted).Write("  ").WriteLine(caret, Role.Bad);
    }

    private static string? LineOf(string source, int number)
    {
        string[] lines = source.Split('\n');
        return number >= 1 && number <= lines.Length ? lines[number - 1].TrimEnd('\r') : null;
    }

    // A long line is cut on both sides of the place. Tabs stay tabs in front of the caret, so that it stands under its sign.
    private static (string Quoted, string Caret) Quote(string line, int column)
    {
        var signs = line.EnumerateRunes().ToArray();
        int at = Math.Clamp(column - 1, 0, signs.Length);
        int start = signs.Length <= MostShown ? 0 : Math.Max(0, at - ShownBefore), end = Math.Min(signs.Length, start + MostShown);
        var quoted = new StringBuilder(start > 0 ? "…" : "");
        var caret = new StringBuilder(start > 0 ? " " : "");
        for (int i = start; i < end; i++)
        {
            quoted.Append(Rune.IsControl(signs[i]) && signs[i].Value != '\t' ? "\uFFFD" : signs[i].ToString());
            if (i < at) caret.Append(signs[i].Value == '\t' ? '\t' : ' ');
        }
        if (end < signs.Length) quoted.Append('…');
        return (quoted.ToString(), caret.Append('^').ToString());
    }
}
