namespace Nabla.Expressions.Requests;

/// <summary>A request on its way through a desk. Whoever answers it first, its worker or the watch, is heard.</summary>
/// <param name="text">The request as JSON in UTF-8.</param>
/// <param name="op">What is asked, where the request need not say it.</param>
/// <param name="cancellation">Ends the work early.</param>
internal sealed class Job(ReadOnlyMemory<byte> text, string? op, CancellationToken cancellation)
{
    private readonly TaskCompletionSource<RequestAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _begun = long.MaxValue;

    /// <summary>The request as JSON in UTF-8.</summary>
    public ReadOnlyMemory<byte> Text => text;

    /// <summary>What is asked; null where the request says it.</summary>
    public string? Op => op;

    /// <summary>Ends the work early.</summary>
    public CancellationToken Cancellation => cancellation;

    /// <summary>The request's identity as JSON, once it is known.</summary>
    public ReadOnlyMemory<byte> Id { get; set; }

    /// <summary>Whether the request was understood: an error after that is one of the question.</summary>
    public bool IsUnderstood { get; set; }

    /// <summary>The answer to come.</summary>
    public Task<RequestAnswer> Answer => _answer.Task;

    /// <summary>Whether the watch answered: the worker may still be reading the request.</summary>
    public bool IsLeftBehind { get; private set; }

    /// <summary>How long a worker has had it in hand.</summary>
    public TimeSpan Elapsed => TimeSpan.FromMilliseconds(Math.Max(0, Environment.TickCount64 - Volatile.Read(ref _begun)));

    /// <summary>Starts the clock.</summary>
    public void Begin() => Volatile.Write(ref _begun, Environment.TickCount64);

    /// <summary>Hands in the worker's answer; false if the watch was first.</summary>
    public bool TryAnswer(RequestAnswer answer) => _answer.TrySetResult(answer);

    /// <summary>Answers in the place of a worker that does not stop; false if the worker was first.</summary>
    public bool TryLeaveBehind(RequestAnswer answer)
    {
        IsLeftBehind = true;
        if (_answer.TrySetResult(answer)) return true;
        IsLeftBehind = false;
        return false;
    }
}
