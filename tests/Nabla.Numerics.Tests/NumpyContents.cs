using System.IO.Compression;
using System.Text;

namespace Nabla.Numerics.Tests;

/// <summary>Files of NumPy that exist in memory only, well-formed or not.</summary>
internal static class NumpyContents
{
    internal static string Header(string type, string shape, string order = "False") => $"{{'descr': '{type}', 'fortran_order': {order}, 'shape': {shape}, }}";

    /// <summary>A .npy file with the given header and entries.</summary>
    internal static byte[] Npy(string header, byte[] entries, int version = 1)
    {
        byte[] text = Encoding.Latin1.GetBytes(header + "\n");
        byte[] length = version == 1 ? BitConverter.GetBytes((ushort)text.Length) : BitConverter.GetBytes((uint)text.Length);
        return [0x93, .. "NUMPY"u8, (byte)version, 0, .. length, .. text, .. entries];
    }

    internal static byte[] Doubles(params double[] entries) => [.. entries.SelectMany(BitConverter.GetBytes)];

    internal static byte[] Vector(params double[] entries) => Npy(Header("<f8", $"({entries.Length},)"), Doubles(entries));

    internal static byte[] Integers(params int[] entries) => Npy(Header("<i4", $"({entries.Length},)"), [.. entries.SelectMany(BitConverter.GetBytes)]);

    internal static MemoryStream Npz(CompressionLevel level, params (string Name, byte[] Content)[] members)
    {
        var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in members)
            {
                using Stream member = archive.CreateEntry(name, level).Open();
                member.Write(content);
            }
        }
        file.Position = 0;
        return file;
    }

    internal static MemoryStream Npz(params (string Name, byte[] Content)[] members) => Npz(CompressionLevel.Fastest, members);

    /// <summary>Numbers of all magnitudes and of no magnitude.</summary>
    internal static double[] Numbers(Random random, int count)
    {
        double[] special = [0, -0.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, double.MaxValue, double.MinValue, 1.0 / 3];
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(3) switch
        {
            0 => special[random.Next(special.Length)],
            1 => 2 * random.NextDouble() - 1,
            _ => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)),
        })];
    }

    internal static int[] RandomShape(Random random) => [.. Enumerable.Range(0, random.Next(5)).Select(_ => random.Next(6))];

    /// <summary>The same numbers with the same signs, of zeros too; one that is not a number equals every other such.</summary>
    internal static void AssertSame(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int k = 0; k < expected.Length; k++)
        {
            bool isSame = double.IsNaN(expected[k]) ? double.IsNaN(actual[k]) : BitConverter.DoubleToInt64Bits(expected[k]) == BitConverter.DoubleToInt64Bits(actual[k]);
            if (!isSame) Assert.Fail($"Entry {k} must be {expected[k]:R}, but it is {actual[k]:R}.");
        }
    }

    /// <summary>The refusal of a call that takes little memory before it refuses.</summary>
    internal static FileFormatException RefusedAtOnce(Action call, long mostBytes = 1 << 20)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        var refusal = Assert.Throws<FileFormatException>(call);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, mostBytes);
        return refusal;
    }
}
