using System.CommandLine;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Nabla.Cli.Requests;
using Nabla.Cli.Terminal;
using Nabla.Expressions;
using Nabla.Expressions.Requests;
using Nabla.Numerics;

namespace Nabla.Cli.Commands;

/// <summary><c>nabla info</c>: versions, kernels and limits.</summary>
internal sealed class InfoCommand : Command
{
    /// <summary>Creates the command.</summary>
    public InfoCommand(Streams streams) : base("info", "Versions, the kernels in use, and the limits.") => SetAction(_ =>
    {
        Write(streams.Answers);
        return ExitStatus.Done;
    });

    /// <summary>The version of the tool.</summary>
    public static string Version { get; } = typeof(InfoCommand).Assembly.GetName().Version!.ToString(3);

    private static string Vectors =>
        Vector512.IsHardwareAccelerated ? "512 bits" : Vector256.IsHardwareAccelerated ? "256 bits" : Vector128.IsHardwareAccelerated ? "128 bits" : "scalar";

    private static void Write(StyledWriter output)
    {
        WriteLine(output, "nabla", Version);
        WriteLine(output, "runtime", $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}");
        WriteLine(output, "kernels", OpenBlas.Description);
        WriteLine(output, "vectors", $"{Vectors}, the widest that this processor has");
        WriteLine(output, "processors", $"{Environment.ProcessorCount}, of which products use up to {Parallelism.Threads}");
        output.WriteLine().WriteLine("limits", Role.Name);
        WriteLine(output, "  characters of a program", $"{Limits.InputCharacters}");
        WriteLine(output, "  nesting of a program", $"{Limits.Nesting}");
        WriteLine(output, "  entries of a value", $"{Limits.Entries}");
        WriteLine(output, "  order of a tensor", $"{Limits.TensorOrder}");
        WriteLine(output, "  bits of an exact number", $"{Nabla.Expressions.Core.Coefficient.MaxBits}");
        WriteLine(output, "  nodes of a question", $"{Limits.Nodes}");
        WriteLine(output, "  characters of a result", $"{Limits.OutputCharacters}");
        WriteLine(output, "  bytes of a line of batch", $"{Batch.MostLineBytes}");
        WriteLine(output, "  seconds of a line of batch", $"{Limits.Seconds}");
    }

    private static void WriteLine(StyledWriter output, string name, string value) => output.Write(name.PadRight(30), Role.Name).WriteLine(value);
}
