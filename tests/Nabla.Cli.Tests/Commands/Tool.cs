using System.Text;
using Nabla.Cli.Commands;
using Nabla.Cli.Terminal;
using Nabla.Expressions.Requests;

namespace Nabla.Cli.Tests.Commands;

/// <summary>Runs the tool within the process of the tests.</summary>
internal static class Tool
{
    /// <summary>What a run gave.</summary>
    public sealed record Result(int Status, string Output, string Error);

    /// <summary>Runs a command line.</summary>
    public static Result Run(Engine engine, string[] arguments, string input = "", bool onTerminal = false)
    {
        var (output, error) = (new MemoryStream(), new MemoryStream());
        var streams = new Streams(new MemoryStream(Encoding.UTF8.GetBytes(input)), output, error)
        {
            OutputIsTerminal = onTerminal,
            OutputHasColour = onTerminal,
            ErrorHasColour = onTerminal,
        };
        int status = CommandLine.Run(arguments, streams, engine);
        return new(status, Encoding.UTF8.GetString(output.ToArray()), Encoding.UTF8.GetString(error.ToArray()));
    }

    /// <summary>Runs a command line with the library.</summary>
    public static Result Run(params string[] arguments) => Run(Engine.Library, arguments);
}
