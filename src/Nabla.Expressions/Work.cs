using Nabla.Expressions.Notation;

namespace Nabla.Expressions;

/// <summary>The budget of one question: a deadline, bounds on memory, and a way to cancel, asked for in every loop that can grow.</summary>
public sealed class Work
{
    private readonly long _deadline;
    private readonly CancellationToken _cancellation;
    private int _calls;
    private int _thread = -1;
    private long _bytesOfThread;
    private long _bytes;

    /// <summary>Creates a budget.</summary>
    /// <param name="time">The time that the question may take; null for no limit.</param>
    /// <param name="cancellation">Ends the work early.</param>
    public Work(TimeSpan? time = null, CancellationToken cancellation = default)
    {
        _deadline = time is { } t ? Environment.TickCount64 + (long)t.TotalMilliseconds : long.MaxValue;
        _cancellation = cancellation;
    }

    /// <summary>Work without a limit.</summary>
    public static Work Unlimited => new();

    /// <summary>The most entries of a value.</summary>
    public long Entries { get; init; } = Limits.Entries;

    /// <summary>The most bytes that the question may ask memory for, all in all; null for no limit.</summary>
    public long? Bytes { get; init; }

    /// <summary>Whether the time is over or the caller cancelled.</summary>
    public bool IsOver => _cancellation.IsCancellationRequested || Environment.TickCount64 > _deadline;

    /// <summary>Ends the work when its time is over; cheap enough for inner loops.</summary>
    /// <exception cref="NablaException">The time is over, or too much memory was asked for (<see cref="ErrorCode.Limit"/>).</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public void Check()
    {
        if ((++_calls & 63) == 0) CheckNow();
    }

    /// <summary>As <see cref="Check"/>, at once: for places that are reached seldom and follow much work.</summary>
    public void CheckNow()
    {
        _cancellation.ThrowIfCancellationRequested();
        if (Environment.TickCount64 > _deadline) throw new NablaException(ErrorCode.Limit, "The time for this request is over.");
        if (Bytes is { } bytes) CheckMemory(bytes);
    }

    // A question may go on on other threads, each with a count of its own; the first count of a thread is where the question begins there.
    private void CheckMemory(long most)
    {
        int thread = Environment.CurrentManagedThreadId;
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        if (thread == _thread) _bytes += allocated - _bytesOfThread;
        (_thread, _bytesOfThread) = (thread, allocated);
        if (_bytes > most) throw new NablaException(ErrorCode.Limit, $"A request may ask for {most >> 20} MB of memory, but this one needs more.");
    }
}
