namespace Nabla.Numerics.Tests;

/// <summary>A stream that can only be read forwards, a few bytes at a time, as from a pipe; bytes of its own follow those that are given, if it has no end.</summary>
internal sealed class ForwardStream(byte[] bytes, bool isEndless = false) : Stream
{
    private int position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        count = Math.Min(count, 1000);
        int given = Math.Min(count, bytes.Length - position);
        bytes.AsSpan(position, given).CopyTo(buffer.AsSpan(offset));
        position += given;
        if (!isEndless || given == count) return given;
        buffer.AsSpan(offset + given, count - given).Fill((byte)' ');
        return count;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
