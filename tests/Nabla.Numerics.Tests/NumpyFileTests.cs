using System.Numerics;
using static Nabla.Numerics.Tests.NumpyContents;

namespace Nabla.Numerics.Tests;

public class NumpyFileTests
{
    [Fact]
    public void Reads_what_NumPy_wrote()
    {
        // The layout of numpy.save(numpy.array([[1, 2, 3], [4, 5, 6]], dtype='>f4', order='F')): a header of 128 bytes, then the columns.
        byte[] bytes = Convert.FromBase64String(
            "k05VTVBZAQB2AHsnZGVzY3InOiAnPmY0JywgJ2ZvcnRyYW5fb3JkZXInOiBUcnVlLCAnc2hhcGUnOiAoMiwgMyksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAo/gAAAQIAAAEAAAABAoAAAQEAAAEDAAAA=");
        NDArray<double> A = NumpyFile.Read(new MemoryStream(bytes));
        Assert.Equal([2, 3], A.Shape);
        Assert.Equal([1, 2, 3, 4, 5, 6], A.ToArray());
    }

    [Theory]
    [InlineData("<f8", new byte[] { 0, 0, 0, 0, 0, 0, 0xF8, 0xBF }, -1.5)]
    [InlineData(">f8", new byte[] { 0xBF, 0xF8, 0, 0, 0, 0, 0, 0 }, -1.5)]
    [InlineData("<f4", new byte[] { 0, 0, 0xC0, 0xBF }, -1.5)]
    [InlineData("<f2", new byte[] { 0, 0xBE }, -1.5)]
    [InlineData(">f2", new byte[] { 0x7C, 0 }, double.PositiveInfinity)]
    [InlineData(">i8", new byte[] { 255, 255, 255, 255, 255, 255, 255, 254 }, -2)]
    [InlineData("<i4", new byte[] { 254, 255, 255, 255 }, -2)]
    [InlineData("<i2", new byte[] { 254, 255 }, -2)]
    [InlineData("|i1", new byte[] { 254 }, -2)]
    [InlineData("<u8", new byte[] { 1, 1, 0, 0, 0, 0, 0, 0 }, 257)]
    [InlineData("<u8", new byte[] { 255, 255, 255, 255, 255, 255, 255, 255 }, 18446744073709551616.0)]
    [InlineData(">u4", new byte[] { 255, 255, 255, 255 }, 4294967295)]
    [InlineData("<u2", new byte[] { 1, 1 }, 257)]
    [InlineData("|u1", new byte[] { 254 }, 254)]
    [InlineData("|b1", new byte[] { 7 }, 1)]
    public void Reads_every_type(string type, byte[] entry, double expected)
    {
        NDArray<double> x = NumpyFile.Read(new MemoryStream(Npy(Header(type, "()"), entry)));
        Assert.Equal(0, x.Order);
        Assert.Equal(expected, x.ToScalar());
    }

    /// <summary>Long files of every type agree with an entry-by-entry reading, in both byte orders and both orders of axes, from streams with and without a length.</summary>
    [Theory]
    [InlineData("f8"), InlineData("f4"), InlineData("f2"), InlineData("i8"), InlineData("i4"), InlineData("i2"), InlineData("i1"), InlineData("u8"), InlineData("u4"), InlineData("u2"), InlineData("u1"), InlineData("b1")]
    public void Blocks_agree_with_single_entries(string type)
    {
        const int Rows = 137, Columns = 1009;
        var random = new Random(Matrices.Seed);
        int size = type[1] - '0';
        byte[] bytes = new byte[Rows * Columns * size];
        random.NextBytes(bytes);
        foreach (bool isBig in new[] { false, true })
        {
            double[] expected = [.. bytes.Chunk(size).Select(entry => Entry(type, isBig ? [.. entry.Reverse()] : entry))];
            byte[] rows = Npy(Header((isBig ? ">" : "<") + type, $"({Rows}, {Columns})"), bytes), columns = Npy(Header((isBig ? ">" : "<") + type, $"({Columns}, {Rows})", "True"), bytes);
            foreach (Func<byte[], Stream> open in new Func<byte[], Stream>[] { file => new MemoryStream(file), file => new ForwardStream(file) })
            {
                AssertSame(expected, NumpyFile.Read(open(rows)).AsSpan());
                AssertSame(expected, NumpyFile.Read(open(columns)).Transpose().ToArray());
            }
        }
    }

    private static double Entry(string type, byte[] bytes) => type switch
    {
        "f8" => BitConverter.ToDouble(bytes),
        "f4" => BitConverter.ToSingle(bytes),
        "f2" => (double)BitConverter.ToHalf(bytes),
        "i8" => BitConverter.ToInt64(bytes),
        "i4" => BitConverter.ToInt32(bytes),
        "i2" => BitConverter.ToInt16(bytes),
        "i1" => (sbyte)bytes[0],
        "u8" => BitConverter.ToUInt64(bytes),
        "u4" => BitConverter.ToUInt32(bytes),
        "u2" => BitConverter.ToUInt16(bytes),
        "u1" => bytes[0],
        _ => bytes[0] == 0 ? 0 : 1,
    };

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Reads_later_versions(int version) => Assert.Equal([1, 2], NumpyFile.Read(new MemoryStream(Npy(Header("<f8", "(2,)"), Doubles(1, 2), version))).ToArray());

    [Fact]
    public void What_is_written_reads_back()
    {
        var random = new Random(Matrices.Seed);
        for (int trial = 0; trial < 500; trial++)
        {
            int[] shape = trial == 0 ? [300, 301] : trial == 1 ? [100_000, 100_000, 0] : RandomShape(random);
            NDArray<double> A = NDArray<double>.Zeros(shape);
            Numbers(random, (int)A.Count).CopyTo(A.AsSpan());
            if (random.Next(2) == 0) A = A.Transpose();
            var file = new MemoryStream();
            NumpyFile.Write(file, A);
            Assert.Equal(0, (file.Length - 8 * A.Count) % 64);
            foreach (Stream stream in new Stream[] { new MemoryStream(file.ToArray()), new ForwardStream(file.ToArray()) })
            {
                NDArray<double> back = NumpyFile.Read(stream);
                Assert.Equal(A.Shape, back.Shape);
                AssertSame(A.ToArray(), back.AsSpan());
            }
        }
    }

    [Fact]
    public void Complex_arrays_are_pairs_of_doubles()
    {
        Complex[] entries = [.. Enumerable.Range(0, 20_000).Select(k => new Complex(k / 3.0, -k))];
        var file = new MemoryStream();
        NumpyFile.Write(file, entries, 100, 200);
        byte[] bytes = file.ToArray();
        Assert.Contains("'<c16', 'fortran_order': False, 'shape': (100, 200)", System.Text.Encoding.Latin1.GetString(bytes, 0, 128));
        AssertSame([.. entries.SelectMany(z => new[] { z.Real, z.Imaginary })], [.. bytes[128..].Chunk(8).Select(b => BitConverter.ToDouble(b))]);
        Assert.Contains("complex ('c16')", Assert.Throws<FileFormatException>(() => NumpyFile.Read(new MemoryStream(bytes))).Fault);
        Assert.Throws<ShapeException>(() => NumpyFile.Write(new MemoryStream(), entries, 100, 201));
    }

    [Theory]
    [InlineData("<c16", "at byte 10 the entries must be real numbers, but they are complex")]
    [InlineData("|O", "Python objects")]
    [InlineData("<f16", "'f16'")]
    [InlineData("<U8", "'U8'")]
    [InlineData("<M8[ns]", "'M8[ns]'")]
    [InlineData("f8", "'f8'")]
    public void Other_types_are_refused(string type, string mention) =>
        Assert.Contains(mention, Assert.Throws<FileFormatException>(() => NumpyFile.Read(new MemoryStream(Npy(Header(type, "(1,)"), Doubles(1))))).Message);

    [Theory]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }", "The file must be a .npy file: at byte 70 the shape (3, 4) of 'f8' needs 96 bytes, but 80 follow.")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (3, 3), }", "needs 72 bytes, but 80 follow")]
    [InlineData("{'descr': '<f8', 'fortran_order': False}", "must have the keys")]
    [InlineData("{'descr': '<f8', 'descr': '<f8', 'fortran_order': False, 'shape': ()}", "each once")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (), 'order': 'C'}", "'order'")]
    [InlineData("{'descr': '<f8', 'fortran_order': 1, 'shape': ()}", "True or False")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (-1,)}", "at byte 61 a size must stand here")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999,)}", "beyond")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (10 10)}", "',' or ')' must follow")]
    [InlineData("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': ()}", "named fields")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 5)} x", "only blanks")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 5)} \0x", "only blanks")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (", "a size must stand here")]
    [InlineData("{'descr': '<f8", "a text in quotes")]
    [InlineData("__import__('os')", "'{' must stand here")]
    public void Faulty_headers_are_refused(string header, string mention)
    {
        byte[] file = Npy(header, Doubles(new double[10]));
        Assert.Contains(mention, Assert.Throws<FileFormatException>(() => NumpyFile.Read(new MemoryStream(file))).Message);
        Assert.Contains(mention.Replace("80 follow", header.Contains("(3, 3)", StringComparison.Ordinal) ? "more follow" : "80 follow", StringComparison.Ordinal),
            Assert.Throws<FileFormatException>(() => NumpyFile.Read(new ForwardStream(file))).Message);
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        byte[] whole = Npy(Header("<f8", "(2,)"), Doubles(1, 2), version: 2);
        for (int length = 0; length < whole.Length; length++)
            foreach (Stream stream in new Stream[] { new MemoryStream(whole, 0, length), new ForwardStream(whole[..length]) })
                Assert.StartsWith("at byte ", Assert.Throws<FileFormatException>(() => NumpyFile.Read(stream)).Fault);
    }

    [Theory]
    [InlineData("(2000000000, 2000000000, 2000000000)")]
    [InlineData("(268435457,)")]
    [InlineData("(2, 2147483647)")]
    public void Huge_shapes_exceed_the_limit(string shape)
    {
        byte[] file = Npy(Header("|u1", shape), []);
        Assert.True(RefusedAtOnce(() => NumpyFile.Read(new MemoryStream(file))).ExceedsLimit);
        Assert.True(RefusedAtOnce(() => NumpyFile.Read(new ForwardStream(file, isEndless: true))).ExceedsLimit);
    }

    [Fact]
    public void Limits_are_those_of_the_caller()
    {
        byte[] file = Npy(Header("|u1", "(2, 3, 0, 1)"), []), six = Npy(Header("|u1", "(2, 3)"), new byte[6]);
        Assert.Equal([2, 3, 0, 1], NumpyFile.Read(new MemoryStream(file)).Shape);
        Assert.Contains("at byte 67 sizes are integers from 1", Assert.Throws<FileFormatException>(() => NumpyFile.Read(new MemoryStream(file), new() { LeastSize = 1 })).Fault);
        Assert.Contains("at most 3 axes", Assert.Throws<FileFormatException>(() => NumpyFile.Read(new MemoryStream(file), new() { Axes = 3 })).Fault);
        Assert.Equal(6, NumpyFile.Read(new MemoryStream(six), new() { Entries = 6 }).Count);
        var refusal = Assert.Throws<FileFormatException>(() => NumpyFile.Read(new MemoryStream(six), new() { Entries = 5 }));
        Assert.Equal((true, "at byte 10 the shape (2, 3) has more than the 5 entries of the limit"), (refusal.ExceedsLimit, refusal.Fault));
        Assert.Contains("at most 64 axes", Assert.Throws<FileFormatException>(() => NumpyFile.Read(new MemoryStream(Npy(Header("|u1", $"({string.Concat(Enumerable.Repeat("1, ", 65))})"), [1])))).Fault);
        Assert.Throws<ShapeException>(() => NumpyFile.Write(new MemoryStream(), NDArray<double>.Zeros([.. Enumerable.Repeat(1, 65)])));
    }

    /// <summary>A shape below the limit takes memory only as its entries arrive.</summary>
    [Fact]
    public void Claims_take_no_memory()
    {
        byte[] file = Npy(Header("<f8", "(10000, 10000)"), Doubles(1, 2, 3));
        Assert.Contains("needs 800000000 bytes, but 24 follow", RefusedAtOnce(() => NumpyFile.Read(new MemoryStream(file))).Fault);
        Assert.Contains("needs 800000000 bytes, but 24 follow", RefusedAtOnce(() => NumpyFile.Read(new ForwardStream(file))).Fault);
    }

    [Fact]
    public void Headers_without_an_end_are_refused()
    {
        byte[] start = [0x93, .. "NUMPY"u8, 2, 0, 255, 255, 255, 255, .. "{'descr': "u8];
        Assert.Contains("at byte 8 the header must have at most 65536 bytes, but it claims 4294967295", RefusedAtOnce(() => NumpyFile.Read(new ForwardStream(start, isEndless: true))).Fault);
        byte[] longest = [0x93, .. "NUMPY"u8, 1, 0, 255, 255, .. "{'descr': "u8];
        Assert.Contains("a text in quotes", RefusedAtOnce(() => NumpyFile.Read(new ForwardStream(longest, isEndless: true))).Fault);
    }
}
