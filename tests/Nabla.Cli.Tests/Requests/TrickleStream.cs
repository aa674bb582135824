namespace Nabla.Cli.Tests.Requests;

/// <summary>A stream that gives one byte at a time.</summary>
internal sealed class TrickleStream(byte[] bytes) : MemoryStream(bytes)
{
    public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 1));
}
