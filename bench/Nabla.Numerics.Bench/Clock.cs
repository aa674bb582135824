using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Nabla.Numerics.Bench;

/// <summary>Seconds on the wall, or of processor time of this process (on Linux), which other work on a busy machine lengthens less.</summary>
internal static class Clock
{
    private const int ProcessTime = 2;

    /// <summary>Whether processor time is read.</summary>
    internal static bool CountsProcessorTime { get; set; }

    internal static double Seconds()
    {
        if (!CountsProcessorTime) return Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency;
        if (Read(ProcessTime, out TimeSpec time) != 0) throw new InvalidOperationException("The clock of the processor time of this process cannot be read.");
        return time.Seconds + 1e-9 * time.Nanoseconds;
    }

    [DllImport("libc", EntryPoint = "clock_gettime")]
    private static extern int Read(int clock, out TimeSpec time);

    private struct TimeSpec
    {
        internal long Seconds;
        internal long Nanoseconds;
    }
}
