using System.Globalization;
using System.Text;
using Nabla.Expressions;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Cli.Files;

/// <summary>Reads .mtx files (NIST's Matrix Market): dense (array) or sparse (coordinate) matrices of real numbers.</summary>
/// <remarks>
/// Entries of a coordinate matrix that stand twice are added. Of a symmetric or skew-symmetric matrix the file holds the lower triangle.
/// Boisvert, Pozo, Remington (1996): The Matrix Market exchange formats. NISTIR 5935.
/// </remarks>
internal ref struct MatrixMarketReader
{
    private readonly string _name;
    private ReadOnlySpan<byte> _rest;
    private int _line = 1;

    private MatrixMarketReader(FileContent file)
    {
        _name = file.Name;
        _rest = file.Bytes.Span;
    }

    /// <summary>Reads the matrix that the file holds; one row or one column is a vector.</summary>
    /// <exception cref="NablaException">The content is malformed (<see cref="ErrorCode.Request"/>) or too large (<see cref="ErrorCode.Limit"/>).</exception>
    public static NDArray<double> Read(FileContent file) => new MatrixMarketReader(file).ReadMatrix();

    private NDArray<double> ReadMatrix()
    {
        var (sparse, field, symmetry) = ReadBanner();
        SkipComments();
        int rows = Size("rows"), columns = Size("columns");
        if (symmetry != "general" && rows != columns) throw Error($"a {symmetry} matrix must be square, but it is {rows} x {columns}");
        if ((long)rows * columns > Limits.Entries)
            throw Error($"a matrix must have at most {Limits.Entries} entries, but it is {rows} x {columns}", ErrorCode.Limit);
        long count = sparse ? Count() : 0;
        EndLine();
        var entries = new double[rows * columns];
        if (sparse) ReadCoordinates(entries, rows, columns, count, field, symmetry);
        else ReadArray(entries, rows, columns, field, symmetry);
        SkipBlankLines();
        if (!_rest.IsEmpty) throw Error("no entries may follow the last one");
        return DataFile.FromTable(entries, rows, columns);
    }

    private (bool Sparse, string Field, string Symmetry) ReadBanner()
    {
        int end = _rest.IndexOf((byte)'\n');
        string banner = Encoding.UTF8.GetString(_rest[..Math.Min(end < 0 ? _rest.Length : end, 200)]).Trim();
        string[] words = banner.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words is not ["%%matrixmarket", "matrix", "array" or "coordinate", _, _])
            throw Error("the first line must be '%%MatrixMarket matrix', 'array' or 'coordinate', the field and the symmetry");
        if (words[3] is not ("real" or "double" or "integer" or "pattern")) throw Error($"the field must be real, integer or pattern, but it is '{words[3]}'");
        if (words[4] is not ("general" or "symmetric" or "skew-symmetric"))
            throw Error($"the symmetry must be general, symmetric or skew-symmetric, but it is '{words[4]}'");
        bool sparse = words[2] == "coordinate";
        if (!sparse && words[3] == "pattern") throw Error("the field of an array must be real or integer, but it is 'pattern'");
        Advance(end < 0 ? _rest.Length : end);
        EndLine();
        return (sparse, words[3], words[4]);
    }

    private void ReadArray(double[] entries, int rows, int columns, string field, string symmetry)
    {
        for (int j = 0; j < columns; j++)
        {
            int first = symmetry == "general" ? 0 : symmetry == "symmetric" ? j : j + 1;
            for (int i = first; i < rows; i++)
            {
                SkipBlankLines();
                Store(entries, columns, i, j, Entry(field), symmetry);
                EndLine();
            }
        }
    }

    private void ReadCoordinates(double[] entries, int rows, int columns, long count, string field, string symmetry)
    {
        for (long k = 0; k < count; k++)
        {
            SkipBlankLines();
            if (_rest.IsEmpty) throw Error($"the file claims {count} entries, but it ends after {k}");
            int i = Index("row", rows), j = Index("column", columns);
            if (symmetry != "general" && i < j) throw Error($"a {symmetry} matrix holds its lower triangle, but row {i + 1}, column {j + 1} lies above the diagonal");
            if (symmetry == "skew-symmetric" && i == j) throw Error($"the diagonal of a skew-symmetric matrix is zero, but row {i + 1} has an entry on it");
            Store(entries, columns, i, j, entries[i * columns + j] + (field == "pattern" ? 1 : Entry(field)), symmetry);
            EndLine();
        }
    }

    private static void Store(double[] entries, int columns, int i, int j, double value, string symmetry)
    {
        entries[i * columns + j] = value;
        if (symmetry != "general" && i != j) entries[j * columns + i] = symmetry == "symmetric" ? value : -value;
    }

    private double Entry(string field)
    {
        var word = Word();
        if (word.IsEmpty) throw Error("an entry is missing");
        if (field == "integer" && !NumberText.IsInteger(word)) throw Error($"{NumberText.Quote(word)} is not an integer");
        if (!NumberText.TryRead(word, out double value, out string fault)) throw Error(fault);
        return value;
    }

    private int Index(string what, int size)
    {
        var word = Word();
        if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index >= 1 && index <= size) return index - 1;
        throw Error($"the {what} must be an integer from 1 to {size}, but it is {NumberText.Quote(word)}");
    }

    private int Size(string what)
    {
        var word = Word();
        if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int size) && size >= 1) return size;
        throw Error($"the number of {what} must be an integer from 1, but it is {NumberText.Quote(word)}");
    }

    private long Count()
    {
        var word = Word();
        if (long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out long count)) return count;
        throw Error($"the number of entries must be an integer from 0, but it is {NumberText.Quote(word)}");
    }

    private ReadOnlySpan<byte> Word()
    {
        int start = _rest.IndexOfAnyExcept(" \t\r"u8);
        Advance(start < 0 ? _rest.Length : start);
        int end = _rest.IndexOfAny(" \t\r\n"u8);
        var word = end < 0 ? _rest : _rest[..end];
        Advance(word.Length);
        return word;
    }

    private void EndLine()
    {
        var extra = Word();
        if (!extra.IsEmpty) throw Error($"the line must end here, but {NumberText.Quote(extra)} follows");
        if (_rest.IsEmpty) return;
        Advance(1);
        _line++;
    }

    private void SkipBlankLines()
    {
        while (!_rest.IsEmpty)
        {
            int start = _rest.IndexOfAnyExcept(" \t\r"u8);
            if (start < 0) Advance(_rest.Length);
            else if (_rest[start] != '\n') return;
            else
            {
                Advance(start + 1);
                _line++;
            }
        }
    }

    private void SkipComments()
    {
        for (SkipBlankLines(); !_rest.IsEmpty && _rest[0] == '%'; SkipBlankLines())
        {
            int end = _rest.IndexOf((byte)'\n');
            Advance(end < 0 ? _rest.Length : end);
        }
    }

    private void Advance(int bytes) => _rest = _rest[bytes..];

    private readonly NablaException Error(string what, ErrorCode code = ErrorCode.Request) =>
        new(code, $"The file '{_name}' must be a Matrix Market file: at line {_line} {what}.");
}
