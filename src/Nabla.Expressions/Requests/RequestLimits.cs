namespace Nabla.Expressions.Requests;

/// <summary>What one request may use.</summary>
/// <param name="Time">The time for its answer.</param>
internal sealed record RequestLimits(TimeSpan Time)
{
    /// <summary>The most entries of a value.</summary>
    public long Entries { get; init; } = Limits.Entries;

    /// <summary>The most bytes that it may ask memory for, all in all; null for no limit.</summary>
    public long? Bytes { get; init; }

    /// <summary>The most computations that do not stop in time and are left behind on their threads at once.</summary>
    public int LeftBehind { get; init; } = int.MaxValue;

    /// <summary>The most requests that wait for a thread.</summary>
    public int Waiting { get; init; } = int.MaxValue;
}
