using Nabla.Cli.Terminal;
using Nabla.Expressions.Notation;

namespace Nabla.Cli.Commands;

/// <summary>Where an answer goes: standard output, or the file of <c>--out</c>.</summary>
internal static class AnswerFile
{
    /// <summary>Writes an answer.</summary>
    /// <param name="streams">The standard streams.</param>
    /// <param name="path">The file; null for standard output.</param>
    /// <param name="write">Writes the answer to streams whose output is the destination.</param>
    /// <exception cref="NablaException">The file cannot be written (<see cref="ErrorCode.Request"/>).</exception>
    public static void Write(Streams streams, string? path, Action<Streams> write)
    {
        if (path is null)
        {
            write(streams);
            streams.Flush();
            return;
        }
        var content = new MemoryStream();
        var destination = new Streams(Stream.Null, content, Stream.Null);
        write(destination);
        destination.Flush();
        try
        {
            File.WriteAllBytes(path, content.ToArray());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new NablaException(ErrorCode.Request, $"The file '{path}' cannot be written: {e.Message}", null, e);
        }
    }
}
