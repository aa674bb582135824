using System.Text;

namespace Nabla.Numerics;

/// <summary>The lines of a text in UTF-8, one at a time, in memory that does not grow.</summary>
/// <param name="reader">The text.</param>
internal sealed class TextLines(TextReader reader)
{
    private const int BlockChars = 1 << 14;
    private readonly Encoder encoder = Encoding.UTF8.GetEncoder();
    private readonly char[] block = new char[BlockChars];
    private readonly byte[] bytes = new byte[MostBytes + Encoding.UTF8.GetMaxByteCount(BlockChars)];
    private int start;
    private int end;
    private bool hasEnded;
    private bool isLast;

    /// <summary>The most bytes of a line.</summary>
    internal const int MostBytes = 1 << 16;

    /// <summary>The number of the line that was read last, from 1; at the end, of the line that would come next, or of the last one if no newline ends it.</summary>
    internal int Number { get; private set; }

    /// <summary>Reads the next line, which lasts until the next call; false at the end.</summary>
    /// <param name="line">The line without its end, or the first <see cref="MostBytes"/> and one of a longer one.</param>
    internal bool TryRead(out ReadOnlySpan<byte> line)
    {
        if (!isLast) Number++;
        int length = 0;
        while (true)
        {
            int found = bytes.AsSpan(start + length, end - start - length).IndexOf((byte)'\n');
            length = found < 0 ? end - start : length + found;
            if (found >= 0 || hasEnded || length > MostBytes) break;
            Fill();
        }
        isLast = start + length == end;
        line = bytes.AsSpan(start, Math.Min(length, MostBytes + 1));
        bool isLine = start < end;
        start = Math.Min(start + length + 1, end);
        return isLine;
    }

    private void Fill()
    {
        bytes.AsSpan(start, end - start).CopyTo(bytes);
        (start, end) = (0, end - start);
        int count = reader.Read(block);
        hasEnded = count == 0;
        end += encoder.GetBytes(block.AsSpan(0, count), bytes.AsSpan(end), flush: hasEnded);
    }
}
