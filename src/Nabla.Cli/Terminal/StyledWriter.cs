using Spectre.Console;

namespace Nabla.Cli.Terminal;

/// <summary>Writes text, in colour where there is a terminal that shows it.</summary>
/// <param name="output">Where to.</param>
/// <param name="hasColour">Whether to colour.</param>
internal sealed class StyledWriter(TextWriter output, bool hasColour)
{
    private IAnsiConsole? _console;

    /// <summary>Writes a piece of text.</summary>
    public StyledWriter Write(string text, Role role = Role.Plain)
    {
        if (hasColour && role != Role.Plain && text.Length > 0) WriteColoured(text, role);
        else output.Write(text);
        return this;
    }

    /// <summary>Writes a piece of text and ends the line.</summary>
    public StyledWriter WriteLine(string text = "", Role role = Role.Plain)
    {
        Write(text, role);
        output.Write('\n');
        return this;
    }

    // Spectre.Console is loaded here and not before: plain output starts faster.
    private void WriteColoured(string text, Role role)
    {
        _console ??= AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.Standard,
            Out = new UnboundedOutput(output),
        });
        _console.Write(new Text(text, new Style(role switch
        {
            Role.Name => Color.Teal,
            Role.Formula => Color.Blue,
            Role.Good => Color.Green,
            Role.Bad => Color.Red,
            _ => Color.Grey,
        })));
    }
}
