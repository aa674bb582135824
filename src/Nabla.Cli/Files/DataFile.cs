using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Cli.Files;

/// <summary>Files that hold one scalar, vector or matrix: .csv, .tsv, .npy, .mtx and .json, told apart by their extension.</summary>
internal static class DataFile
{
    /// <summary>The extensions that can be read.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".csv", ".tsv", ".npy", ".mtx", ".json"];

    /// <summary>Whether a text names a file of numbers, rather than being a literal.</summary>
    public static bool IsNamedBy(string text) => Extensions.Any(e => text.EndsWith(e, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads the array that a file holds.</summary>
    /// <exception cref="NablaException">The file cannot be read or is malformed (<see cref="ErrorCode.Request"/>), or too large (<see cref="ErrorCode.Limit"/>).</exception>
    public static NDArray<double> Read(string path) => Parse(FileContent.Read(path));

    /// <summary>Reads the array that the bytes of a file hold; the name tells the format.</summary>
    /// <exception cref="NablaException">The content is malformed (<see cref="ErrorCode.Request"/>) or too large (<see cref="ErrorCode.Limit"/>).</exception>
    public static NDArray<double> Parse(FileContent file) => Path.GetExtension(file.Name).ToLowerInvariant() switch
    {
        ".csv" => DelimitedReader.Read(file, null),
        ".tsv" => DelimitedReader.Read(file, '\t'),
        ".npy" => NpyReader.Read(file),
        ".mtx" => MatrixMarketReader.Read(file),
        ".json" => JsonReader.Read(file),
        string other => throw new NablaException(ErrorCode.Request,
            $"The file '{file.Name}' must end in {string.Join(", ", Extensions)}, but it ends in '{other}'."),
    };

    /// <summary>The array of a table of rows: one row or one column is a vector, a single entry a scalar, as formats without an order of their own have it.</summary>
    public static NDArray<double> FromTable(double[] entries, int rows, int columns) => (rows, columns) switch
    {
        (1, 1) => NDArray<double>.Scalar(entries[0]),
        (1, _) or (_, 1) => NDArray<double>.FromArray(entries, entries.Length),
        _ => NDArray<double>.FromArray(entries, rows, columns),
    };
}
