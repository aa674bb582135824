using System.Globalization;
using Nabla.Numerics;

namespace Nabla.Expressions.Tests.Code;

/// <summary>Programs that are deep, wide or long.</summary>
internal static class SizeCases
{
    /// <summary>A tower of functions, a sum and a product of many terms, a chain of matrices.</summary>
    public static List<CodeCase> Of(CodeTarget target)
    {
        var at = new Dictionary<string, NDArray<double>>
        {
            ["x"] = NDArray<double>.FromArray([0.3, -0.4], 2),
            ["c"] = NDArray<double>.Scalar(0.7),
            ["A"] = NDArray<double>.FromArray([0.5, 0.5, -0.3, 0.2], 2, 2),
        };
        string tower = "x", scalarTower = "c";
        for (int k = 0; k < 200; k++) (tower, scalarTower) = ($"sin({tower} + {k % 7})", $"sin({scalarTower} + {k % 7})");
        string Many(string sign, Func<int, string> term) => string.Join(sign, Enumerable.Range(1, 1200).Select(term));
        string Number(double x) => x.ToString(CultureInfo.InvariantCulture);
        return
        [
            Case(tower, "x"), Case(scalarTower, "c"), Case($"sum({tower})", "x"),
            Case(Many(" + ", k => $"sin({Number(0.002 * k)}*c)"), "c"), Case(Many(" - ", k => $"cos({Number(0.02 * k)}*x)"), "x"),
            Case(string.Join("*", Enumerable.Repeat("A", 60)) + "*x", "x"), Case(string.Join(".*", Enumerable.Range(1, 200).Select(k => $"(x + {Number(0.005 * k)})")), "x"),
        ];

        CodeCase Case(string program, string wrt)
        {
            string[] declare = [.. new[] { "x in R^n", "c in R", "A in R^(n x n)" }.Where(d => program.Contains(d[0], StringComparison.Ordinal))];
            return CodeCases.Of(target, program, declare, at, Output.Value, Output.Derivative(wrt)) with { Id = $"{program[..Math.Min(60, program.Length)]}..." };
        }
    }
}
