using System.Globalization;

namespace Nabla.Numerics.Tests;

/// <summary>The linear regressions among NIST's Statistical Reference Datasets, from the folder shared/data/nist beside the repository; skipped where it is not there.</summary>
public class ReferenceDataTests
{
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
        NDArray<double> x = LinearAlgebra.LeastSquares(A, NDArray<double>.FromArray([.. data.Select(l => Number(l, 0))]));
        double worst = Enumerable.Range(0, certified.Length).Min(j => Digits(x[j], certified[j]));
        TestContext.Current.SendDiagnosticMessage($"{name}: {worst:F1} digits");
        Assert.True(worst >= digits, $"{name} has {worst:F1} right digits");
    }

    private static double Digits(double value, double certified) => Math.Min(15, -Math.Log10(Math.Max(Math.Abs(value - certified) / Math.Abs(certified), 1e-16)));

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
