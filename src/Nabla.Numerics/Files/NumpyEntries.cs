using System.Buffers.Binary;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nabla.Numerics;

/// <summary>The entries of a .npy file, read and written in blocks of bytes.</summary>
internal static class NumpyEntries
{
    private const int BlockBytes = 1 << 16;

    /// <summary>Reads the entries that follow a header, to the end of the stream.</summary>
    /// <exception cref="FileFormatException">The entries are not real numbers, are more than the limit, or there are other than as many bytes as they take.</exception>
    internal static double[] Read(Stream stream, NumpyHeader header, FileLimits limits)
    {
        int size = SizeOf(header), count = (int)header.Count(limits);
        long needed = (long)count * size;
        bool isLengthKnown = stream.CanSeek;
        if (isLengthKnown && stream.Length - stream.Position != needed) throw Misfit($"{stream.Length - stream.Position}");
        byte[] buffer = new byte[(int)Math.Min(needed, BlockBytes)];
        // A compressed or endless stream may hold less than it claims, so memory for it grows with what has come.
        double[] entries = LargePages.Uninitialised<double>(isLengthKnown ? count : Math.Min(count, BlockBytes));
        for (int done = 0; done < count;)
        {
            Span<byte> block = buffer.AsSpan(0, (int)Math.Min(needed - (long)done * size, buffer.Length));
            int got = stream.ReadAtLeast(block, block.Length, throwOnEndOfStream: false);
            if (got < block.Length) throw Misfit($"{(long)done * size + got}");
            if (header.IsBigEndian == BitConverter.IsLittleEndian) ReverseBytes(block, size);
            int filled = done + block.Length / size;
            if (filled > entries.Length) Array.Resize(ref entries, (int)Math.Min(count, 2L * entries.Length));
            Decode(block, header.Type, entries.AsSpan(done, filled - done));
            done = filled;
        }
        if (stream.ReadByte() >= 0) throw Misfit("more");
        return entries;

        FileFormatException Misfit(string follows) =>
            NumpyHeader.Error(header.Length, $"the shape ({header.ShapeText}) of '{header.Type}' needs {needed} bytes, but {follows} follow");
    }

    /// <summary>Writes numbers, little-endian, as they lie in memory.</summary>
    internal static void Write<T>(Stream stream, ReadOnlySpan<T> numbers)
        where T : unmanaged, INumberBase<T>
    {
        int size = Unsafe.SizeOf<T>();
        byte[] buffer = new byte[(int)Math.Min((long)numbers.Length * size, BlockBytes)];
        while (!numbers.IsEmpty)
        {
            int count = Math.Min(numbers.Length, buffer.Length / size);
            Span<byte> block = buffer.AsSpan(0, count * size);
            MemoryMarshal.AsBytes(numbers[..count]).CopyTo(block);
            if (!BitConverter.IsLittleEndian) ReverseBytes(block, size);
            stream.Write(block);
            numbers = numbers[count..];
        }
    }

    private static int SizeOf(NumpyHeader header) => header.Type switch
    {
        "b1" or "i1" or "u1" => 1,
        "f2" or "i2" or "u2" => 2,
        "f4" or "i4" or "u4" => 4,
        "f8" or "i8" or "u8" => 8,
        ['c', ..] => throw NumpyHeader.Error(10, $"the entries must be real numbers, but they are complex ('{FileFormatException.Shortened(header.Type)}')"),
        ['O', ..] => throw NumpyHeader.Error(10, "the entries are Python objects ('O'), which are never unpacked"),
        _ => throw NumpyHeader.Error(10, $"the type must be f2, f4, f8, i1, i2, i4, i8, u1, u2, u4, u8 or b1, but it is '{FileFormatException.Shortened(header.Type)}'"),
    };

    private static void Decode(ReadOnlySpan<byte> block, string type, Span<double> entries)
    {
        switch (type)
        {
            case "f8": Convert<double>(block, entries); break;
            case "f4": Convert<float>(block, entries); break;
            case "f2": Convert<Half>(block, entries); break;
            case "i8": Convert<long>(block, entries); break;
            case "i4": Convert<int>(block, entries); break;
            case "i2": Convert<short>(block, entries); break;
            case "i1": Convert<sbyte>(block, entries); break;
            case "u8": Convert<ulong>(block, entries); break;
            case "u4": Convert<uint>(block, entries); break;
            case "u2": Convert<ushort>(block, entries); break;
            case "u1": Convert<byte>(block, entries); break;
            default:
                for (int k = 0; k < block.Length; k++) entries[k] = block[k] == 0 ? 0 : 1;
                break;
        }
    }

    private static void Convert<T>(ReadOnlySpan<byte> block, Span<double> entries)
        where T : unmanaged, INumberBase<T> => TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, T>(block), entries);

    private static void ReverseBytes(Span<byte> block, int size)
    {
        Span<ushort> words = MemoryMarshal.Cast<byte, ushort>(block);
        Span<uint> doubleWords = MemoryMarshal.Cast<byte, uint>(block);
        Span<ulong> quadWords = MemoryMarshal.Cast<byte, ulong>(block);
        if (size == 2) BinaryPrimitives.ReverseEndianness(words, words);
        else if (size == 4) BinaryPrimitives.ReverseEndianness(doubleWords, doubleWords);
        else if (size == 8) BinaryPrimitives.ReverseEndianness(quadWords, quadWords);
    }
}
