namespace Nabla.Numerics;

/// <summary>How many threads the kernels use. Results do not depend on it: work is split over tiles of the result, never over a sum.</summary>
public static class Parallelism
{
    private static int threads = Environment.ProcessorCount;

    [ThreadStatic]
    private static bool inside;

    /// <summary>The number of threads, at least 1; the number of processors unless it is set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than 1.</exception>
    public static int Threads
    {
        get => threads;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            threads = value;
        }
    }

    /// <summary>Does the items 0 to <paramref name="items"/> - 1, on this thread and on as many of the pool as are free. Items must not depend on each other.</summary>
    internal static void For(int items, Action<int> body)
    {
        int helpers = inside ? 0 : Math.Min(threads, items) - 1;
        if (helpers <= 0)
        {
            for (int i = 0; i < items; i++) body(i);
            return;
        }
        var job = new Job(items, body);
        for (int k = 0; k < helpers; k++) ThreadPool.UnsafeQueueUserWorkItem(job, preferLocal: false);
        job.Execute();
        job.Wait();
    }

    /// <summary>Does the items 0 to <paramref name="items"/> - 1 in ranges, on this thread alone where the work (in elementary operations) is small.</summary>
    internal static void ForRanges(int items, long work, Action<int, int> body)
    {
        if (threads == 1 || work < 1_000_000)
        {
            body(0, items);
            return;
        }
        int share = (items + 4 * threads - 1) / (4 * threads);
        For((items + share - 1) / share, range => body(range * share, Math.Min(items, (range + 1) * share)));
    }

    /// <summary>Items that are claimed one by one: a helper that comes late finds nothing left to do, and nobody waits for it.</summary>
    private sealed class Job(int items, Action<int> body) : IThreadPoolWorkItem
    {
        private int next = -1;
        private int done;
        private Exception? failure;

        public void Execute()
        {
            bool outer = inside;
            inside = true;
            for (int i = Interlocked.Increment(ref next); i < items; i = Interlocked.Increment(ref next))
            {
                try
                {
                    body(i);
                }
#pragma warning disable CA1031 // Any failure is handed to the thread that waits.
                catch (Exception exception)
#pragma warning restore CA1031
                {
                    failure = exception;
                }
                Interlocked.Increment(ref done);
            }
            inside = outer;
        }

        public void Wait()
        {
            var spin = default(SpinWait);
            while (Volatile.Read(ref done) < items) spin.SpinOnce(sleep1Threshold: -1);
            if (failure is not null) throw new AggregateException(failure);
        }
    }
}
