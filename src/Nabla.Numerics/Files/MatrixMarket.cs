using System.Globalization;

namespace Nabla.Numerics;

/// <summary>Matrices as Matrix Market text (.mtx): coordinate or array form; real, integer or pattern entries; general, symmetric or skew-symmetric.</summary>
/// <remarks>
/// Entries of a coordinate matrix that stand twice are added. Of a symmetric or skew-symmetric matrix the text holds the lower triangle.
/// Boisvert, Pozo and Remington (1996), The Matrix Market exchange formats, NISTIR 5935.
/// </remarks>
public static class MatrixMarket
{
    /// <summary>Reads a matrix and stores the entries that the text holds; of an array those that are not zero.</summary>
    /// <param name="reader">The text, to its end.</param>
    /// <param name="limits">What the text may claim; <see cref="FileLimits.Default"/> where it is null. Rows and columns of a coordinate matrix keep the limit of entries too.</param>
    /// <exception cref="FileFormatException">The text is not a real matrix in this format, or exceeds the limits; the message names the line.</exception>
    public static SparseMatrix<double> Read(TextReader reader, FileLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var text = new MatrixMarketReader(reader, limits ?? FileLimits.Default, isDense: false);
        List<(int, int, double)> entries = [];
        while (text.TryRead(out int i, out int j, out double value))
        {
            if (!text.IsCoordinate && value == 0) continue;
            entries.Add((i, j, value));
            if (text.Mirror != 0 && i != j) entries.Add((j, i, text.Mirror * value));
        }
        return SparseMatrix<double>.FromCoordinates(text.Rows, text.Columns, entries);
    }

    /// <summary>Reads a matrix and stores all of its entries.</summary>
    /// <param name="reader">The text, to its end.</param>
    /// <param name="limits">What the text may claim; <see cref="FileLimits.Default"/> where it is null.</param>
    /// <exception cref="FileFormatException">The text is not a real matrix in this format, or exceeds the limits; the message names the line.</exception>
    public static NDArray<double> ReadDense(TextReader reader, FileLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var text = new MatrixMarketReader(reader, limits ?? FileLimits.Default, isDense: true);
        int columns = text.Columns;
        double[] entries = new double[text.Rows * columns];
        while (text.TryRead(out int i, out int j, out double value))
        {
            ref double entry = ref entries[i * columns + j];
            // The sum 0 + -0 would lose the sign of an entry that stands once.
            entry = entry == 0 ? value : entry + value;
            if (text.Mirror != 0) entries[j * columns + i] = i == j ? entry : text.Mirror * entry;
        }
        return new NDArray<double>(entries, [text.Rows, columns]);
    }

    /// <summary>Writes a matrix in general coordinate form; the entries read back exactly.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="A">A matrix.</param>
    public static void Write(TextWriter writer, SparseMatrix<double> A)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(A);
        writer.Write("%%MatrixMarket matrix coordinate real general\n");
        writer.Write(string.Create(CultureInfo.InvariantCulture, $"{A.Rows} {A.Columns} {A.StoredCount}\n"));
        foreach ((int i, int j, double value) in A.Entries()) writer.Write(string.Create(CultureInfo.InvariantCulture, $"{i + 1} {j + 1} {value:R}\n"));
    }
}
