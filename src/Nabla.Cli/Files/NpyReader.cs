using Nabla.Expressions;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Cli.Files;

/// <summary>Reads .npy files: real numbers, integers and truth values, of either byte order, by rows or by columns.</summary>
internal static class NpyReader
{
    /// <summary>Reads the array that the file holds.</summary>
    /// <exception cref="NablaException">The content is malformed (<see cref="ErrorCode.Request"/>) or too large (<see cref="ErrorCode.Limit"/>).</exception>
    public static NDArray<double> Read(FileContent file)
    {
        var header = NpyHeader.Read(file);
        int size = SizeOf(file, header);
        long count = 1;
        foreach (int length in header.Shape)
        {
            count *= length;
            if (count > Limits.Entries)
                throw NpyHeader.Error(file, 10, $"the shape ({string.Join(", ", header.Shape)}) has more than the {Limits.Entries} entries of the limit", ErrorCode.Limit);
        }
        long given = file.Bytes.Length - header.Length;
        if (given != count * size)
            throw NpyHeader.Error(file, header.Length, $"the shape ({string.Join(", ", header.Shape)}) of '{header.Type}' needs {count * size} bytes, but {given} follow");
        double[] entries = Entries(file.Bytes.Span[header.Length..], header, size, (int)count);
        if (header.Shape.Length == 0) return NDArray<double>.Scalar(entries[0]);
        if (!header.ColumnMajor) return NDArray<double>.FromArray(entries, header.Shape);
        int[] reversed = [.. header.Shape.Reverse()], axes = [.. Enumerable.Range(0, header.Shape.Length).Reverse()];
        return NDArray<double>.FromArray(entries, reversed).Permute(axes).AsContiguous();
    }

    private static int SizeOf(FileContent file, NpyHeader header) => header.Type switch
    {
        "b1" or "i1" or "u1" => 1,
        "i2" or "u2" => 2,
        "f4" or "i4" or "u4" => 4,
        "f8" or "i8" or "u8" => 8,
        ['c', ..] => throw NpyHeader.Error(file, 10, $"the entries are complex ('{header.Type}'), but variables are real"),
        ['O', ..] => throw NpyHeader.Error(file, 10, "the entries are Python objects ('O'), which are never unpacked"),
        _ => throw NpyHeader.Error(file, 10,
            $"the type must be f4, f8, i1, i2, i4, i8, u1, u2, u4, u8 or b1, but it is '{(header.Type.Length > 20 ? header.Type[..20] + "..." : header.Type)}'"),
    };

    private static double[] Entries(ReadOnlySpan<byte> bytes, NpyHeader header, int size, int count)
    {
        var entries = new double[count];
        for (int i = 0; i < count; i++) entries[i] = Entry(bytes.Slice(i * size, size), header.Type, header.BigEndian);
        return entries;
    }

    private static double Entry(ReadOnlySpan<byte> bytes, string type, bool bigEndian)
    {
        ulong bits = 0;
        if (bigEndian) foreach (byte b in bytes) bits = bits << 8 | b;
        else for (int i = bytes.Length - 1; i >= 0; i--) bits = bits << 8 | bytes[i];
        return type switch
        {
            "f8" => BitConverter.UInt64BitsToDouble(bits),
            "f4" => BitConverter.UInt32BitsToSingle((uint)bits),
            "i8" => (long)bits,
            "i4" => (int)bits,
            "i2" => (short)bits,
            "i1" => (sbyte)bits,
            "b1" => bits == 0 ? 0 : 1,
            _ => bits,
        };
    }
}
