using System.Text;

namespace Nabla.Cli.Terminal;

/// <summary>The standard streams of the tool, and what is known of the terminal behind them.</summary>
internal sealed class Streams
{
    /// <summary>Creates the streams.</summary>
    /// <param name="input">Standard input.</param>
    /// <param name="output">Standard output.</param>
    /// <param name="error">Standard error.</param>
    public Streams(Stream input, Stream output, Stream error)
    {
        (Input, Output) = (input, output);
        Text = new StreamWriter(output, new UTF8Encoding(false), 1 << 12, leaveOpen: true);
        ErrorText = new StreamWriter(error, new UTF8Encoding(false), 1 << 12, leaveOpen: true);
    }

    /// <summary>Standard input, as bytes.</summary>
    public Stream Input { get; }

    /// <summary>Standard output, as bytes; text written before must be flushed.</summary>
    public Stream Output { get; }

    /// <summary>Standard output, as text in UTF-8.</summary>
    public StreamWriter Text { get; }

    /// <summary>Standard error, as text in UTF-8.</summary>
    public StreamWriter ErrorText { get; }

    /// <summary>Whether a person types at standard input and reads standard output.</summary>
    public bool IsInteractive { get; init; }

    /// <summary>Whether standard output is a terminal.</summary>
    public bool OutputIsTerminal { get; init; }

    /// <summary>Whether standard output shows colours.</summary>
    public bool OutputHasColour { get; init; }

    /// <summary>Whether standard error shows colours.</summary>
    public bool ErrorHasColour { get; init; }

    /// <summary>Answers, in colour where possible.</summary>
    public StyledWriter Answers => new(Text, OutputHasColour);

    /// <summary>Everything that is not an answer, in colour where possible.</summary>
    public StyledWriter Remarks => new(ErrorText, ErrorHasColour);

    /// <summary>Those of the process.</summary>
    public static Streams OfProcess()
    {
        bool mayColour = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") != "dumb";
        return new Streams(Console.OpenStandardInput(), Console.OpenStandardOutput(), Console.OpenStandardError())
        {
            IsInteractive = !Console.IsInputRedirected && !Console.IsOutputRedirected,
            OutputIsTerminal = !Console.IsOutputRedirected,
            OutputHasColour = mayColour && !Console.IsOutputRedirected,
            ErrorHasColour = mayColour && !Console.IsErrorRedirected,
        };
    }

    /// <summary>Hands what was written to the process's surroundings.</summary>
    public void Flush()
    {
        Text.Flush();
        ErrorText.Flush();
    }
}
