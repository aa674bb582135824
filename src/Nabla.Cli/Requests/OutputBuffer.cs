using System.Buffers;

namespace Nabla.Cli.Requests;

/// <summary>Collects what is written and hands it to a stream: at once on <see cref="Flush"/>, and in pieces when there is much.</summary>
internal sealed class OutputBuffer(Stream output) : IBufferWriter<byte>
{
    private const int PieceBytes = 1 << 16;

    private byte[] _bytes = new byte[2 * PieceBytes];
    private int _count;

    /// <inheritdoc/>
    public void Advance(int count) => _count += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return _bytes.AsMemory(_count);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return _bytes.AsSpan(_count);
    }

    /// <summary>Hands everything to the stream.</summary>
    public void Flush()
    {
        output.Write(_bytes, 0, _count);
        output.Flush();
        _count = 0;
    }

    private void MakeRoom(int sizeHint)
    {
        if (_count >= PieceBytes)
        {
            output.Write(_bytes, 0, _count);
            _count = 0;
        }
        if (_bytes.Length - _count < Math.Max(sizeHint, 1)) Array.Resize(ref _bytes, _count + Math.Max(sizeHint, PieceBytes));
    }
}
