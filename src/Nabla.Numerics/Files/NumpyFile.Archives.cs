using System.IO.Compression;
using System.Numerics;

namespace Nabla.Numerics;

public static partial class NumpyFile
{
    /// <summary>Reads all arrays of an archive by their names.</summary>
    /// <param name="stream">An .npz file.</param>
    /// <param name="limits">What the file may claim; <see cref="FileLimits.Default"/> where it is null. The entries of all arrays count together.</param>
    /// <exception cref="FileFormatException">A member is damaged, is not an array of real numbers or stands twice, or the arrays exceed the limits.</exception>
    /// <exception cref="InvalidDataException">The stream is not an archive.</exception>
    public static IReadOnlyDictionary<string, NDArray<double>> ReadArchive(Stream stream, FileLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var archive = new NumpyArchive(stream, limits ?? FileLimits.Default);
        return archive.ReadAll();
    }

    /// <summary>Writes arrays into an archive under their names.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="arrays">The arrays.</param>
    /// <exception cref="ShapeException">An array has more than 64 axes.</exception>
    public static void WriteArchive(Stream stream, IReadOnlyDictionary<string, NDArray<double>> arrays)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(arrays);
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach ((string name, NDArray<double> array) in arrays)
        {
            using Stream content = NewMember(archive, name);
            Write(content, array);
        }
    }

    /// <summary>Reads a sparse matrix as SciPy's <c>save_npz</c> writes it, in compressed rows, compressed columns or coordinate form.</summary>
    /// <param name="stream">An .npz file.</param>
    /// <param name="limits">What the file may claim; <see cref="FileLimits.Default"/> where it is null. Rows, columns, and the indices and values together count as entries.</param>
    /// <exception cref="FileFormatException">The archive does not hold such a matrix, its parts do not fit together, or they exceed the limits.</exception>
    /// <exception cref="InvalidDataException">The stream is not an archive.</exception>
    public static SparseMatrix<double> ReadSparse(Stream stream, FileLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        limits ??= FileLimits.Default;
        using var archive = new NumpyArchive(stream, limits);
        int[] shape = archive.ReadIntegers("shape");
        if (shape.Length != 2) throw NumpyArchive.Error($"a sparse matrix has two dimensions, but 'shape.npy' gives {shape.Length}");
        (int rows, int columns) = (shape[0], shape[1]);
        if (Math.Min(rows, columns) < limits.LeastSize) throw NumpyArchive.Error($"sizes are integers from {limits.LeastSize}, but 'shape.npy' gives {rows} x {columns}");
        if (Math.Max(rows, columns) > limits.MostEntries)
            throw NumpyArchive.Error($"a sparse matrix must have at most {limits.MostEntries} rows and columns, but 'shape.npy' gives {rows} x {columns}", exceedsLimit: true);
        string format = archive.ReadName("format");
        if (format is not ("csr" or "csc" or "coo")) throw NumpyArchive.Error($"the format of a sparse matrix must be csr, csc or coo, but 'format.npy' gives '{format}'");
        double[] values = archive.ReadVector("data");
        try
        {
            return format switch
            {
                "csr" => SparseMatrix<double>.FromCompressedRows(rows, columns, archive.ReadIntegers("indptr"), archive.ReadIntegers("indices"), values),
                "csc" => SparseMatrix<double>.FromCompressedColumns(rows, columns, archive.ReadIntegers("indptr"), archive.ReadIntegers("indices"), values),
                _ => FromCoordinates(archive.ReadIntegers("row"), archive.ReadIntegers("col")),
            };
        }
        catch (ArgumentException failure)
        {
            throw NumpyArchive.Error($"the parts of the sparse matrix do not fit together: {failure.Message.TrimEnd('.')}", inner: failure);
        }

        SparseMatrix<double> FromCoordinates(int[] i, int[] j) => i.Length == values.Length && j.Length == values.Length
            ? SparseMatrix<double>.FromCoordinates(rows, columns, values.Select((value, k) => (i[k], j[k], value)))
            : throw NumpyArchive.Error($"a sparse matrix needs as many rows and columns as values, but there are {i.Length}, {j.Length} and {values.Length}");
    }

    /// <summary>Writes a sparse matrix in compressed rows, as SciPy's <c>load_npz</c> reads it.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="matrix">The matrix.</param>
    public static void WriteSparse(Stream stream, SparseMatrix<double> matrix)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(matrix);
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        Add("indices", "<i4", [matrix.StoredCount], matrix.ColumnIndices);
        Add("indptr", "<i4", [matrix.Rows + 1], matrix.RowStarts);
        Add("format", "|S3", [], "csr"u8);
        Add<int>("shape", "<i4", [2], [matrix.Rows, matrix.Columns]);
        Add("data", "<f8", [matrix.StoredCount], matrix.Values);

        void Add<T>(string name, string type, ReadOnlySpan<int> shape, ReadOnlySpan<T> entries)
            where T : unmanaged, INumberBase<T>
        {
            using Stream content = NewMember(archive, name);
            NumpyHeader.Write(content, type, shape);
            NumpyEntries.Write(content, entries);
        }
    }

    private static Stream NewMember(ZipArchive archive, string name) => archive.CreateEntry(name + ".npy").Open();
}
