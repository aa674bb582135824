using System.Globalization;
using System.Text;

namespace Nabla.Numerics;

public sealed partial class NDArray<T>
{
    private const int EdgeItems = 3;
    private const int LargestWhole = 1000;

    /// <summary>The entries in nested brackets, aligned, with 6 significant digits; large arrays are abbreviated.</summary>
    public override string ToString() => ToString(null, null);

    /// <summary>The entries in nested brackets, aligned, in the given number format; "R" writes every entry so that it reads back exactly, and abbreviates nothing.</summary>
    /// <param name="format">A standard numeric format; null for 6 significant digits.</param>
    /// <param name="formatProvider">The culture; null for the invariant one.</param>
    public string ToString(string? format, IFormatProvider? formatProvider)
    {
        string numberFormat = string.IsNullOrEmpty(format) || format == "G" ? "G6" : format;
        bool whole = numberFormat == "R" || Count <= LargestWhole;
        IFormatProvider culture = formatProvider ?? CultureInfo.InvariantCulture;
        if (Order == 0) return data[offset].ToString(numberFormat, culture);
        int last = shape[^1];
        int[] shownLast = Shown(last, whole);
        int[] widths = new int[shownLast.Length];
        var cells = new List<string[]>();
        Collect(0, offset);
        var text = new StringBuilder();
        int next = 0;
        Write(0);
        return text.ToString();

        void Collect(int axis, int position)
        {
            if (axis == Order - 1)
            {
                string[] line = new string[shownLast.Length];
                for (int k = 0; k < shownLast.Length; k++)
                {
                    line[k] = shownLast[k] < 0 ? "..." : data[position + shownLast[k] * strides[axis]].ToString(numberFormat, culture);
                    widths[k] = Math.Max(widths[k], line[k].Length);
                }
                cells.Add(line);
                return;
            }
            foreach (int k in Shown(shape[axis], whole))
                if (k >= 0) Collect(axis + 1, position + k * strides[axis]);
        }

        void Write(int axis)
        {
            text.Append('[');
            if (axis == Order - 1)
            {
                string[] line = cells[next++];
                for (int k = 0; k < line.Length; k++) text.Append(k > 0 ? ", " : "").Append(Order > 1 ? line[k].PadLeft(widths[k]) : line[k]);
            }
            else
            {
                bool first = true;
                foreach (int k in Shown(shape[axis], whole))
                {
                    if (!first) text.Append(',').Append('\n', axis == Order - 2 ? 1 : 2).Append(' ', axis + 1);
                    first = false;
                    if (k < 0) text.Append("...");
                    else Write(axis + 1);
                }
            }
            text.Append(']');
        }
    }

    private static int[] Shown(int size, bool whole)
    {
        if (whole || size <= 2 * EdgeItems + 1) return [.. Enumerable.Range(0, size)];
        return [.. Enumerable.Range(0, EdgeItems), -1, .. Enumerable.Range(size - EdgeItems, EdgeItems)];
    }
}
