using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Nabla.Numerics;

/// <summary>The header of a .npy file: the type of the entries, their order and the shape.</summary>
/// <param name="Type">The kind and size of an entry, such as <c>f8</c>, without the byte order.</param>
/// <param name="IsBigEndian">Whether the most significant byte comes first.</param>
/// <param name="IsColumnMajor">Whether the first index runs fastest (Fortran order).</param>
/// <param name="Shape">The dimensions.</param>
/// <param name="Length">The bytes before the entries.</param>
/// <remarks>The format of NumPy, versions 1 to 3: a magic text, a version, the length of a header, and the header as a dictionary in Python's notation.</remarks>
internal sealed record NumpyHeader(string Type, bool IsBigEndian, bool IsColumnMajor, int[] Shape, int Length)
{
    private const int MostBytes = 1 << 16;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>The dimensions between commas.</summary>
    internal string ShapeText => string.Join(", ", Shape);

    /// <summary>The error for a fault at a byte, counted from 0.</summary>
    internal static FileFormatException Error(long position, string what, bool exceedsLimit = false) =>
        new("a .npy file", $"at byte {position} {what}", exceedsLimit);

    /// <summary>Reads the header at the beginning of a file.</summary>
    /// <exception cref="FileFormatException">The header is malformed.</exception>
    internal static NumpyHeader Read(Stream stream, FileLimits limits)
    {
        byte[] bytes = ReadUpTo(stream, 10);
        if (!bytes.AsSpan().StartsWith(Magic)) throw Error(0, "the file must begin with the magic text \\x93NUMPY");
        if (bytes.Length < 10) throw Error(bytes.Length, "the file ends within its first 10 bytes");
        int version = bytes[6];
        if (version is < 1 or > 3) throw Error(6, $"the version must be 1, 2 or 3, but it is {version}");
        int start = version == 1 ? 10 : 12;
        bytes = [.. bytes, .. ReadUpTo(stream, start - 10)];
        if (bytes.Length < start) throw Error(bytes.Length, "the file ends within the length of its header");
        long length = version == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(8)) : BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(8));
        if (length > MostBytes) throw Error(8, $"the header must have at most {MostBytes} bytes, but it claims {length}");
        byte[] text = ReadUpTo(stream, (int)length);
        if (text.Length < length) throw Error(8, $"the header claims {length} bytes, but {text.Length} follow");
        return Parse(Encoding.Latin1.GetString(text), start, limits);
    }

    /// <summary>Writes a header of version 1, which ends in a newline and is padded so that the entries begin at a multiple of 64 bytes.</summary>
    /// <exception cref="ShapeException">There are more axes than a file may have.</exception>
    internal static void Write(Stream stream, string type, ReadOnlySpan<int> shape)
    {
        if (shape.Length > FileLimits.Default.Axes)
            throw new ShapeException($"An array in a .npy file has at most {FileLimits.Default.Axes} axes, but this one has {shape.Length}.");
        string sizes = string.Join(", ", shape.ToArray()) + (shape.Length == 1 ? "," : "");
        string header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({sizes}), }}";
        int length = (10 + header.Length + 1 + 63) / 64 * 64 - 10;
        stream.Write([.. Magic, 1, 0, (byte)length, (byte)(length >> 8)]);
        stream.Write(Encoding.ASCII.GetBytes(header.PadRight(length - 1) + "\n"));
    }

    /// <summary>The number of entries.</summary>
    /// <exception cref="FileFormatException">It exceeds the limit.</exception>
    internal long Count(FileLimits limits)
    {
        if (Shape.Contains(0)) return 0;
        long count = 1;
        foreach (int size in Shape)
        {
            count *= size;
            if (count > limits.MostEntries) throw Error(10, $"the shape ({ShapeText}) has more than the {limits.MostEntries} entries of the limit", exceedsLimit: true);
        }
        return count;
    }

    private static byte[] ReadUpTo(Stream stream, int count)
    {
        byte[] bytes = new byte[count];
        int read = stream.ReadAtLeast(bytes, count, throwOnEndOfStream: false);
        return read == count ? bytes : bytes[..read];
    }

    private static NumpyHeader Parse(string text, int start, FileLimits limits)
    {
        int at = 0;
        string? type = null;
        bool? isColumnMajor = null;
        int[]? shape = null;
        Expect('{');
        while (!TryTake('}'))
        {
            string key = Quoted();
            Expect(':');
            switch (key)
            {
                case "descr" when type is null: type = Descriptor(); break;
                case "fortran_order" when isColumnMajor is null: isColumnMajor = Truth(); break;
                case "shape" when shape is null: shape = Sizes(); break;
                default: throw Fault($"the key '{FileFormatException.Shortened(key)}' must be one of 'descr', 'fortran_order', 'shape', each once");
            }
            if (!TryTake(',') && Next() != '}') throw Fault("',' or '}' must follow");
        }
        if (Next() != '\0' || at < text.Length) throw Fault("only blanks may follow '}'");
        if (type is null || isColumnMajor is null || shape is null) throw Fault("the header must have the keys 'descr', 'fortran_order', 'shape'");
        return new(type[1..], type[0] == '>' || (type[0] == '=' && !BitConverter.IsLittleEndian), isColumnMajor.Value, shape, start + text.Length);

        FileFormatException Fault(string what) => Error(start + at, what);

        char Next()
        {
            while (at < text.Length && text[at] is ' ' or '\n' or '\t' or '\r') at++;
            return at < text.Length ? text[at] : '\0';
        }

        bool TryTake(char sign)
        {
            if (Next() != sign || at == text.Length) return false;
            at++;
            return true;
        }

        void Expect(char sign)
        {
            if (!TryTake(sign)) throw Fault($"'{sign}' must stand here");
        }

        string Quoted()
        {
            char quote = Next();
            int end = quote is '\'' or '"' ? text.IndexOf(quote, at + 1) : -1;
            if (end < 0) throw Fault("a text in quotes must stand here");
            string value = text[(at + 1)..end];
            at = end + 1;
            return value;
        }

        string Descriptor()
        {
            if (Next() == '[') throw Fault("entries with named fields cannot be read; the type must be a number");
            string descriptor = Quoted();
            if (descriptor.Length > 1 && descriptor[0] is '<' or '>' or '|' or '=') return descriptor;
            throw Fault($"the type must be a byte order and a kind, such as '<f8', but it is '{FileFormatException.Shortened(descriptor)}'");
        }

        bool Truth()
        {
            foreach (var (word, value) in new[] { ("True", true), ("False", false) })
                if (Next() == word[0] && string.CompareOrdinal(text, at, word, 0, word.Length) == 0)
                {
                    at += word.Length;
                    return value;
                }
            throw Fault("True or False must stand here");
        }

        int[] Sizes()
        {
            List<int> sizes = [];
            Expect('(');
            while (!TryTake(')'))
            {
                sizes.Add(Size());
                if (sizes.Count > limits.Axes) throw Fault($"an array must have at most {limits.Axes} axes");
                if (!TryTake(',') && Next() != ')') throw Fault("',' or ')' must follow");
            }
            return [.. sizes];
        }

        int Size()
        {
            Next();
            int end = at;
            while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
            if (end == at) throw Fault("a size must stand here");
            if (!int.TryParse(text.AsSpan(at, end - at), NumberStyles.None, CultureInfo.InvariantCulture, out int size))
                throw Fault($"the size {FileFormatException.Shortened(text[at..end])} is beyond what an axis can have");
            if (size < limits.LeastSize) throw Fault($"sizes are integers from {limits.LeastSize}");
            at = end;
            return size;
        }
    }
}
