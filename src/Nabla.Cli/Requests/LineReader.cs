namespace Nabla.Cli.Requests;

/// <summary>Reads the lines of a stream as bytes, in a buffer that grows with the line up to a bound.</summary>
internal sealed class LineReader
{
    private const int LeastBytes = 1 << 16;

    private readonly Stream _input;
    private readonly int _mostBytes;
    private byte[] _buffer = new byte[LeastBytes];
    private int _start;
    private int _end;
    private bool _isFirst = true;

    /// <summary>Creates a reader.</summary>
    /// <param name="input">The stream.</param>
    /// <param name="mostBytes">The most bytes of a line; what is beyond is skipped.</param>
    public LineReader(Stream input, int mostBytes) => (_input, _mostBytes) = (input, mostBytes);

    /// <summary>Reads the next line without its end; the bytes stay valid until the next call.</summary>
    /// <param name="line">The line, or the beginning of one that is too long.</param>
    /// <param name="isTooLong">Whether the line was longer than the bound.</param>
    /// <returns>False at the end of the stream.</returns>
    public bool TryRead(out ReadOnlyMemory<byte> line, out bool isTooLong)
    {
        Shrink();
        int searched = _start;
        isTooLong = false;
        while (true)
        {
            int end = _buffer.AsSpan(searched, _end - searched).IndexOf((byte)'\n');
            if (end >= 0) return Take(searched + end, searched + end + 1, out line, out isTooLong);
            searched = _end;
            if (_end - _start > _mostBytes) return SkipRest(out line, out isTooLong);
            if (!Fill(ref searched))
            {
                if (_start < _end) return Take(_end, _end, out line, out isTooLong);
                line = default;
                return false;
            }
        }
    }

    /// <summary>Leaves the buffer to whoever still reads the last line from it, and goes on with a new one.</summary>
    public void Detach()
    {
        byte[] buffer = new byte[Math.Max(LeastBytes, _end - _start)];
        _buffer.AsSpan(_start, _end - _start).CopyTo(buffer);
        (_buffer, _start, _end) = (buffer, 0, _end - _start);
    }

    private bool Take(int end, int next, out ReadOnlyMemory<byte> line, out bool isTooLong)
    {
        int start = _start;
        if (_isFirst && _buffer.AsSpan(start, end - start).StartsWith("\uFEFF"u8)) start += 3;
        _isFirst = false;
        line = _buffer.AsMemory(start, end - start);
        isTooLong = line.Length > _mostBytes;
        _start = next;
        return true;
    }

    private bool SkipRest(out ReadOnlyMemory<byte> line, out bool isTooLong)
    {
        line = default;
        isTooLong = true;
        _isFirst = false;
        while (true)
        {
            (_start, _end) = (0, _input.Read(_buffer));
            if (_end == 0) return true;
            int end = _buffer.AsSpan(0, _end).IndexOf((byte)'\n');
            if (end < 0) continue;
            _start = end + 1;
            return true;
        }
    }

    private bool Fill(ref int searched)
    {
        if (_start > 0 && _end == _buffer.Length)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            searched -= _start;
            (_start, _end) = (0, _end - _start);
        }
        if (_end == _buffer.Length) Array.Resize(ref _buffer, (int)Math.Min(2L * _buffer.Length, Array.MaxLength));
        int read = _input.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        return read > 0;
    }

    // A long line is rare: its buffer is given back once it is used up.
    private void Shrink()
    {
        if (_start < _end) return;
        (_start, _end) = (0, 0);
        if (_buffer.Length > 16 * LeastBytes) _buffer = new byte[LeastBytes];
    }
}
