namespace Nabla.Numerics;

/// <summary>A file that is not what its format demands, or that is larger than the caller allows; the message states the place and the values.</summary>
public sealed class FileFormatException : FormatException
{
    internal FileFormatException(string format, string fault, bool exceedsLimit = false, Exception? inner = null)
        : base($"The file must be {format}: {fault}.", inner) =>
        (Format, Fault, ExceedsLimit) = (format, fault, exceedsLimit);

    /// <summary>What the file must be: <c>a .npy file</c>.</summary>
    public string Format { get; }

    /// <summary>The place and what is wrong there, as the end of a sentence: <c>at byte 10 the shape (3, 4) of 'f8' needs 96 bytes, but 80 follow</c>.</summary>
    public string Fault { get; }

    /// <summary>Whether the file is not malformed, but larger than the <see cref="FileLimits"/> of the call.</summary>
    public bool ExceedsLimit { get; }

    /// <summary>A text of the file as messages quote it: its beginning.</summary>
    internal static string Shortened(string text) => text.Length <= 40 ? text : text[..40] + "...";
}
