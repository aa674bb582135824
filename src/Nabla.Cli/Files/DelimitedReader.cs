using CsvHelper;
using Nabla.Expressions;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Cli.Files;

/// <summary>Reads .csv and .tsv files: rows of numbers, after at most one row of headings.</summary>
/// <remarks>Lines that begin with <c>#</c> are comments. One row or one column is a vector, a single number a scalar.</remarks>
internal static class DelimitedReader
{
    private const int MostBytesOfARow = 1 << 26;

    /// <summary>Reads the table that the file holds.</summary>
    /// <param name="file">The file.</param>
    /// <param name="separator">What separates entries; null to take <c>,</c> <c>;</c> <c>|</c> or a tab, whichever the first lines have.</param>
    /// <exception cref="NablaException">The content is malformed (<see cref="ErrorCode.Request"/>) or too large (<see cref="ErrorCode.Limit"/>).</exception>
    public static NDArray<double> Read(FileContent file, char? separator)
    {
        var options = new CsvReaderOptions
        {
            Separator = separator,
            HasHeader = false,
            CommentPrefix = '#',
            TrimWhitespace = true,
            AllowLineBreaksInQuotes = false,
            TrackLineNumbers = true,
            MaxRecordSize = MostBytesOfARow,
            MalformedData = CsvMalformedDataHandling.Throw,
        };
        try
        {
            using var table = CsvReader.Create(file.Bytes, options);
            return ReadRows(file, table);
        }
        catch (CsvFormatException e)
        {
            throw new NablaException(ErrorCode.Request, $"The file '{file.Name}' must be a table of numbers: {e.Message}", null, e);
        }
    }

    private static NDArray<double> ReadRows(FileContent file, CsvReader table)
    {
        var entries = new List<double>();
        int rows = 0, columns = 0;
        bool isFirst = true;
        while (table.Read())
        {
            bool areHeadings = isFirst && AreHeadings(table);
            isFirst = false;
            if (areHeadings) continue;
            if (rows == 0) columns = table.FieldCount;
            if (table.FieldCount != columns) throw Error(file, table, $"a row must have {columns} entries, as the first, but it has {table.FieldCount}");
            if (entries.Count + columns > Limits.Entries) throw Error(file, table, $"there are more than {Limits.Entries} entries", ErrorCode.Limit);
            for (int j = 0; j < columns; j++)
            {
                if (!NumberText.TryRead(table.GetSpan(j), out double value, out string fault)) throw Error(file, table, $"in column {j + 1} {fault}");
                entries.Add(value);
            }
            rows++;
        }
        if (rows == 0) throw new NablaException(ErrorCode.Request, $"The file '{file.Name}' must hold rows of numbers, but it has none.");
        return DataFile.FromTable(NDArray<double>.FromArray([.. entries], rows, columns));
    }

    // Headings do not begin like numbers, and are not one.
    private static bool AreHeadings(CsvReader table)
    {
        for (int j = 0; j < table.FieldCount; j++)
            if (table.IsEmpty(j) || "+-.0123456789"u8.Contains(table.GetSpan(j)[0]) || NumberText.TryRead(table.GetSpan(j), out _, out _)) return false;
        return true;
    }

    private static NablaException Error(FileContent file, CsvReader table, string what, ErrorCode code = ErrorCode.Request) =>
        new(code, $"The file '{file.Name}' must be a table of numbers: at line {table.LineNumber} {what}.");
}
