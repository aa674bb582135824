using System.Globalization;
using System.Text;

namespace Nabla.Numerics;

/// <summary>Matrices as Matrix Market text (.mtx): coordinate or array form; real, integer or pattern entries; general, symmetric or skew-symmetric.</summary>
/// <remarks>Boisvert, Pozo and Remington (1996), The Matrix Market exchange formats.</remarks>
public static class MatrixMarket
{
    /// <summary>Reads a matrix.</summary>
    /// <param name="reader">The text.</param>
    /// <exception cref="FormatException">The text is not a real matrix in this format; the message names the line.</exception>
    public static SparseMatrix<double> Read(TextReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        int lineNumber = 0;
        string[] header = Words(reader, ref lineNumber, comments: false) ?? throw new FormatException("A Matrix Market file must have lines, but it is empty.");
        if (header.Length < 5 || header[0] != "%%matrixmarket" || header[1] != "matrix") throw Wrong("must begin with %%MatrixMarket matrix", lineNumber);
        bool coordinate = header[2] switch { "coordinate" => true, "array" => false, _ => throw Wrong("must be in coordinate or array form", lineNumber) };
        bool pattern = header[3] switch { "pattern" => true, "real" or "integer" or "double" => false, _ => throw Wrong("must have real, integer or pattern entries", lineNumber) };
        int sign = header[4] switch { "general" => 0, "symmetric" => 1, "skew-symmetric" => -1, _ => throw Wrong("must be general, symmetric or skew-symmetric", lineNumber) };
        string[] sizes = Words(reader, ref lineNumber) ?? throw Wrong("must have a line of sizes", lineNumber);
        if (sizes.Length != (coordinate ? 3 : 2)) throw Wrong("has the wrong number of sizes", lineNumber);
        int rows = Integer(sizes[0], lineNumber), columns = Integer(sizes[1], lineNumber);
        if (sign != 0 && rows != columns) throw Wrong($"is {header[4]}, but {rows} x {columns}", lineNumber);
        var entries = new List<(int, int, double)>();
        if (coordinate)
        {
            int count = Integer(sizes[2], lineNumber);
            for (int k = 0; k < count; k++)
            {
                string[] words = Words(reader, ref lineNumber) ?? throw Wrong($"ends after {k} of {count} entries", lineNumber);
                if (words.Length != (pattern ? 2 : 3)) throw Wrong("has an entry with the wrong number of words", lineNumber);
                Add(Integer(words[0], lineNumber) - 1, Integer(words[1], lineNumber) - 1, pattern ? 1 : Number(words[2], lineNumber));
            }
        }
        else
        {
            for (int j = 0; j < columns; j++)
            {
                for (int i = sign == 0 ? 0 : sign > 0 ? j : j + 1; i < rows; i++)
                {
                    string[] words = Words(reader, ref lineNumber) ?? throw Wrong("ends before the last entry", lineNumber);
                    Add(i, j, Number(words[0], lineNumber));
                }
            }
        }
        if (Words(reader, ref lineNumber) is not null) throw Wrong("goes on after the last entry", lineNumber);
        return SparseMatrix<double>.FromCoordinates(rows, columns, entries);

        void Add(int i, int j, double value)
        {
            if ((uint)i >= (uint)rows || (uint)j >= (uint)columns) throw Wrong($"has an entry at ({i + 1}, {j + 1}) outside {rows} x {columns}", lineNumber);
            entries.Add((i, j, value));
            if (sign != 0 && i != j) entries.Add((j, i, sign * value));
        }
    }

    /// <summary>Writes a matrix in general coordinate form; the entries read back exactly.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="A">A matrix.</param>
    public static void Write(TextWriter writer, SparseMatrix<double> A)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(A);
        var text = new StringBuilder("%%MatrixMarket matrix coordinate real general\n");
        text.Append(CultureInfo.InvariantCulture, $"{A.Rows} {A.Columns} {A.StoredCount}\n");
        foreach ((int i, int j, double value) in A.Entries()) text.Append(CultureInfo.InvariantCulture, $"{i + 1} {j + 1} {value:R}\n");
        writer.Write(text.ToString());
    }

    private static string[]? Words(TextReader reader, ref int lineNumber, bool comments = true)
    {
        while (reader.ReadLine() is { } line)
        {
            lineNumber++;
            if (comments && line.StartsWith('%')) continue;
            string[] words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0) continue;
            return comments ? words : Array.ConvertAll(words, w => w.ToLowerInvariant());
        }
        return null;
    }

    private static int Integer(string word, int line) =>
        int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : throw Wrong($"has {word} where a count is due", line);

    private static double Number(string word, int line) =>
        double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : throw Wrong($"has {word} where a number is due", line);

    private static FormatException Wrong(string what, int line) => new($"A Matrix Market file {what} (line {line}).");
}
