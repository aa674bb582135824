using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Nabla.Numerics.Tests;

/// <summary>The linear regressions among NIST's Statistical Reference Datasets, from the folder shared/data/nist beside the repository; skipped where it is not there.</summary>
public class ReferenceDataTests
{
    private const string Python = "/usr/bin/python3";

    private const string Driver = """
        import json, sys
        import numpy as np
        case = json.load(sys.stdin)
        print(json.dumps(np.linalg.lstsq(np.array(case["entries"]).reshape(case["rows"], -1), np.array(case["b"]), rcond=None)[0].tolist()))
        """;

    [Theory]
    [InlineData("Norris", 1, 0, 9)]
    [InlineData("Pontius", 2, 0, 9)]
    [InlineData("NoInt1", 1, 1, 9)]
    [InlineData("Filip", 10, 0, 7)]
    [InlineData("Wampler1", 5, 0, 9)]
    [InlineData("Wampler2", 5, 0, 9)]
    [InlineData("Wampler3", 5, 0, 9)]
    [InlineData("Wampler5", 5, 0, 9)]
    public void Least_squares_has_the_certified_digits(string name, int degree, int firstPower, int digits)
    {
        string? file = Find(name);
        Assert.SkipWhen(file is null, "There is no folder shared/data/nist beside the repository.");
        string[] lines = File.ReadAllLines(file!);
        double[] certified = [.. lines.Where(l => l.TrimStart().StartsWith('B') && l.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length == 3).Take(degree - firstPower + 1).Select(l => Number(l, 1))];
        string[] data = [.. lines.SkipWhile(l => !l.StartsWith("Data:  ", StringComparison.Ordinal) || l.Contains("Variable", StringComparison.Ordinal)).Skip(1).Where(l => l.Trim().Length > 0)];
        NDArray<double> A = NDArray<double>.Zeros(data.Length, certified.Length).Tabulate((i, j) => Math.Pow(Number(data[i], 1), j + firstPower));
        double[] b = [.. data.Select(l => Number(l, 0))];
        double worst = Digits(LinearAlgebra.LeastSquares(A, NDArray<double>.FromArray(b)).ToArray(), certified);
        TestContext.Current.SendDiagnosticMessage($"{name}: {worst:F1} right digits, {(OfNumpy(A, b) is { } theirs ? $"of NumPy's lstsq {Digits(theirs, certified):F1}" : "and no NumPy here to compare with")}");
        Assert.True(worst >= digits, $"{name} has {worst:F1} right digits");
    }

    /// <summary>The right digits of the worst coefficient, from 0 to 15.</summary>
    private static double Digits(double[] values, double[] certified) =>
        values.Zip(certified, (value, right) => Math.Clamp(-Math.Log10(Math.Max(Math.Abs(value - right) / Math.Abs(right), 1e-16)), 0, 15)).Min();

    private static double[]? OfNumpy(NDArray<double> A, double[] b)
    {
        if (!File.Exists(Python)) return null;
        using Process process = Process.Start(new ProcessStartInfo(Python, ["-c", Driver]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.StandardInput.Write(JsonSerializer.Serialize(new { rows = A.Rows, entries = A.ToArray(), b }));
        process.StandardInput.Close();
        string answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? JsonSerializer.Deserialize<double[]>(answer) : null;
    }

    private static double Number(string line, int word) => double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[word], CultureInfo.InvariantCulture);

    private static string? Find(string name)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string file = Path.Combine(folder.FullName, "shared", "data", "nist", name + ".dat");
            if (File.Exists(file)) return file;
        }
        return null;
    }
}
