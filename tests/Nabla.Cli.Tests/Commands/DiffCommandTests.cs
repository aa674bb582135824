using System.Text.Json;
using System.Text.RegularExpressions;
using Nabla.Expressions.Requests;

namespace Nabla.Cli.Tests.Commands;

public class DiffCommandTests
{
    [Fact]
    public void TheReportHasTheVariablesTheFunctionTheDerivativeAndTheProof()
    {
        var result = Tool.Run("diff", "sin(A*x + b)", "--wrt", "x", "--declare", "A in R^(m x n)");
        Assert.Equal(0, result.Status);
        Assert.Empty(result.Error);
        Assert.Matches(new Regex("""
            ^A in R\^\(m x n\)
            x in R\^n .*# assumed
            b in R\^m .*# assumed

            f = sin\(A\*x \+ b\)   # column of m

            df/dx = diag\(cos\(.+\)\)\*A   # m x n

            proved at \d+ points \(.+\): largest relative error \d\.\de-?\d+
            """.ReplaceLineEndings("\n"), RegexOptions.Multiline), result.Output);
    }

    [Fact]
    public void ValuesAreShownWhereAllAreGiven()
    {
        string output = Tool.Run("diff", "x'*x", "--at", "x=[1, 2]").Output;
        Assert.Contains("\nf = 5\n", output);
        Assert.Contains("\ndf/dx = [2, 4]\n", output);
    }

    [Theory]
    [InlineData("text", "2*x\n")]
    [InlineData("latex", "2\\,x\n", "2 x\n", "2x\n")]
    public void AFormatIsTheDerivativeAndNothingElse(string format, params string[] allowed) =>
        Assert.Contains(Tool.Run("diff", "x'*x", "--format", format).Output, allowed);

    [Fact]
    public void MathmlIsOneElement()
    {
        string output = Tool.Run("diff", "x'*x", "--format", "mathml").Output;
        Assert.StartsWith("<math", output);
        Assert.EndsWith("</math>\n", output);
    }

    [Fact]
    public void JsonIsTheAnswerOfBatchWithoutIdentity()
    {
        var answer = JsonDocument.Parse(Tool.Run("diff", "x'*x", "--at", "x=[1, 2]", "--format", "json").Output).RootElement;
        Assert.Equal(["ok", "op", "variables", "function", "derivative", "check", "notes"], answer.EnumerateObject().Select(p => p.Name));
        Assert.Equal("[2,4]", answer.GetProperty("derivative").GetProperty("value").GetRawText());
        Assert.Equal("{\"function\":0,\"variable\":1}", answer.GetProperty("derivative").GetProperty("axes").GetRawText());
    }

    [Theory]
    [InlineData("csharp", "Math.Cos(")]
    [InlineData("numpy", "np.cos(A @ x)[:, None]")]
    [InlineData("pytorch", "torch.cos(A @ x)[:, None]")]
    [InlineData("jax", "jnp.cos(A @ x)[:, None]")]
    [InlineData("julia", "cos(t1[i])")]
    [InlineData("matlab", "cos(t1(i))")]
    public void CodeFormsNoDiagonalMatrix(string format, string expected)
    {
        var result = Tool.Run("diff", "sin(A*x)", "--wrt", "x", "--format", format);
        Assert.Equal(0, result.Status);
        Assert.Contains(expected, result.Output.Replace("((A @ x))", "(A @ x)", StringComparison.Ordinal));
        Assert.Contains("derivative(A, x", result.Output.Replace("NDArray<double> ", "", StringComparison.Ordinal));
    }

    [Fact]
    public void CodeIsGivenInTheLanguagesThatAreAskedFor()
    {
        string[] lines =
        [
            """{"expression": "sin(A*x)", "wrt": "x", "declare": ["A in R^(m x n)"], "formats": ["text", "numpy", "csharp", "numpy"]}""",
            """{"expression": "a*b", "wrt": "a", "at": {"a": 2, "b": [1, 2, 3]}, "formats": ["julia"]}""",
            """{"expression": "x^2", "claim": "2*x", "op": "check", "formats": ["text", "matlab"]}""",
            """{"expression": "c*eigvals(A)", "wrt": "c", "declare": ["A in R^(n x n) upper triangular"], "formats": ["matlab"]}""",
        ];
        JsonElement[] answers = [.. Tool.Run(Engine.Library, ["batch", "-"], string.Join('\n', lines)).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
        var derivative = answers[0].GetProperty("derivative");
        Assert.Equal("diag(cos(A*x))*A", derivative.GetProperty("text").GetString());
        Assert.Equal(["numpy", "csharp"], derivative.GetProperty("code").EnumerateObject().Select(p => p.Name));
        Assert.Contains("def derivative(A, x):", derivative.GetProperty("code").GetProperty("numpy").GetString());
        Assert.Contains("public static NDArray<double> derivative(", derivative.GetProperty("code").GetProperty("csharp").GetString());
        // The kinds of names that are not declared come from their values, for the code too.
        Assert.Contains("function derivative(a, b)", answers[1].GetProperty("derivative").GetProperty("code").GetProperty("julia").GetString());
        Assert.Contains("size(b, 1)", answers[1].GetProperty("derivative").GetProperty("code").GetProperty("julia").GetString());
        Assert.Contains("languages", answers[2].GetProperty("notes")[0].GetString());
        Assert.False(answers[3].GetProperty("derivative").TryGetProperty("code", out _));
        Assert.Contains("no code for eigvals", answers[3].GetProperty("notes").EnumerateArray().Last().GetString());
    }

    [Fact]
    public void TheStepsAreToldInEveryFormat()
    {
        string[] question = ["diff", "z = A*x + b; sin(z)", "--wrt", "x", "--declare", "A in R^(E x D)", "--steps"];
        string text = Tool.Run(question).Output;
        Assert.Contains("df/dx = df/dz * dz/dx\n          E x E   E x D\n", text);
        Assert.Contains("\\underbrace{\\frac{\\partial f}{\\partial z}}_{E \\times E}", Tool.Run([.. question, "--format", "latex"]).Output);
        Assert.Contains("<munder>", Tool.Run([.. question, "--format", "mathml"]).Output);
        Assert.StartsWith("<!DOCTYPE html>", Tool.Run([.. question, "--format", "html"]).Output);
        var steps = JsonDocument.Parse(Tool.Run([.. question, "--format", "json"]).Output).RootElement.GetProperty("steps");
        Assert.Equal("diag(cos(A*x + b))*A", steps[steps.GetArrayLength() - 1].GetProperty("after").GetString());
        Assert.Contains("Differentials", Tool.Run([.. question, "--view", "differential"]).Output);
        Assert.Contains("Entries", Tool.Run([.. question, "--view", "element"]).Output);
        Assert.True(Tool.Run([.. question, "--level", "short"]).Output.Length < text.Length);
        Assert.Equal(2, Tool.Run("diff", "x'*x", "--format", "html").Status);
    }

    [Fact]
    public void TheCostIsThatOfTheGivenSizes()
    {
        var result = Tool.Run("diff", "sin(A*x)", "--wrt", "x", "--cost", "--at", "A=[[1, 2, 3], [4, 5, 6]]", "--at", "x=[1, 2, 3]");
        Assert.Contains("product of 2 x 3 and 3 x 1: 12 operations", result.Output);
        Assert.Contains("(request)", Tool.Run("diff", "sin(A*x)", "--wrt", "x", "--cost", "--at", "x=[1, 2, 3]").Error);
    }

    [Fact]
    public void StepsHaveNoFormInCode() => Assert.Equal(2, Tool.Run("diff", "x'*x", "--steps", "--format", "numpy").Status);

    [Fact]
    public void OrdersAndLayoutsAreObeyed()
    {
        Assert.Equal("2*X'*X\n", Tool.Run("diff", "sum((X*w - y).^2)", "--wrt", "w", "--order", "2", "--format", "text").Output);
        Assert.Equal("A'\n", Tool.Run("diff", "A*x", "--wrt", "x", "--layout", "denominator", "--format", "text").Output);
        Assert.Contains("d2f/dx2 = ", Tool.Run("diff", "x'*A*x", "--wrt", "x", "--order", "2").Output);
    }

    [Fact]
    public void TheProofCanBeLeftOut()
    {
        string output = Tool.Run("diff", "x'*x", "--no-check").Output;
        Assert.Contains("not proved", output);
        Assert.DoesNotContain("\nproved", output);
    }

    [Fact]
    public void WhatNoMatrixHoldsIsWrittenInIndices()
    {
        string report = Tool.Run("diff", "A*X*B", "--wrt", "X").Output;
        Assert.Contains("no matrix expression", report);
        Assert.Contains("entries: ", report);
        Assert.Contains("vec: ", report);
        Assert.NotEmpty(Tool.Run("diff", "A*X*B", "--wrt", "X", "--format", "text").Output.Trim());
    }

    [Fact]
    public void ErrorsPointAtThePlace()
    {
        var result = Tool.Run("diff", "x + * 3", "--wrt", "x");
        Assert.Equal((1, ""), (result.Status, result.Output));
        Assert.StartsWith("program:1:5: ", result.Error);
        Assert.EndsWith("\n  x + * 3\n      ^\n", result.Error);
        Assert.StartsWith("declare[1]:1:", Tool.Run("diff", "x'*y", "--declare", "x in R^n", "--declare", "y in R^(n").Error);
    }

    [Fact]
    public void ProgramsComeFromStandardInputAndFiles()
    {
        Assert.Equal("2*x\n", Tool.Run(Engine.Library, ["diff", "-", "--format", "text"], "\uFEFF# a comment\nx'*x\n").Output);
        string path = Path.GetTempFileName();
        File.WriteAllText(path, "y = 2*x\nsin(y))\n");
        var result = Tool.Run("diff", "@" + path);
        Assert.StartsWith("program:2:7: ", result.Error);
        File.WriteAllBytes(path, [0xFF, 0xFE, 0]);
        Assert.Contains("UTF-8", Tool.Run("diff", "@" + path).Error);
        File.Delete(path);
    }

    [Fact]
    public void AnExpressionMayBeginWithASign()
    {
        Assert.Equal("-2*c\n", Tool.Run("diff", "-c^2", "--format", "text").Output);
        Assert.Equal(0, Tool.Run("diff", "--no-check", "--", "--c").Status);
    }

    [Fact]
    public void TheAnswerMayGoToAFile()
    {
        string path = Path.GetTempFileName();
        var result = Tool.Run("diff", "x'*x", "--format", "text", "--out", path);
        Assert.Equal((0, ""), (result.Status, result.Output));
        Assert.Equal("2*x\n", File.ReadAllText(path));
        File.Delete(path);
        Assert.Equal(1, Tool.Run("diff", "x'*x", "--out", Path.Combine(path, "not", "there")).Status);
    }

    [Fact]
    public void ColoursAreForTerminalsOnly()
    {
        Assert.Contains("\e[", Tool.Run(Engine.Library, ["diff", "x'*x"], onTerminal: true).Output);
        Assert.DoesNotContain("\e", Tool.Run("diff", "x'*x").Output);
        Assert.Contains("\e[", Tool.Run(Engine.Library, ["diff", "x + * 3"], onTerminal: true).Error);
        Assert.Equal(Tool.Run("diff", "2*c", "--no-check").Output, Regex.Replace(Tool.Run(Engine.Library, ["diff", "2*c", "--no-check"], onTerminal: true).Output, "\e\\[[0-9;]*m", ""));
    }
}
