using System.IO.Compression;
using static Nabla.Numerics.Tests.NumpyContents;

namespace Nabla.Numerics.Tests;

public class NumpyArchiveTests
{
    [Fact]
    public void Archives_read_back()
    {
        var random = new Random(Matrices.Seed);
        for (int trial = 0; trial < 100; trial++)
        {
            Dictionary<string, NDArray<double>> arrays = [];
            for (int k = random.Next(4); k >= 0; k--)
            {
                NDArray<double> A = NDArray<double>.Zeros(RandomShape(random));
                Numbers(random, (int)A.Count).CopyTo(A.AsSpan());
                arrays[$"x{k}.npy"[..random.Next(2, 7)]] = A;
            }
            var file = new MemoryStream();
            NumpyFile.WriteArchive(file, arrays);
            file.Position = 0;
            IReadOnlyDictionary<string, NDArray<double>> back = NumpyFile.ReadArchive(file);
            Assert.Equal(arrays.Keys.Order(StringComparer.Ordinal), back.Keys.Order(StringComparer.Ordinal));
            foreach ((string name, NDArray<double> A) in arrays)
            {
                Assert.Equal(A.Shape, back[name].Shape);
                NumpyContents.AssertSame(A.AsSpan(), back[name].AsSpan());
            }
        }
    }

    [Fact]
    public void Sparse_matrices_read_back()
    {
        var random = new Random(Matrices.Seed);
        for (int trial = 0; trial < 200; trial++)
        {
            SparseMatrix<double> A = RandomSparse(random);
            var file = new MemoryStream();
            NumpyFile.WriteSparse(file, A);
            file.Position = 0;
            AssertSame(A, NumpyFile.ReadSparse(file));
        }
    }

    internal static SparseMatrix<double> RandomSparse(Random random)
    {
        int m = random.Next(8), n = random.Next(8);
        int[] places = [.. Enumerable.Range(0, m * n).Where(_ => random.Next(3) == 0)];
        double[] values = Numbers(random, places.Length);
        return SparseMatrix<double>.FromCoordinates(m, n, places.Select((place, k) => (place / n, place % n, values[k])));
    }

    internal static void AssertSame(SparseMatrix<double> expected, SparseMatrix<double> actual)
    {
        Assert.Equal((expected.Rows, expected.Columns), (actual.Rows, actual.Columns));
        Assert.Equal(expected.RowStarts, actual.RowStarts);
        Assert.Equal(expected.ColumnIndices, actual.ColumnIndices);
        NumpyContents.AssertSame(expected.Values, actual.Values);
    }

    /// <summary>A damaged archive gives the arrays that were written, under whatever name, or is refused: never other numbers.</summary>
    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.SmallestSize)]
    public void Damage_never_changes_a_number(CompressionLevel level)
    {
        double[] x = [1, 2, 3, 4, 5, 6], y = [0.5, -1];
        byte[] whole = Npz(level, ("x.npy", Vector(x)), ("y.npy", Vector(y))).ToArray();
        int refused = 0;
        for (int at = 0; at < whole.Length; at++)
        {
            foreach (byte change in new byte[] { 1, 2, 4, 8, 16, 32, 64, 128, 255 })
            {
                byte[] damaged = [.. whole];
                damaged[at] ^= change;
                if (Read(damaged) is not { } arrays) refused++;
                else Assert.All(arrays.Values, array => Assert.True(array.ToArray().SequenceEqual(x) || array.ToArray().SequenceEqual(y)));
            }
        }
        Assert.True(refused > 4 * whole.Length, $"only {refused} refused");
        for (int length = 0; length < whole.Length; length++) Assert.Null(Read(whole[..length]));
        var random = new Random(Matrices.Seed);
        for (int trial = 0; trial < 20_000; trial++)
        {
            List<byte> damaged = [.. whole];
            for (int faults = random.Next(2, 6); faults > 0; faults--)
            {
                int at = random.Next(damaged.Count), length = Math.Min(random.Next(1, 20), damaged.Count - at);
                if (random.Next(4) == 0) damaged.RemoveRange(at, length);
                else if (random.Next(3) == 0) damaged.InsertRange(random.Next(damaged.Count), damaged.GetRange(at, length));
                else damaged[at] = (byte)random.Next(256);
            }
            if (Read([.. damaged]) is { } arrays) Assert.All(arrays.Values, array => Assert.True(array.ToArray().SequenceEqual(x) || array.ToArray().SequenceEqual(y)));
        }
    }

    private static IReadOnlyDictionary<string, NDArray<double>>? Read(byte[] file)
    {
        try
        {
            return NumpyFile.ReadArchive(new MemoryStream(file));
        }
        catch (Exception refusal) when (refusal is FileFormatException or InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>The published check value of CRC-32, and agreement with what .NET writes for all lengths around the eight bytes of a step.</summary>
    [Fact]
    public void Checksums_are_those_of_archives()
    {
        Assert.Equal(0xCBF43926, Checksum("123456789"u8.ToArray()));
        var random = new Random(Matrices.Seed);
        for (int length = 0; length < 100; length++)
        {
            byte[] bytes = new byte[length];
            random.NextBytes(bytes);
            using var archive = new ZipArchive(Npz(("x", bytes)));
            Assert.Equal(archive.Entries[0].Crc32, Checksum(bytes));
        }
    }

    private static uint Checksum(byte[] bytes)
    {
        using var stream = new ChecksumStream(new ForwardStream(bytes));
        stream.CopyTo(Stream.Null);
        return stream.Checksum;
    }

    [Fact]
    public void Bombs_are_refused()
    {
        MemoryStream bomb = Npz(("x.npy", Npy(Header("|u1", "(400000000,)"), [])));
        Assert.Contains("in 'x.npy' at byte 10 the shape (400000000) has more than the 268435456 entries", RefusedAtOnce(() => NumpyFile.ReadArchive(bomb)).Fault);
        MemoryStream zeros = Zeros("(50000000,)", 50_000_000), tooFew = Zeros("(2,)", 50_000_000), tooMany = Zeros("(200000000,)", 10);
        var refusal = RefusedAtOnce(() => NumpyFile.ReadArchive(zeros, new() { Entries = 1000 }));
        Assert.True(refusal.ExceedsLimit);
        Assert.Contains("more than the 1000 entries", refusal.Message);
        Assert.Contains("in 'x.npy' at byte 68 the shape (2) of 'u1' needs 2 bytes, but more follow", RefusedAtOnce(() => NumpyFile.ReadArchive(tooFew)).Fault);
        Assert.Contains("needs 200000000 bytes, but 10 follow", RefusedAtOnce(() => NumpyFile.ReadArchive(tooMany)).Fault);
    }

    private static MemoryStream Zeros(string shape, int count)
    {
        MemoryStream file = Npz(CompressionLevel.Fastest, ("x.npy", Npy(Header("|u1", shape), new byte[count])));
        Assert.InRange(file.Length, 0, 1 << 20);
        return file;
    }

    [Fact]
    public void The_limit_holds_for_all_members_together()
    {
        (string, byte[])[] members = [("a.npy", Vector(1, 2, 3)), ("b.npy", Vector(4, 5, 6))];
        Assert.Equal(2, NumpyFile.ReadArchive(Npz(members), new() { Entries = 6 }).Count);
        var refusal = Assert.Throws<FileFormatException>(() => NumpyFile.ReadArchive(Npz(members), new() { Entries = 5 }));
        Assert.True(refusal.ExceedsLimit);
        Assert.Equal("The file must be an .npz archive: in 'b.npy' at byte 10 the shape (3) has more than the 2 entries of the limit, after 3 entries of other members.", refusal.Message);
    }

    [Fact]
    public void Members_that_are_no_arrays_are_refused()
    {
        Assert.Equal("in 'a.txt' at byte 0 the file must begin with the magic text \\x93NUMPY", Assert.Throws<FileFormatException>(() => NumpyFile.ReadArchive(Npz(("a.txt", [1, 2])))).Fault);
        Assert.Contains("'a' must stand once", Assert.Throws<FileFormatException>(() => NumpyFile.ReadArchive(Npz(("a.npy", Vector(1)), ("a.npy", Vector(2))))).Fault);
        Assert.Contains("'shape' must stand once", Assert.Throws<FileFormatException>(() => NumpyFile.ReadSparse(Npz(("shape.npy", Integers(1, 2)), ("shape.npy", Integers(2, 1))))).Fault);
        Assert.Empty(NumpyFile.ReadArchive(Npz()));
        Assert.Throws<InvalidDataException>(() => NumpyFile.ReadArchive(new MemoryStream([1, 2, 3])));
    }

    public static TheoryData<string, string, byte[]?> Faults => new()
    {
        { "shape", "lacks 'shape.npy'", null },
        { "data", "lacks 'data.npy'", null },
        { "shape", "has two dimensions", Integers(2, 3, 4) },
        { "shape", "-1 x 3", Integers(-1, 3) },
        { "shape", "integers of 32 bits, but one is 3000000000", Vector(3e9, 3) },
        { "shape", "integers of 32 bits, but one is 2.5", Vector(2.5, 3) },
        { "shape", "integers of 32 bits, but one is NaN", Vector(double.NaN, 3) },
        { "shape", "must hold a vector, but it is 1 x 2", Npy(Header("<f8", "(1, 2)"), Doubles(2, 3)) },
        { "shape", "do not fit", Integers(3, 3) },
        { "shape", "do not fit", Integers(2, 2) },
        { "format", "'bsr'", Npy(Header("|S3", "()"), "bsr"u8.ToArray()) },
        { "format", "but 2 do", Npy(Header("|S3", "()"), "cs"u8.ToArray()) },
        { "format", "but more do", Npy(Header("|S3", "()"), "csrr"u8.ToArray()) },
        { "format", "'S4'", Npy(Header("|S4", "()"), "csr\0"u8.ToArray()) },
        { "indptr", "do not fit", Integers(0, 2) },
        { "indptr", "do not fit", Integers(0, 3, 2) },
        { "indptr", "do not fit", Integers(1, 2, 2) },
        { "indptr", "do not fit", Integers(0, 1, 2_000_000_000) },
        { "indptr", "do not fit", Integers(0, -1, 2) },
        { "indices", "do not fit", Integers(0, 3) },
        { "indices", "do not fit", Integers(0, -1) },
        { "indices", "do not fit", Integers(0, 1, 2) },
        { "indices", "in 'indices.npy' at byte 68", Npy(Header("<i4", "(2,)"), new byte[7]) },
        { "data", "do not fit", Vector(1) },
        { "data", "in 'data.npy' at byte 10 the entries must be real numbers", Npy(Header("<c16", "(1,)"), Doubles(1, 2)) },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Faulty_parts_of_a_sparse_matrix_are_refused(string part, string mention, byte[]? content)
    {
        Dictionary<string, byte[]> parts = new()
        {
            ["shape"] = Integers(2, 3),
            ["format"] = Npy(Header("|S3", "()"), "csr"u8.ToArray()),
            ["indptr"] = Integers(0, 1, 2),
            ["indices"] = Integers(2, 0),
            ["data"] = Vector(5, 6),
        };
        NDArray<double> whole = NumpyFile.ReadSparse(Npz(Members())).ToDense();
        Assert.Equal([0, 0, 5, 6, 0, 0], whole.ToArray());
        if (content is null) parts.Remove(part);
        else parts[part] = content;
        var refusal = Assert.Throws<FileFormatException>(() => NumpyFile.ReadSparse(Npz(Members())));
        Assert.Contains(mention, refusal.Message);
        Assert.False(refusal.ExceedsLimit);

        (string, byte[])[] Members() => [.. parts.Select(p => (p.Key + ".npy", p.Value))];
    }

    [Theory]
    [InlineData("csr", "indptr", "indices")]
    [InlineData("csc", "indices", "indptr")]
    [InlineData("coo", "row", "col")]
    public void Sparse_shapes_exceed_the_limit_before_memory_is_taken(string format, string rows, string columns)
    {
        MemoryStream file = Npz(("shape.npy", Integers(2_000_000_000, 1)), ("format.npy", Npy(Header("|S3", "()"), System.Text.Encoding.ASCII.GetBytes(format))),
            ("data.npy", Vector()), (rows + ".npy", Integers()), (columns + ".npy", Integers()));
        Assert.True(RefusedAtOnce(() => NumpyFile.ReadSparse(file)).ExceedsLimit);
    }
}
