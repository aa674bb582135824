using System.Diagnostics;
using System.Globalization;
using Nabla.Numerics;
using Nabla.Numerics.Bench;

// Reads lines "CASE SIZES... REPEATS" and answers each with the seconds of the fastest repeat, so that a driver can alternate with its peers.
foreach (string name in Cases.All.Keys) Console.Error.Write(name + " ");
while (Console.ReadLine() is { } line)
{
    string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    if (words.Length == 0) continue;
    if (words[0] == "threads")
    {
        Parallelism.Threads = int.Parse(words[1], CultureInfo.InvariantCulture);
        Console.WriteLine("0");
        continue;
    }
    if (words[0] == "processor-time")
    {
        Clock.CountsProcessorTime = true;
        Console.WriteLine("0");
        continue;
    }
    int[] numbers = [.. words[1..].Select(w => int.Parse(w, CultureInfo.InvariantCulture))];
    Action action = Cases.All[words[0]](numbers[..^1]);
    // Warm for a while, so that the compiler has done its best; quick actions are timed in batches.
    long begin = Stopwatch.GetTimestamp();
    int calls = 0;
    do
    {
        action();
        calls++;
    }
    while (Stopwatch.GetElapsedTime(begin).TotalSeconds < 0.05);
    int batch = Math.Max(1, (int)(2e-5 * calls / Stopwatch.GetElapsedTime(begin).TotalSeconds));
    double best = double.PositiveInfinity;
    for (int k = 0; k < numbers[^1]; k++)
    {
        double start = Clock.Seconds();
        for (int l = 0; l < batch; l++) action();
        best = Math.Min(best, (Clock.Seconds() - start) / batch);
    }
    Console.WriteLine(best.ToString("R", CultureInfo.InvariantCulture));
}
