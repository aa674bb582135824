using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Nabla.Expressions;
using Nabla.Expressions.Notation;

namespace Nabla.Cli.Files;

/// <summary>The header of a .npy file: the type of the entries, their order and the shape.</summary>
/// <param name="Type">The kind and size of an entry, such as <c>f8</c>, without the byte order.</param>
/// <param name="BigEndian">Whether the most significant byte comes first.</param>
/// <param name="ColumnMajor">Whether the first index runs fastest (Fortran order).</param>
/// <param name="Shape">The dimensions.</param>
/// <param name="Length">The bytes before the entries.</param>
/// <remarks>The format of NumPy, versions 1 to 3: a magic text, a version, the length of a header, and the header as a dictionary in Python's notation.</remarks>
internal sealed record NpyHeader(string Type, bool BigEndian, bool ColumnMajor, int[] Shape, int Length)
{
    private const int MostBytes = 1 << 16;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads the header at the beginning of a file.</summary>
    /// <exception cref="NablaException">The header is malformed (<see cref="ErrorCode.Request"/>).</exception>
    public static NpyHeader Read(FileContent file)
    {
        var bytes = file.Bytes.Span;
        if (!bytes.StartsWith(Magic)) throw Error(file, 0, "the file must begin with the magic text \\x93NUMPY");
        if (bytes.Length < 10) throw Error(file, bytes.Length, "the file ends within its first 10 bytes");
        int version = bytes[6];
        if (version is < 1 or > 3) throw Error(file, 6, $"the version must be 1, 2 or 3, but it is {version}");
        int start = version == 1 ? 10 : 12;
        if (bytes.Length < start) throw Error(file, bytes.Length, "the file ends within the length of its header");
        long length = version == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]) : BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        if (length > MostBytes) throw Error(file, 8, $"the header must have at most {MostBytes} bytes, but it claims {length}");
        if (length > bytes.Length - start) throw Error(file, 8, $"the header claims {length} bytes, but {bytes.Length - start} follow");
        return Parse(file, start, (int)length);
    }

    private static NpyHeader Parse(FileContent file, int start, int length)
    {
        string text = Encoding.Latin1.GetString(file.Bytes.Span.Slice(start, length));
        int at = 0;
        string? type = null;
        bool? columnMajor = null;
        int[]? shape = null;
        Expect('{');
        while (!TryTake('}'))
        {
            string key = Quoted();
            Expect(':');
            switch (key)
            {
                case "descr" when type is null: type = Descriptor(); break;
                case "fortran_order" when columnMajor is null: columnMajor = Truth(); break;
                case "shape" when shape is null: shape = Sizes(); break;
                default: throw Fault($"the key '{Shortened(key)}' must be one of 'descr', 'fortran_order', 'shape', each once");
            }
            if (!TryTake(',') && Next() != '}') throw Fault("',' or '}' must follow");
        }
        if (Next() != '\0') throw Fault("only blanks may follow '}'");
        if (type is null || columnMajor is null || shape is null) throw Fault("the header must have the keys 'descr', 'fortran_order', 'shape'");
        return new(type[1..], type[0] == '>', columnMajor.Value, shape, start + length);

        NablaException Fault(string what) => Error(file, start + at, what);

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
            throw Fault($"the type must be a byte order and a kind, such as '<f8', but it is '{Shortened(descriptor)}'");
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
            var sizes = new List<int>();
            Expect('(');
            while (!TryTake(')'))
            {
                sizes.Add(Size());
                if (sizes.Count > Limits.TensorOrder) throw Fault($"an array must have at most {Limits.TensorOrder} axes");
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
                throw Fault($"the size {Shortened(text[at..end])} is beyond what an axis can have");
            if (size == 0) throw Fault("sizes are integers from 1");
            at = end;
            return size;
        }
    }

    private static string Shortened(string text) => text.Length <= 40 ? text : text[..40] + "...";

    /// <summary>The error for a fault at a byte, counted from 0.</summary>
    public static NablaException Error(FileContent file, long position, string what, ErrorCode code = ErrorCode.Request) =>
        new(code, $"The file '{file.Name}' must be a .npy file: at byte {position} {what}.");
}
