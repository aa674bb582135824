using System.Text;
using Spectre.Console;

namespace Nabla.Cli.Terminal;

/// <summary>An output that never wraps: what it shows can be copied as one line.</summary>
/// <param name="writer">Where the text goes.</param>
internal sealed class UnboundedOutput(TextWriter writer) : IAnsiConsoleOutput
{
    /// <inheritdoc/>
    public TextWriter Writer => writer;

    /// <inheritdoc/>
    public bool IsTerminal => true;

    /// <inheritdoc/>
    public int Width => 1 << 24;

    /// <inheritdoc/>
    public int Height => 1 << 12;

    /// <inheritdoc/>
    public void SetEncoding(Encoding encoding)
    {
    }
}
