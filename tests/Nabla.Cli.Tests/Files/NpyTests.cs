using System.Text;
using Nabla.Cli.Files;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

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

    [Fact]
    public void ReadsWhatNumPyWrote()
    {
        // The layout of numpy.save(numpy.array([[1, 2, 3], [4, 5, 6]], dtype='>f4', order='F')): a header of 128 bytes, then the columns.
        byte[] bytes = Convert.FromBase64String(
            "k05VTVBZAQB2AHsnZGVzY3InOiAnPmY0JywgJ2ZvcnRyYW5fb3JkZXInOiBUcnVlLCAnc2hhcGUnOiAoMiwgMyksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAo/gAAAQIAAAEAAAABAoAAAQEAAAEDAAAA=");
        Contents.AssertIs(DataFile.Parse(new("A.npy", bytes)), [2, 3], 1, 2, 3, 4, 5, 6);
    }

    [Theory]
    [InlineData("<f8", new byte[] { 0, 0, 0, 0, 0, 0, 0xF8, 0xBF }, -1.5)]
    [InlineData(">f8", new byte[] { 0xBF, 0xF8, 0, 0, 0, 0, 0, 0 }, -1.5)]
    [InlineData("<f4", new byte[] { 0, 0, 0xC0, 0xBF }, -1.5)]
    [InlineData(">i8", new byte[] { 255, 255, 255, 255, 255, 255, 255, 254 }, -2)]
    [InlineData("<i4", new byte[] { 254, 255, 255, 255 }, -2)]
    [InlineData("<i2", new byte[] { 254, 255 }, -2)]
    [InlineData("|i1", new byte[] { 254 }, -2)]
    [InlineData("<u8", new byte[] { 1, 1, 0, 0, 0, 0, 0, 0 }, 257)]
    [InlineData(">u4", new byte[] { 255, 255, 255, 255 }, 4294967295)]
    [InlineData("<u2", new byte[] { 1, 1 }, 257)]
    [InlineData("|u1", new byte[] { 254 }, 254)]
    [InlineData("|b1", new byte[] { 7 }, 1)]
    public void ReadsEveryType(string type, byte[] entry, double expected) => Contents.AssertIs(NpyReader.Read(Npy(Header(type, "()"), entry)), [], expected);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void ReadsLaterVersions(int version) => Contents.AssertIs(NpyReader.Read(Npy(version, Header("<f8", "(2,)"), Doubles(1, 2))), [2], 1, 2);

    [Theory]
    [InlineData(new int[0])]
    [InlineData(new[] { 3 })]
    [InlineData(new[] { 2, 3 })]
    [InlineData(new[] { 1, 2, 3 })]
    public void WhatIsWrittenReadsBack(int[] shape)
    {
        double[] entries = [.. Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(k => k / 3.0 - 1)];
        var array = shape.Length == 0 ? NDArray<double>.Scalar(entries[0]) : NDArray<double>.FromArray(entries, shape);
        using var file = new MemoryStream();
        NpyWriter.Write(file, array);
        Assert.Equal(0, (file.Length - 8 * entries.Length) % 64);
        Contents.AssertIs(NpyReader.Read(new("A.npy", file.ToArray())), shape, entries);
    }

    [Theory]
    [InlineData("<c16", "complex")]
    [InlineData("|O", "Python objects")]
    [InlineData("<f2", "'f2'")]
    [InlineData("<U8", "'U8'")]
    [InlineData("f8", "'f8'")]
    public void OtherTypesAreRefused(string type, string mention)
    {
        var error = Assert.Throws<NablaException>(() => NpyReader.Read(Npy(Header(type, "(1,)"), Doubles(1))));
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
        var error = Assert.Throws<NablaException>(() => NpyReader.Read(Npy(header, Doubles(1))));
        Assert.Equal(ErrorCode.Request, error.Code);
        Assert.Contains(mention, error.Message);
        Assert.Contains("byte", error.Message);
    }

    [Fact]
    public void LyingSizesAreRefusedBeforeMemoryIsTaken()
    {
        var error = Assert.Throws<NablaException>(() => NpyReader.Read(Npy(Header("<f8", "(2000000000, 2000000000, 2000000000)"))));
        Assert.Equal(ErrorCode.Limit, error.Code);
    }

    [Fact]
    public void AHugeHeaderIsRefused()
    {
        var error = Assert.Throws<NablaException>(() => NpyReader.Read(new("A.npy", (byte[])[0x93, .. "NUMPY"u8, 2, 0, 255, 255, 255, 255, 1, 2])));
        Assert.Contains("claims 4294967295", error.Message);
    }

    [Fact]
    public void EveryTruncationIsRefused()
    {
        byte[] whole = Npy(Header("<f8", "(2,)"), Doubles(1, 2)).Bytes.ToArray();
        for (int length = 0; length < whole.Length; length++)
            Assert.Equal(ErrorCode.Request, Assert.Throws<NablaException>(() => NpyReader.Read(new("A.npy", whole.AsMemory(0, length)))).Code);
    }
}
