using System.Diagnostics;
using System.Reflection;
using BenchmarkDotNet.Attributes;

namespace Nabla.MathNet.Bench;

/// <summary>The same benchmarks in short batches that alternate, of which the fastest count: for a machine that has other work.</summary>
internal static class Alternation
{
    private const int Rounds = 5;

    internal static void Run(Type[] benchmarks)
    {
        Console.WriteLine("| what | n | Nabla µs | Math.NET µs | ratio |\n|---|---|---|---|---|");
        foreach (Type type in benchmarks)
        {
            PropertyInfo size = type.GetProperty("N")!;
            foreach (object? n in size.GetCustomAttribute<ParamsAttribute>()!.Values)
            {
                object instance = Activator.CreateInstance(type)!;
                size.SetValue(instance, n);
                type.GetMethod("Setup")!.Invoke(instance, null);
                foreach (IGrouping<string, MethodInfo> pair in type.GetMethods().Where(m => m.IsDefined(typeof(BenchmarkAttribute))).GroupBy(m => m.GetCustomAttribute<BenchmarkCategoryAttribute>()!.Categories[0]))
                    Measure(pair.Key, n, [.. pair.OrderByDescending(m => m.GetCustomAttribute<BenchmarkAttribute>()!.Baseline).Select(m => Call(m, instance))]);
            }
        }
    }

    private static Action Call(MethodInfo method, object instance)
    {
        if (method.ReturnType == typeof(double))
        {
            Func<double> number = method.CreateDelegate<Func<double>>(instance);
            return () => number();
        }
        Func<object> result = method.CreateDelegate<Func<object>>(instance);
        return () => result();
    }

    private static void Measure(string what, object? n, Action[] pair)
    {
        double[] best = [double.PositiveInfinity, double.PositiveInfinity];
        for (int round = 0; round < Rounds; round++)
        {
            for (int side = 0; side < 2; side++)
            {
                long begin = Stopwatch.GetTimestamp();
                int batch = 1;
                do
                {
                    long start = Stopwatch.GetTimestamp();
                    for (int k = 0; k < batch; k++) pair[side]();
                    double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
                    best[side] = Math.Min(best[side], seconds / batch);
                    batch = Math.Clamp((int)(2e-5 / best[side]), 1, 1000);
                }
                while (Stopwatch.GetElapsedTime(begin).TotalSeconds < 0.06);
            }
        }
        Console.WriteLine($"| {what} | {n} | {best[0] * 1e6:G4} | {best[1] * 1e6:G4} | {best[1] / best[0]:F1} |");
    }
}
