using System.Text;
using Nabla.Cli.Files;
using Nabla.Expressions.Notation;

namespace Nabla.Cli.Tests.Files;

public class NpyTests
{
    /// <summary>A file of version 1 with the given header and entries.</summary>
    internal static FileContent Npy(string header, params byte[] entries) => Npy(1, header, entries);

    internal static FileContent Npy(int version, string header, params byte[] entries)
    {
        byte[] text = Encoding.UTF8.GetBytes(header + "\n");
        byte[] length = version == 1 ? BitConverter.GetBytes((ushort)text.Length) : BitConverter.GetBytes((uint)text.Length);
        return new("data.npy", (byte[])[0x93, .. "NUMPY"u8, (byte)version, 0, .. length, .. text, .. entries]);
    }

    private static string Header(string type, string shape, string order = "False") => $"{{'descr': '{type}', 'fortran_order': {order}, 'shape': {shape}, }}";

    private static byte[] Doubles(params double[] entries) => [.. entries.SelectMany(BitConverter.GetBytes)];

    [Theory]
    [InlineData("<c16", "complex")]
    [InlineData("|O", "Python objects")]
    [InlineData("<f3", "'f3'")]
    [InlineData("<U8", "'U8'")]
    [InlineData("f8", "'f8'")]
    public void OtherTypesAreRefused(string type, string mention)
    {
        var error = Assert.Throws<NablaException>(() => DataFile.Parse(Npy(Header(type, "(1,)"), Doubles(1))));
        Assert.Equal(ErrorCode.Request, error.Code);
        Assert.Contains(mention, error.Message);
        Assert.Contains("data.npy", error.Message);
    }

    [Theory]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }", "needs 16 bytes, but 8 follow")]
    [InlineData("{'descr': '<f8', 'fortran_order': False}", "must have the keys")]
    [InlineData("{'descr': '<f8', 'descr': '<f8', 'fortran_order': False, 'shape': ()}", "each once")]
    [InlineData("{'descr': '<f8', 'fortran_order': 1, 'shape': ()}", "True or False")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (0,)}", "from 1")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (-1,)}", "a size must stand here")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999,)}", "beyond")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (1,1,1,1,1,1,1,1,1)}", "at most 8 axes")]
    [InlineData("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': ()}", "named fields")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': ()} x", "only blanks")]
    [InlineData("__import__('os')", "'{' must stand here")]
    public void FaultyHeadersAreRefused(string header, string mention)
    {
        var error = Assert.Throws<NablaException>(() => DataFile.Parse(Npy(header, Doubles(1))));
        Assert.Equal(ErrorCode.Request, error.Code);
        Assert.Contains(mention, error.Message);
        Assert.Contains("byte", error.Message);
    }

    [Fact]
    public void LyingSizesAreRefusedBeforeMemoryIsTaken()
    {
        var error = Assert.Throws<NablaException>(() => DataFile.Parse(Npy(Header("<f8", "(2000000000, 2000000000, 2000000000)"))));
        Assert.Equal(ErrorCode.Limit, error.Code);
    }

    [Fact]
    public void AHugeHeaderIsRefused()
    {
        var error = Assert.Throws<NablaException>(() => DataFile.Parse(new("A.npy", (byte[])[0x93, .. "NUMPY"u8, 2, 0, 255, 255, 255, 255, 1, 2])));
        Assert.Contains("claims 4294967295", error.Message);
    }

    [Fact]
    public void EveryTruncationIsRefused()
    {
        byte[] whole = Npy(Header("<f8", "(2,)"), Doubles(1, 2)).Bytes.ToArray();
        for (int length = 0; length < whole.Length; length++)
            Assert.Equal(ErrorCode.Request, Assert.Throws<NablaException>(() => DataFile.Parse(new("A.npy", whole.AsMemory(0, length)))).Code);
    }
}
