using Nabla.Expressions;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Cli.Files;

/// <summary>Files that hold one scalar, vector or matrix: .csv, .tsv, .npy, .mtx and .json, told apart by their extension.</summary>
internal static class DataFile
{
    private static readonly FileLimits s_limits = new() { Entries = Limits.Entries, Axes = Limits.TensorOrder, LeastSize = 1 };

    /// <summary>The extensions that can be read.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".csv", ".tsv", ".npy", ".mtx", ".json"];

    /// <summary>Whether a text names a file of numbers, rather than being a literal.</summary>
    public static bool IsNamedBy(string text) => Extensions.Any(e => text.EndsWith(e, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads the array that a file holds.</summary>
    /// <exception cref="NablaException">The file cannot be read or is malformed (<see cref="ErrorCode.Request"/>), or too large (<see cref="ErrorCode.Limit"/>).</exception>
    public static NDArray<double> Read(string path) => Parse(FileContent.Read(path));

    /// <summary>Reads the array that the bytes of a file hold; the name tells the format.</summary>
    /// <exception cref="NablaException">The content is malformed (<see cref="ErrorCode.Request"/>) or too large (<see cref="ErrorCode.Limit"/>).</exception>
    public static NDArray<double> Parse(FileContent file)
    {
        try
        {
            return Path.GetExtension(file.Name).ToLowerInvariant() switch
            {
                ".csv" => DelimitedReader.Read(file, null),
                ".tsv" => DelimitedReader.Read(file, '\t'),
                ".npy" => NumpyFile.Read(file.AsStream(), s_limits),
                ".mtx" => FromTable(MatrixMarket.ReadDense(new StreamReader(file.AsStream()), s_limits)),
                ".json" => JsonReader.Read(file),
                string other => throw new NablaException(ErrorCode.Request,
                    $"The file '{file.Name}' must end in {string.Join(", ", Extensions)}, but it ends in '{other}'."),
            };
        }
        catch (FileFormatException e)
        {
            throw new NablaException(e.ExceedsLimit ? ErrorCode.Limit : ErrorCode.Request, $"The file '{file.Name}' must be {e.Format}: {e.Fault}.", null, e);
        }
    }

    /// <summary>The array of a table of rows: one row or one column is a vector, a single entry a scalar, as formats without an order of their own have it.</summary>
    public static NDArray<double> FromTable(NDArray<double> table) => (table.Rows, table.Columns) switch
    {
        (1, 1) => table.Reshape(),
        (1, _) or (_, 1) => table.Reshape((int)table.Count),
        _ => table,
    };
}
