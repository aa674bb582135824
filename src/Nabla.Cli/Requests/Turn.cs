namespace Nabla.Cli.Requests;

/// <summary>One request in hand: whoever finishes it first, its worker or the watch, writes the answer.</summary>
internal sealed class Turn
{
    private readonly long _begun = Environment.TickCount64;
    private int _isFinished;

    /// <summary>The request's identity as JSON, once it is known.</summary>
    public ReadOnlyMemory<byte> Id { get; set; } = "null"u8.ToArray();

    /// <summary>How long the request has been in hand.</summary>
    public TimeSpan Elapsed => TimeSpan.FromMilliseconds(Environment.TickCount64 - _begun);

    /// <summary>Claims the answer; true for the first caller only.</summary>
    public bool TryFinish() => Interlocked.Exchange(ref _isFinished, 1) == 0;
}
