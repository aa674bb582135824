using System.Globalization;
using System.Text;

namespace Nabla.Numerics;

/// <summary>Reads Matrix Market text: what the matrix is, and then its entries one by one.</summary>
internal ref struct MatrixMarketReader
{
    private readonly TextLines lines;
    private readonly bool isPattern;
    private readonly bool isInteger;
    private readonly string symmetry;
    private readonly long count;
    private ReadOnlySpan<byte> rest;
    private bool hasEnded;
    private long entriesRead;
    private int row;
    private int column;

    /// <summary>Reads all that stands before the entries.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="limits">What it may claim.</param>
    /// <param name="isDense">Whether every entry of the matrix takes memory, and not only those that the text holds.</param>
    /// <exception cref="FileFormatException">The text is malformed, or claims more than the limits.</exception>
    internal MatrixMarketReader(TextReader reader, FileLimits limits, bool isDense)
    {
        lines = new TextLines(reader);
        NextLine();
        string banner = Encoding.UTF8.GetString(rest).ToLowerInvariant();
        if (banner.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is not ["%%matrixmarket", "matrix", ("array" or "coordinate") and string form, string field, string name])
            throw Error("the first line must be '%%MatrixMarket matrix', 'array' or 'coordinate', the field and the symmetry");
        if (field is not ("real" or "double" or "integer" or "pattern")) throw Error($"the field must be real, integer or pattern, but it is '{FileFormatException.Shortened(field)}'");
        if (name is not ("general" or "symmetric" or "skew-symmetric"))
            throw Error($"the symmetry must be general, symmetric or skew-symmetric, but it is '{FileFormatException.Shortened(name)}'");
        (IsCoordinate, isPattern, isInteger, symmetry) = (form == "coordinate", field == "pattern", field == "integer", name);
        Mirror = name switch { "symmetric" => 1, "skew-symmetric" => -1, _ => 0 };
        if (!IsCoordinate && isPattern) throw Error("the field of an array must be real or integer, but it is 'pattern'");
        do NextFilledLine();
        while (rest.StartsWith("%"u8));
        (Rows, Columns) = (Size("rows", limits.LeastSize), Size("columns", limits.LeastSize));
        if (Mirror != 0 && Rows != Columns) throw Error($"a {symmetry} matrix must be square, but it is {Rows} x {Columns}");
        long whole = (long)Rows * Columns;
        if ((isDense || !IsCoordinate) && whole > limits.MostEntries)
            throw Error($"a matrix must have at most {limits.MostEntries} entries, but it is {Rows} x {Columns}", exceedsLimit: true);
        count = IsCoordinate ? Count() : Mirror == 0 ? whole : (whole + Mirror * Rows) / 2;
        if (!isDense && Math.Max(Math.Max(Rows, Columns), count) > limits.MostEntries)
            throw Error($"a sparse matrix must have at most {limits.MostEntries} rows, columns and entries, but it is {Rows} x {Columns} with {count}", exceedsLimit: true);
        EndLine();
        row = First;
    }

    /// <summary>The number of rows.</summary>
    internal int Rows { get; }

    /// <summary>The number of columns.</summary>
    internal int Columns { get; }

    /// <summary>Whether the text holds some entries with their places, and not all of them column by column.</summary>
    internal bool IsCoordinate { get; }

    /// <summary>What the entry at (j, i) is of that at (i, j): the same, 1, or the opposite, -1; 0 where neither is said.</summary>
    internal int Mirror { get; }

    /// <summary>The first row that an array holds of the column at hand.</summary>
    private readonly int First => Mirror switch { 0 => 0, 1 => column, _ => column + 1 };

    /// <summary>Reads the next entry; false after the last one, when nothing follows it.</summary>
    /// <exception cref="FileFormatException">The text is malformed.</exception>
    internal bool TryRead(out int i, out int j, out double value)
    {
        (i, j, value) = (row, column, 1);
        NextFilledLine();
        if (entriesRead == count) return hasEnded ? false : throw Error("no entries may follow the last one");
        if (IsCoordinate) (i, j) = Place();
        else if (++row == Rows)
        {
            column++;
            row = First;
        }
        if (!isPattern) value = Entry();
        EndLine();
        entriesRead++;
        return true;
    }

    private (int Row, int Column) Place()
    {
        if (hasEnded) throw Error($"the file claims {count} entries, but it ends after {entriesRead}");
        int i = Index("row", Rows), j = Index("column", Columns);
        if (Mirror != 0 && i < j) throw Error($"a {symmetry} matrix holds its lower triangle, but row {i + 1}, column {j + 1} lies above the diagonal");
        if (Mirror < 0 && i == j) throw Error($"the diagonal of a {symmetry} matrix is zero, but row {i + 1} has an entry on it");
        return (i, j);
    }

    private double Entry()
    {
        ReadOnlySpan<byte> word = Word();
        if (word.IsEmpty) throw Error("an entry is missing");
        if (isInteger && !NumberText.IsInteger(word)) throw Error($"{NumberText.Quote(word)} is not an integer");
        return NumberText.TryRead(word, out double value, out string fault) ? value : throw Error(fault);
    }

    private int Index(string what, int size)
    {
        ReadOnlySpan<byte> word = Word();
        if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index >= 1 && index <= size) return index - 1;
        throw Error($"the {what} must be an integer from 1 to {size}, but it is {NumberText.Quote(word)}");
    }

    private int Size(string what, int least)
    {
        ReadOnlySpan<byte> word = Word();
        if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int size) && size >= least) return size;
        throw Error($"the number of {what} must be an integer from {least}, but it is {NumberText.Quote(word)}");
    }

    private long Count()
    {
        ReadOnlySpan<byte> word = Word();
        if (long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out long number)) return number;
        throw Error($"the number of entries must be an integer from 0, but it is {NumberText.Quote(word)}");
    }

    private ReadOnlySpan<byte> Word()
    {
        int start = rest.IndexOfAnyExcept(" \t\r"u8);
        rest = start < 0 ? [] : rest[start..];
        int end = rest.IndexOfAny(" \t\r"u8);
        ReadOnlySpan<byte> word = end < 0 ? rest : rest[..end];
        rest = rest[word.Length..];
        return word;
    }

    private void EndLine()
    {
        ReadOnlySpan<byte> extra = Word();
        if (!extra.IsEmpty) throw Error($"the line must end here, but {NumberText.Quote(extra)} follows");
    }

    private void NextLine()
    {
        hasEnded = !lines.TryRead(out rest);
        if (rest.Length > TextLines.MostBytes) throw Error($"a line must have at most {TextLines.MostBytes} bytes, but this one has more");
    }

    private void NextFilledLine()
    {
        do NextLine();
        while (!hasEnded && rest.IndexOfAnyExcept(" \t\r"u8) < 0);
    }

    private readonly FileFormatException Error(string what, bool exceedsLimit = false) => new("a Matrix Market file", $"at line {lines.Number} {what}", exceedsLimit);
}
