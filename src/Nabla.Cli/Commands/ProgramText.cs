using System.Text;
using System.Text.Unicode;
using Nabla.Cli.Files;
using Nabla.Expressions;
using Nabla.Expressions.Notation;

namespace Nabla.Cli.Commands;

/// <summary>The EXPRESSION of a command line: the program itself, <c>-</c> for standard input or <c>@FILE</c>.</summary>
internal static class ProgramText
{
    // A character has at most four bytes.
    private const long MostBytes = 4L * Limits.InputCharacters;

    /// <summary>Reads the program.</summary>
    /// <exception cref="NablaException">The file cannot be read, or the text is not UTF-8 or too long.</exception>
    public static string Read(string argument, Stream input)
    {
        string text = argument switch
        {
            "-" => Decode(FileContent.Read(input, "standard input", MostBytes)),
            ['@', .. string path] => Decode(FileContent.Read(path)),
            _ => argument,
        };
        return text.Length <= Limits.InputCharacters
            ? text
            : throw new NablaException(ErrorCode.Limit, $"A program must have at most {Limits.InputCharacters} characters, but it has {text.Length}.");
    }

    private static string Decode(FileContent content)
    {
        var bytes = content.Bytes.Span;
        if (bytes.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        if (!Utf8.IsValid(bytes)) throw new NablaException(ErrorCode.Request, $"The program must be UTF-8, but '{content.Name}' has bytes that are not.");
        return Encoding.UTF8.GetString(bytes);
    }
}
