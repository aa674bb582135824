using System.Buffers.Binary;

namespace Nabla.Numerics;

/// <summary>The bytes of another stream, read forwards, and their CRC-32.</summary>
/// <remarks>
/// .NET reads members of zip archives without comparing their checksums. Eight bytes at a time take one look-up each in eight tables.
/// Kounavis, Berry (2005): A systematic approach to building high performance software-based CRC generators.
/// </remarks>
internal sealed class ChecksumStream(Stream inner) : Stream
{
    private const uint Polynomial = 0xEDB88320;
    private static readonly uint[][] Tables = MakeTables();
    private uint remainder = uint.MaxValue;

    /// <summary>The checksum of the bytes read so far.</summary>
    internal uint Checksum => ~remainder;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        int count = inner.Read(buffer);
        Add(buffer[..count]);
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    private void Add(ReadOnlySpan<byte> bytes)
    {
        uint sum = remainder;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            uint low = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ sum, high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            sum = Tables[7][(byte)low] ^ Tables[6][(byte)(low >> 8)] ^ Tables[5][(byte)(low >> 16)] ^ Tables[4][low >> 24]
                ^ Tables[3][(byte)high] ^ Tables[2][(byte)(high >> 8)] ^ Tables[1][(byte)(high >> 16)] ^ Tables[0][high >> 24];
        }
        foreach (byte b in bytes) sum = Tables[0][(byte)(sum ^ b)] ^ sum >> 8;
        remainder = sum;
    }

    /// <summary>Table t holds the remainders of every byte with t zero bytes after it.</summary>
    private static uint[][] MakeTables()
    {
        uint[][] tables = [.. Enumerable.Range(0, 8).Select(_ => new uint[256])];
        for (uint b = 0; b < 256; b++)
        {
            uint sum = b;
            for (int bit = 0; bit < 8; bit++) sum = sum >> 1 ^ ((sum & 1) * Polynomial);
            tables[0][b] = sum;
        }
        for (int t = 1; t < 8; t++)
            for (int b = 0; b < 256; b++) tables[t][b] = tables[t - 1][b] >> 8 ^ tables[0][(byte)tables[t - 1][b]];
        return tables;
    }
}
