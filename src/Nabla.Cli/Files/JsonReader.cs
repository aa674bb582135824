using System.Text.Json;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Requests;
using Nabla.Numerics;

namespace Nabla.Cli.Files;

/// <summary>Reads .json files: one number, or nested arrays of numbers, row by row.</summary>
internal static class JsonReader
{
    /// <summary>Reads the array that the file holds.</summary>
    /// <exception cref="NablaException">The content is malformed (<see cref="ErrorCode.Request"/>) or too large (<see cref="ErrorCode.Limit"/>).</exception>
    public static NDArray<double> Read(FileContent file)
    {
        try
        {
            return Read(file.Bytes.Span, $"The array of '{file.Name}'");
        }
        catch (JsonException e)
        {
            string place = $"line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}";
            throw new NablaException(ErrorCode.Request, $"The file '{file.Name}' must hold one JSON array of numbers, but {place} is not JSON.", null, e);
        }
    }

    /// <summary>Reads a text that holds one value and nothing else.</summary>
    /// <exception cref="NablaException">The value is not an array of numbers, or too large.</exception>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static NDArray<double> Read(ReadOnlySpan<byte> text, string subject)
    {
        if (text.StartsWith("\uFEFF"u8)) text = text[3..];
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = 1000 });
        reader.Read();
        var array = NestedArray.Read(ref reader, subject);
        reader.Read();
        return array;
    }
}
