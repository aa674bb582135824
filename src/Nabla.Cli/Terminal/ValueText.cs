using System.Globalization;
using System.Numerics;
using System.Text;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Cli.Terminal;

/// <summary>Values as people read them: a scalar in full, a column as <c>[1, 2]'</c>, a row as <c>[1, 2]</c>, a matrix in aligned columns.</summary>
/// <remarks>Entries of arrays have 6 significant digits; large arrays show their corners. The other formats are exact.</remarks>
internal static class ValueText
{
    private const int MostEntries = 1000;
    private const int Edge = 3;

    /// <summary>The text of a value; that of a matrix has several lines.</summary>
    public static string Of(Value value) => value.Kind switch
    {
        Kind.Scalar => Scalar(value[0]),
        Kind.Matrix => Matrix(value.Rows, value.Columns, k => Entry(value[k])),
        Kind.Column => Vector(value.Count, k => Entry(value[k])) + "'",
        _ => Vector(value.Count, k => Entry(value[k])),
    };

    /// <summary>The text of an array; a tensor is shown slice by slice over its leading axes.</summary>
    public static string Of(NDArray<double> array)
    {
        double[] entries = array.ToArray();
        if (array.Order == 0) return Scalar(entries[0]);
        if (array.Order == 1) return Vector(entries.Length, k => Entry(entries[k]));
        int rows = array.Shape[^2], columns = array.Shape[^1], size = rows * columns;
        if (array.Order == 2) return Matrix(rows, columns, k => Entry(entries[k]));
        var text = new StringBuilder();
        int slices = entries.Length / size;
        for (int slice = 0; slice < slices; slice++)
        {
            if (slices > 2 * Edge && entries.Length > MostEntries && slice == Edge)
            {
                text.Append(CultureInfo.InvariantCulture, $"… {slices - 2 * Edge} more slices\n");
                slice = slices - Edge;
            }
            int start = slice * size;
            text.Append(CultureInfo.InvariantCulture, $"[{Index(slice, array.Shape[..^2])}, :, :]\n").Append(Matrix(rows, columns, k => Entry(entries[start + k]))).Append('\n');
        }
        return text.ToString(0, text.Length - 1);
    }

    private static string Index(int slice, ReadOnlySpan<int> axes)
    {
        var index = new int[axes.Length];
        for (int axis = axes.Length - 1; axis >= 0; axis--) (slice, index[axis]) = (slice / axes[axis], slice % axes[axis] + 1);
        return string.Join(", ", index);
    }

    private static string Vector(int count, Func<int, string> entry) => $"[{string.Join(", ", Shown(count, count).Select(k => k < 0 ? "…" : entry(k)))}]";

    private static string Matrix(int rows, int columns, Func<int, string> entry)
    {
        int[] across = [.. Shown(columns, (long)rows * columns)], down = [.. Shown(rows, (long)rows * columns)];
        string[][] cells = [.. down.Select(i => across.Select(j => i < 0 || j < 0 ? "…" : entry(i * columns + j)).ToArray())];
        int[] widths = [.. across.Select((_, j) => cells.Max(row => row[j].Length))];
        return string.Join('\n', cells.Select(row => "  " + string.Join("  ", row.Select((cell, j) => cell.PadLeft(widths[j])))));
    }

    // The indices that are shown; -1 stands for those left out.
    private static IEnumerable<int> Shown(int count, long entries) => entries <= MostEntries || count <= 2 * Edge + 1
        ? Enumerable.Range(0, count)
        : [.. Enumerable.Range(0, Edge), -1, .. Enumerable.Range(count - Edge, Edge)];

    private static string Scalar(Complex z) => Text(z, "R");

    private static string Entry(Complex z) => Text(z, "G6");

    private static string Text(Complex z, string format)
    {
        string real = Number(z.Real, format);
        if (z.Imaginary == 0) return real;
        string imaginary = Number(z.Imaginary, format);
        return $"{real}{(imaginary[0] == '-' ? "" : "+")}{imaginary}i";
    }

    private static string Number(double x, string format) => x.ToString(format, CultureInfo.InvariantCulture).Replace("E+", "e", StringComparison.Ordinal).Replace("E-", "e-", StringComparison.Ordinal);
}
