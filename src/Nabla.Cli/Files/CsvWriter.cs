using System.Globalization;
using System.Numerics;

namespace Nabla.Cli.Files;

/// <summary>Writes rows of numbers, separated by commas, that read back as the same doubles.</summary>
internal static class CsvWriter
{
    /// <summary>Writes a table of real numbers; a vector is one column.</summary>
    public static void Write(TextWriter output, ReadOnlySpan<double> entries, int columns)
    {
        for (int i = 0; i < entries.Length; i++)
        {
            output.Write(Text(entries[i]));
            output.Write((i + 1) % columns == 0 ? '\n' : ',');
        }
    }

    /// <summary>Writes a table of complex numbers, as <c>1+2i</c>.</summary>
    public static void Write(TextWriter output, ReadOnlySpan<Complex> entries, int columns)
    {
        for (int i = 0; i < entries.Length; i++)
        {
            string imaginary = Text(entries[i].Imaginary);
            output.Write($"{Text(entries[i].Real)}{(imaginary[0] == '-' ? "" : "+")}{imaginary}i");
            output.Write((i + 1) % columns == 0 ? '\n' : ',');
        }
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
