using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using Nabla.Numerics;

namespace Nabla.Cli.Files;

/// <summary>Writes .npy files of version 1: little-endian doubles or pairs of them, row by row.</summary>
internal static class NpyWriter
{
    /// <summary>Writes an array of real numbers.</summary>
    public static void Write(Stream output, NDArray<double> array)
    {
        WriteHeader(output, "<f8", array.Shape);
        WriteEntries(output, array.AsContiguous().AsSpan());
    }

    /// <summary>Writes complex numbers, row by row.</summary>
    public static void Write(Stream output, ReadOnlySpan<Complex> entries, ReadOnlySpan<int> shape)
    {
        WriteHeader(output, "<c16", shape);
        foreach (var entry in entries) WriteEntries(output, [entry.Real, entry.Imaginary]);
    }

    // The header ends in a newline and is padded so that the entries begin at a multiple of 64 bytes.
    private static void WriteHeader(Stream output, string type, ReadOnlySpan<int> shape)
    {
        var sizes = new StringBuilder();
        foreach (int size in shape) sizes.Append(size).Append(", ");
        if (shape.Length > 1) sizes.Length -= 2;
        else if (shape.Length == 1) sizes.Length -= 1;
        string header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({sizes}), }}";
        int length = (10 + header.Length + 1 + 63) / 64 * 64 - 10;
        Span<byte> start = [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0, 0, 0];
        BinaryPrimitives.WriteUInt16LittleEndian(start[8..], (ushort)length);
        output.Write(start);
        output.Write(Encoding.ASCII.GetBytes(header.PadRight(length - 1) + "\n"));
    }

    private static void WriteEntries(Stream output, ReadOnlySpan<double> entries)
    {
        Span<byte> buffer = stackalloc byte[4096];
        while (!entries.IsEmpty)
        {
            int count = Math.Min(entries.Length, buffer.Length / sizeof(double));
            for (int i = 0; i < count; i++) BinaryPrimitives.WriteDoubleLittleEndian(buffer[(i * sizeof(double))..], entries[i]);
            output.Write(buffer[..(count * sizeof(double))]);
            entries = entries[count..];
        }
    }
}
