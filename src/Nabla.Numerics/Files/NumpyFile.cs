using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace Nabla.Numerics;

/// <summary>Arrays in NumPy's file formats .npy (one array) and .npz (an archive of named ones).</summary>
/// <remarks>The .npy format of NumPy, versions 1 to 3: little or big endian floats of 4 and 8 bytes, integers of 1 to 8 bytes and booleans, in C or Fortran order. Objects, which can hold programs, are refused.</remarks>
public static partial class NumpyFile
{
    private const int LargestHeader = 65_536;

    /// <summary>Reads one array.</summary>
    /// <param name="stream">A .npy file.</param>
    /// <exception cref="FormatException">The stream is not such a file, or its entries are not numbers.</exception>
    public static NDArray<double> Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        byte[] start = Bytes(stream, 8);
        if (start[0] != 0x93 || !start.AsSpan(1, 5).SequenceEqual("NUMPY"u8))
            throw new FormatException("A .npy file must begin with the bytes 93 NUMPY.");
        byte[] sizeBytes = Bytes(stream, start[6] == 1 ? 2 : 4);
        long size = start[6] == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(sizeBytes) : BinaryPrimitives.ReadUInt32LittleEndian(sizeBytes);
        if (size > LargestHeader) throw new FormatException($"The header of a .npy file must have at most {LargestHeader} bytes, but it has {size}.");
        string header = Encoding.UTF8.GetString(Bytes(stream, (int)size));
        Match type = TypePattern().Match(header), order = OrderPattern().Match(header), shapeText = ShapePattern().Match(header);
        if (!type.Success || !order.Success || !shapeText.Success) throw new FormatException($"The header of the .npy file lacks descr, fortran_order or shape: {header.Trim()}");
        int[] shape = [.. shapeText.Groups[1].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(w => int.TryParse(w, NumberStyles.None, CultureInfo.InvariantCulture, out int n) ? n : throw new FormatException($"The shape ({shapeText.Groups[1].Value}) of the .npy file cannot be read."))];
        bool fortran = order.Groups[1].Value == "True";
        double[] entries = Entries(stream, type.Groups[1].Value, Shape.Allocatable(shape));
        if (!fortran || shape.Length < 2) return new NDArray<double>(entries, shape);
        int[] reversed = [.. shape.Reverse()];
        return new NDArray<double>(entries, reversed).Transpose().Copy();
    }

    /// <summary>Writes one array of doubles, in C order.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="array">The array.</param>
    public static void Write(Stream stream, NDArray<double> array)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(array);
        string shape = string.Join(", ", array.Shape.ToArray()) + (array.Order == 1 ? "," : "");
        WriteHeader(stream, "<f8", $"({shape})");
        byte[] bytes = new byte[8 * array.Count];
        double[] entries = array.ToArray();
        for (int k = 0; k < entries.Length; k++) BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(8 * k), entries[k]);
        stream.Write(bytes);
    }

    /// <summary>Reads all arrays of an archive by their names.</summary>
    /// <param name="stream">An .npz file.</param>
    /// <exception cref="FormatException">An entry is not an array of numbers.</exception>
    /// <exception cref="InvalidDataException">The stream is not an archive.</exception>
    public static IReadOnlyDictionary<string, NDArray<double>> ReadArchive(Stream stream)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        var arrays = new Dictionary<string, NDArray<double>>();
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            using Stream content = entry.Open();
            arrays[entry.FullName.EndsWith(".npy", StringComparison.Ordinal) ? entry.FullName[..^4] : entry.FullName] = Read(content);
        }
        return arrays;
    }

    /// <summary>Writes arrays into an archive under their names.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="arrays">The arrays.</param>
    public static void WriteArchive(Stream stream, IReadOnlyDictionary<string, NDArray<double>> arrays)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach ((string name, NDArray<double> array) in arrays)
        {
            using Stream content = archive.CreateEntry(name + ".npy").Open();
            Write(content, array);
        }
    }

    /// <summary>Reads a sparse matrix as SciPy's <c>save_npz</c> writes it, in compressed rows, compressed columns or coordinate form.</summary>
    /// <param name="stream">An .npz file.</param>
    /// <exception cref="FormatException">The archive does not hold such a matrix, or its parts do not fit together.</exception>
    /// <exception cref="InvalidDataException">The stream is not an archive.</exception>
    public static SparseMatrix<double> ReadSparse(Stream stream)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        int[] shape = Indices("shape");
        if (shape.Length != 2) throw new FormatException($"A sparse matrix has two dimensions, but the file gives {shape.Length}.");
        string format = Format();
        double[] data = Part("data").ToArray();
        try
        {
            return format switch
            {
                "csr" => SparseMatrix<double>.FromCompressedRows(shape[0], shape[1], Indices("indptr"), Indices("indices"), data),
                "csc" => SparseMatrix<double>.FromCompressedColumns(shape[0], shape[1], Indices("indptr"), Indices("indices"), data),
                "coo" => Coordinates(Indices("row"), Indices("col")),
                _ => throw new FormatException($"The format of a sparse matrix must be csr, csc or coo, but it is {format}."),
            };
        }
        catch (ArgumentException failure)
        {
            throw new FormatException($"The parts of the sparse matrix do not fit together: {failure.Message}", failure);
        }

        SparseMatrix<double> Coordinates(int[] rows, int[] columns) => rows.Length == data.Length && columns.Length == data.Length
            ? SparseMatrix<double>.FromCoordinates(shape[0], shape[1], data.Select((value, k) => (rows[k], columns[k], value)))
            : throw new FormatException($"A sparse matrix needs as many rows and columns as values, but there are {rows.Length}, {columns.Length} and {data.Length}.");

        Stream Open(string name) => (archive.GetEntry(name + ".npy") ?? throw new FormatException($"The archive holds no sparse matrix: it lacks {name}.npy.")).Open();

        NDArray<double> Part(string name)
        {
            using Stream content = Open(name);
            return Read(content);
        }

        int[] Indices(string name) => [.. Part(name).ToArray().Select(value => value == Math.Floor(value) && Math.Abs(value) <= int.MaxValue
            ? (int)value
            : throw new FormatException($"The numbers in {name}.npy must be integers of 32 bits, but one is {value}."))];

        string Format()
        {
            using Stream content = Open("format");
            byte[] bytes = new byte[LargestHeader];
            int count = content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return count < 13 ? throw new FormatException("The format.npy of a sparse matrix is cut off.") : Encoding.ASCII.GetString(bytes, count - 3, 3);
        }
    }

    /// <summary>Writes a sparse matrix in compressed rows, as SciPy's <c>load_npz</c> reads it.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="matrix">The matrix.</param>
    public static void WriteSparse(Stream stream, SparseMatrix<double> matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        Add("indices", "<i4", $"({matrix.StoredCount},)", Bytes(matrix.ColumnIndices));
        Add("indptr", "<i4", $"({matrix.Rows + 1},)", Bytes(matrix.RowStarts));
        Add("format", "|S3", "()", "csr"u8.ToArray());
        Add("shape", "<i4", "(2,)", Bytes([matrix.Rows, matrix.Columns]));
        using Stream data = archive.CreateEntry("data.npy").Open();
        Write(data, NDArray<double>.FromSpan(matrix.Values));

        void Add(string name, string type, string shape, byte[] entries)
        {
            using Stream content = archive.CreateEntry(name + ".npy").Open();
            WriteHeader(content, type, shape);
            content.Write(entries);
        }

        static byte[] Bytes(ReadOnlySpan<int> numbers)
        {
            byte[] bytes = new byte[4 * numbers.Length];
            for (int k = 0; k < numbers.Length; k++) BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4 * k), numbers[k]);
            return bytes;
        }
    }

    private static void WriteHeader(Stream stream, string type, string shape)
    {
        string header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': {shape}, }}";
        header = header.PadRight((header.Length + 11 + 63) / 64 * 64 - 11) + "\n";
        stream.Write([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0, (byte)header.Length, (byte)(header.Length >> 8)]);
        stream.Write(Encoding.ASCII.GetBytes(header));
    }

    private static double[] Entries(Stream stream, string type, int count)
    {
        int width = type.Length == 3 && char.IsAsciiDigit(type[2]) ? type[2] - '0' : 0;
        bool big = type.StartsWith('>');
        Func<byte[], double> read = type.Length == 3 ? (type[1], width) switch
        {
            ('f', 8) => b => BinaryPrimitives.ReadDoubleLittleEndian(b),
            ('f', 4) => b => BinaryPrimitives.ReadSingleLittleEndian(b),
            ('f', 2) => b => (double)BinaryPrimitives.ReadHalfLittleEndian(b),
            ('i', 8) => b => BinaryPrimitives.ReadInt64LittleEndian(b),
            ('i', 4) => b => BinaryPrimitives.ReadInt32LittleEndian(b),
            ('i', 2) => b => BinaryPrimitives.ReadInt16LittleEndian(b),
            ('i', 1) => b => (sbyte)b[0],
            ('u', 8) => b => BinaryPrimitives.ReadUInt64LittleEndian(b),
            ('u', 4) => b => BinaryPrimitives.ReadUInt32LittleEndian(b),
            ('u', 2) => b => BinaryPrimitives.ReadUInt16LittleEndian(b),
            ('u', 1) or ('b', 1) => b => b[0],
            _ => throw Unreadable(),
        } : throw Unreadable();
        if (stream.CanSeek && stream.Length - stream.Position < (long)count * width)
            throw new FormatException($"The .npy file must hold {count} entries of {width} bytes, but only {stream.Length - stream.Position} bytes are left.");
        double[] entries = new double[count];
        byte[] entry = new byte[width];
        using var buffered = new BufferedStream(stream, 1 << 16);
        for (int k = 0; k < count; k++)
        {
            if (buffered.ReadAtLeast(entry, width, throwOnEndOfStream: false) < width) throw new FormatException($"The .npy file ends after {k} of {count} entries.");
            if (big) Array.Reverse(entry);
            entries[k] = read(entry);
        }
        return entries;

        FormatException Unreadable() => new($"The entries of a .npy file must be real numbers, but their type is {type}.");
    }

    private static byte[] Bytes(Stream stream, int count)
    {
        byte[] bytes = new byte[count];
        if (stream.ReadAtLeast(bytes, count, throwOnEndOfStream: false) < count) throw new FormatException("The .npy file ends within its header.");
        return bytes;
    }

    [GeneratedRegex("'descr'\\s*:\\s*'([^']*)'")]
    private static partial Regex TypePattern();

    [GeneratedRegex("'fortran_order'\\s*:\\s*(True|False)")]
    private static partial Regex OrderPattern();

    [GeneratedRegex("'shape'\\s*:\\s*\\(([^)]*)\\)")]
    private static partial Regex ShapePattern();
}
