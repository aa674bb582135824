using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Nabla.Expressions.Explanation;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Tests.Explanation;

/// <summary>Computations of linear algebra step by step: every step is right, and they end in the value.</summary>
public class ComputationTests
{
    private static readonly string[] s_functions = ["rref(A)", "ref(A)", "rank(A)", "inv(A)", "det(A)", "A \\ b", "lstsq(A, b)", "P, L, U = lu(A)", "Q, R = qr(A)", "w, V = eig(A)", "eigvals(A + A')", "null(A)", "orth(A)", "chol(A'*A + eye(rows(A)))", "inv(A)*b + 2*b", "A^-2*b"];

    public static TheoryData<string> Functions => [.. s_functions];

    public static TheoryData<string> Names => [.. TextbookComputation.All.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Functions))]
    public void Steps_of_random_matrices_are_right_and_end_in_the_value(string function)
    {
        var random = new Random(20261122);
        int told = 0;
        for (int trial = 0; trial < 60; trial++)
        {
            int n = random.Next(1, 5), m = function.Contains("rref") || function.Contains("lstsq") || function.Contains("null") || function.Contains("rank") || function.Contains("lu") ? random.Next(1, 6) : n;
            double scale = trial % 3 == 0 ? 0.1 : 1;
            double Entry() => random.Next(-3, 4) * scale;
            var A = NDArray<double>.Zeros(m, n);
            var b = NDArray<double>.Zeros(m);
            for (int i = 0; i < m; i++)
            {
                b[i] = Entry();
                for (int j = 0; j < n; j++) A[i, j] = Math.Round(Entry(), 1);
                b[i] = Math.Round(b[i], 1);
            }
            EvaluationAnswer answer;
            try
            {
                answer = Expressions.Questions.Evaluate(new() { Expression = function, At = new Dictionary<string, NDArray<double>> { ["A"] = A, ["b"] = b }, Explain = true });
            }
            catch (NablaException e) when (e.Code is ErrorCode.Singular or ErrorCode.Unsupported)
            {
                Assert.True(LinearAlgebra.Rank(A) < Math.Min(m, n) || e.Message.Contains("combination"), e.Message);
                continue;
            }
            told++;
            var steps = answer.Computation!.Steps;
            foreach (var step in steps.SelectMany(s => s.All))
            {
                Assert.True(step.MaxRelativeError <= 1e-8, $"{step.Rule}: {step.MaxRelativeError}");
                Assert.NotEmpty(step.Reason);
                if (step.Rule == "row-operation") RowOperationIsAsSaid(step);
            }
            if (answer.Outputs.Count == 1 && !answer.Outputs[0].Value.IsComplex)
            {
                var value = answer.Outputs[0].Value;
                if (value.Count == 0 || steps[^1].Reason.Contains("chose other pivots")) continue;
                double[] last = Numbers(steps[^1].After);
                Assert.Equal(value.Count, last.Length);
                double top = Math.Max(1, value.Real.ToArray().Max(Math.Abs));
                for (int k = 0; k < last.Length; k++) Assert.True(Math.Abs(last[k] - value.Real[k]) <= 1e-5 * top, $"{function}: {steps[^1].After} for {string.Join(", ", value.Real.ToArray())}");
            }
        }
        Assert.True(told >= 10, $"Only {told} computations were told.");
    }

    // "R2 <- R2 - 3/2 R1" read from its words, applied in double precision.
    private static void RowOperationIsAsSaid(DerivationStep step)
    {
        int columns = step.Shape.Count == 0 ? 1 : (int)step.Shape[1].Size!;
        double[] before = Numbers(step.Before), after = Numbers(step.After);
        double[] Row(int k) => before[((k - 1) * columns)..(k * columns)];
        string text = step.Reason.Split(':')[0];
        if (Regex.Match(text, @"^R(\d+) <-> R(\d+)$") is { Success: true } exchange)
        {
            var (i, j) = (int.Parse(exchange.Groups[1].Value, CultureInfo.InvariantCulture), int.Parse(exchange.Groups[2].Value, CultureInfo.InvariantCulture));
            Assert.Equal(Row(i), after[((j - 1) * columns)..(j * columns)]);
            Assert.Equal(Row(j), after[((i - 1) * columns)..(i * columns)]);
            return;
        }
        var match = Regex.Match(text, @"^R(?<t>\d+) <- (?:R\k<t> (?<sign>[+-]) (?:(?<f>[0-9/]+) )?R(?<s>\d+)|(?<f>-?[0-9/]+) R\k<t>|(?<minus>-)R\k<t>)$");
        Assert.True(match.Success, text);
        int target = int.Parse(match.Groups["t"].Value, CultureInfo.InvariantCulture);
        double factor = match.Groups["f"].Success ? Numbers(match.Groups["f"].Value)[0] : 1;
        if (match.Groups["sign"].Value == "-" || match.Groups["minus"].Success) factor = -factor;
        double[] row = Row(target);
        double[] expected = match.Groups["s"].Success ? [.. row.Zip(Row(int.Parse(match.Groups["s"].Value, CultureInfo.InvariantCulture)), (x, y) => x + factor * y)] : [.. row.Select(x => factor * x)];
        for (int i = 0; i < before.Length; i++)
            Assert.Equal(i / columns == target - 1 ? expected[i % columns] : before[i], after[i], 1e-9 * Math.Max(1, Math.Abs(after[i])));
    }

    private static double[] Numbers(string literal) =>
        [.. Expressions.Questions.Evaluate(new() { Expression = literal }).Outputs[0].Value.Real];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_golden_transcript_is_what_the_tool_writes(string name)
    {
        string path = Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "..", "docs", "computations", name + ".md");
        string page = TextbookComputation.All.Single(c => c.Name == name).Page();
        if (Environment.GetEnvironmentVariable("NABLA_WRITE_DOCS") == "1") File.WriteAllText(path, page);
        Assert.Equal(File.ReadAllText(path), page);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_format_tells_the_same_steps(string name)
    {
        var computation = TextbookComputation.All.Single(c => c.Name == name).Answer().Computation!;
        foreach (var level in Enum.GetValues<DerivationLevel>())
        {
            string text = DerivationText.Write(computation, level), latex = DerivationLatex.Write(computation, level);
            var html = XDocument.Parse(DerivationHtml.WritePage(name, computation, level).Replace("<!DOCTYPE html>", "").Replace("<meta charset=\"utf-8\">", ""));
            Assert.Equal(text.Split('\n').Count(line => line.Length > 0 && line[0] != ' '), latex.Split("\\paragraph{").Length - 1);
            Assert.Equal(html.Descendants("div").Count(), latex.Split("\\[ ").Length - 1);
            Assert.Equal(latex.Split("\\begin{").Length, latex.Split("\\end{").Length);
            Assert.DoesNotContain("\\texttt", latex);
        }
    }

    [Fact]
    public void A_system_without_unique_solution_tells_all_solutions()
    {
        var error = Assert.Throws<NablaException>(() => Expressions.Questions.Evaluate(new() { Expression = "[1 2; 2 4] \\ [1; 2]", Explain = true }));
        Assert.Equal(ErrorCode.Singular, error.Code);
        Assert.Contains("x = [1, 0] + t1 [-2, 1]", error.Message);
        var system = Expressions.Questions.Evaluate(new() { Expression = "A = [1 2; 2 4]; b = [1; 2]; rref([A, b])", Explain = true }).Computation!;
        Assert.Equal("[1; 0] + t1*[-2; 1]", system.Steps.SelectMany(s => s.All).Single(s => s.Rule == "solutions").After);
        var none = Expressions.Questions.Evaluate(new() { Expression = "A = [1 2; 2 4]; b = [1; 3]; rref([A, b])", Explain = true }).Computation!;
        Assert.Contains(none.Steps.SelectMany(s => s.All), s => s.Rule == "no-solution");
    }

    [Theory]
    [InlineData("1 + 1", ErrorCode.Unsupported)]
    [InlineData("U, s, V = svd([1 2; 3 4])", ErrorCode.Unsupported)]
    [InlineData("det(exp([1 2; 3 4]))", ErrorCode.Unsupported)]
    [InlineData("inv([1 2; 2 4])", ErrorCode.Singular)]
    [InlineData("w, V = eig(eye(5))", ErrorCode.Limit)]
    [InlineData("rref(ones(40, 40))", ErrorCode.Limit)]
    [InlineData("chol([1 2; 2 1])", ErrorCode.Domain)]
    [InlineData("Q, R = qr([1 2; 2 4])", ErrorCode.Unsupported)]
    public void What_is_not_worked_out_is_refused(string expression, ErrorCode code)
    {
        var error = Assert.Throws<NablaException>(() => Expressions.Questions.Evaluate(new() { Expression = expression, Explain = true }));
        Assert.Equal(code, error.Code);
    }

    [Fact]
    public void An_ill_conditioned_inverse_says_what_double_precision_loses()
    {
        string hilbert = $"[{string.Join("; ", Enumerable.Range(1, 10).Select(i => string.Join(", ", Enumerable.Range(0, 10).Select(j => $"1/{i + j}"))))}]";
        var computation = Expressions.Questions.Evaluate(new() { Expression = $"inv({hilbert})", Explain = true }).Computation!;
        Assert.StartsWith("[100, -4950, 79200, -600600,", computation.Steps[^1].After);
        Assert.Contains("in double precision differs", computation.Steps[^1].Reason);
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
