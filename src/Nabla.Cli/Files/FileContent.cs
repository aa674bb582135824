using System.Runtime.InteropServices;
using Nabla.Expressions;
using Nabla.Expressions.Notation;

namespace Nabla.Cli.Files;

/// <summary>The bytes of a file, read whole and within bounds, with the name that messages use.</summary>
/// <param name="Name">The file's name as the user gave it.</param>
/// <param name="Bytes">Its content.</param>
internal readonly record struct FileContent(string Name, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The most bytes that a file may have: the published number of entries, at 20 characters each.</summary>
    public const long MostBytes = 20 * Limits.Entries;

    /// <summary>Reads a file.</summary>
    /// <exception cref="NablaException">The file cannot be read (<see cref="ErrorCode.Request"/>) or is too large (<see cref="ErrorCode.Limit"/>).</exception>
    public static FileContent Read(string path)
    {
        using var file = Open(path);
        try
        {
            return Read(file, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, e);
        }
    }

    /// <summary>Opens a file that others may be writing.</summary>
    /// <exception cref="NablaException">The file cannot be read (<see cref="ErrorCode.Request"/>).</exception>
    public static FileStream Open(string path)
    {
        try
        {
            return new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Unreadable(path, e);
        }
    }

    /// <summary>The content as a stream, without a copy.</summary>
    public MemoryStream AsStream() => MemoryMarshal.TryGetArray(Bytes, out var bytes)
        ? new(bytes.Array!, bytes.Offset, bytes.Count, writable: false)
        : new(Bytes.ToArray(), writable: false);

    private static NablaException Unreadable(string path, Exception e) => new(ErrorCode.Request, $"The file '{path}' cannot be read: {Reason(e)}", null, e);

    /// <summary>Reads a stream to its end; a stream without a length (a pipe) is read in growing pieces.</summary>
    /// <exception cref="NablaException">There are too many bytes (<see cref="ErrorCode.Limit"/>).</exception>
    public static FileContent Read(Stream stream, string name, long mostBytes = MostBytes)
    {
        long length = stream.CanSeek ? stream.Length : 0;
        if (length > mostBytes) throw TooLarge(name, mostBytes);
        byte[] bytes = new byte[Math.Max((int)length + 1, 4096)];
        int count = 0;
        while (true)
        {
            int read = stream.Read(bytes, count, bytes.Length - count);
            if (read == 0) return new(name, bytes.AsMemory(0, count));
            count += read;
            if (count > mostBytes) throw TooLarge(name, mostBytes);
            if (count == bytes.Length) Array.Resize(ref bytes, (int)Math.Min(2L * count, mostBytes + 1));
        }
    }

    private static NablaException TooLarge(string name, long mostBytes) =>
        new(ErrorCode.Limit, $"The file '{name}' must have at most {mostBytes} bytes, but it has more.");

    private static string Reason(Exception e) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file.",
        UnauthorizedAccessException => "it is a directory, or access is denied.",
        _ => e.Message,
    };
}
