using System.Diagnostics;
using Nabla.Expressions.Tests.Fuzz;

// The laws over random programs, as long as asked:
// dotnet run -c Release --project tests/Nabla.Soak -- --programs 1000000 --seed 1 [--threads 1] [--seconds 3600] [--show] [--texts]
int Option(string name, int otherwise) => Array.IndexOf(args, name) is >= 0 and var i && i + 1 < args.Length ? int.Parse(args[i + 1]) : otherwise;
int first = Option("--seed", 1), programs = Option("--programs", 1000), seconds = Option("--seconds", int.MaxValue);
var (watch, tally, broken, laws) = (Stopwatch.StartNew(), new Tally(), 0, new SortedDictionary<string, int>(StringComparer.Ordinal));
if (args.Contains("--show"))
{
    for (int seed = first; seed < first + programs; seed++) Console.WriteLine($"seed {seed}: {ProgramGenerator.Of(seed)}");
    return 0;
}

// A program that does not end is named while it runs.
var running = new System.Collections.Concurrent.ConcurrentDictionary<int, TimeSpan>();
using var watcher = new Timer(_ =>
{
    foreach (var (seed, since) in running)
        if (watch.Elapsed - since > TimeSpan.FromSeconds(10)) Console.WriteLine($"seed {seed}: still running after {(watch.Elapsed - since).TotalSeconds:0} s: {ProgramGenerator.Of(seed)}");
}, null, 10_000, 10_000);

Parallel.For(0, programs, new() { MaxDegreeOfParallelism = Option("--threads", Environment.ProcessorCount) }, (i, loop) =>
{
    if (watch.Elapsed.TotalSeconds > seconds) loop.Stop();
    int seed = first + i;
    bool thorough = seed % 8 == 0;
    GeneratedProgram program;
    try
    {
        program = ProgramGenerator.Of(seed);
    }
    catch (Nabla.Expressions.Notation.NablaException e)
    {
        // What the generator thinks well-shaped is refused: one of the two is wrong.
        lock (tally)
        {
            broken++;
            laws["generated"] = laws.GetValueOrDefault("generated") + 1;
            Console.WriteLine($"seed {seed}: generated: {e.Message}");
        }
        return;
    }
    var started = running[seed] = watch.Elapsed;
    if (Laws.Broken(program, thorough, tally) is { } failure)
    {
        var (small, smallest) = Shrinking.Shrink(program, failure, thorough);
        lock (tally)
        {
            broken++;
            laws[failure.Law] = laws.GetValueOrDefault(failure.Law) + 1;
            Console.WriteLine($"seed {seed}: {smallest.Law}: {small}: {smallest.Message}");
        }
    }
    running.TryRemove(seed, out _);
    if ((watch.Elapsed - started).TotalSeconds > 10) Console.WriteLine($"seed {seed}: took {(watch.Elapsed - started).TotalSeconds:0} s: {program}");
    if (tally.Asked % 10_000 == 0) Console.WriteLine($"# {tally.Asked} programs, {broken} broken, {watch.Elapsed:hh\\:mm\\:ss}");
});
if (args.Contains("--texts")) foreach (string program in tally.WithoutText) Console.WriteLine($"no text: {program}");
Console.WriteLine($"# seeds from {first}: {tally.Asked} programs kept the laws ({tally}; {tally.WithoutText.Count} without text); {broken} broke one: {string.Join(", ", laws.Select(l => $"{l.Key} {l.Value}"))}; {watch.Elapsed:hh\\:mm\\:ss}.");
return broken == 0 ? 0 : 1;
