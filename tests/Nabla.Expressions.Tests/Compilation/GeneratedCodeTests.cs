using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Nabla.Numerics;

namespace Nabla.Expressions.Tests.Compilation;

/// <summary>The code of the whole corpus is run: C# by the compiler here, NumPy and PyTorch by Python where it is installed.</summary>
public class GeneratedCodeTests
{
    private const int Programs = 400;
    private const string Python = "/usr/bin/python3";

    // Runs each program in a world of its own and answers with the entries of its result, or with what went wrong.
    private const string Driver = """
        import json, sys, traceback
        import numpy as np
        module = sys.argv[1]
        if module == "torch":
            import torch
            torch.set_default_dtype(torch.float64)
        for line in sys.stdin:
            case = json.loads(line)
            try:
                world = {}
                exec(case["code"], world)
                values = [np.array(x["entries"], dtype=float).reshape(x["shape"]) for x in case["inputs"]]
                if module == "torch":
                    values = [torch.tensor(v) for v in values]
                result = np.asarray(world["derivative"](*values), dtype=float)
                print(json.dumps({"entries": result.ravel().tolist()}))
            except Exception:
                print(json.dumps({"error": traceback.format_exc()}))
        """;

    [Fact]
    public void The_CSharp_code_of_the_corpus_compiles_and_is_right() => RunCSharp(CodeCases.Of(CodeTarget.CSharp));

    [Fact]
    public void The_CSharp_code_of_random_programs_is_right()
    {
        var cases = CodeCases.Random(CodeTarget.CSharp, Programs);
        Assert.True(cases.Count > Programs / 2, $"Only {cases.Count} of {Programs} programs could be compared.");
        RunCSharp(cases);
    }

    private static void RunCSharp(List<CodeCases.Case> cases)
    {
        var trees = cases.Select((c, i) => CSharpSyntaxTree.ParseText(c.Code.Replace("class Generated", $"class Generated{i}", StringComparison.Ordinal), cancellationToken: TestContext.Current.CancellationToken));
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(p => p.EndsWith(".dll", StringComparison.Ordinal)).Select(p => MetadataReference.CreateFromFile(p));
        var compilation = CSharpCompilation.Create("GeneratedCode", trees, references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Debug));
        using var image = new MemoryStream();
        var emitted = compilation.Emit(image, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Take(5).Select(d => $"{d}\n{d.Location.SourceTree}")));
        var assembly = Assembly.Load(image.ToArray());
        var broken = new List<string>();
        for (int i = 0; i < cases.Count; i++)
        {
            var method = assembly.GetType($"Generated{i}")!.GetMethod("derivative")!;
            object[] arguments = [.. cases[i].Inputs.Select(x => x.Order == 0 ? (object)x.ToScalar() : x)];
            object result = method.Invoke(null, arguments)!;
            if (CodeCases.Difference(cases[i], result is double scalar ? [scalar] : ((NDArray<double>)result).ToArray()) is { } difference) broken.Add(difference);
        }
        Assert.True(broken.Count == 0, $"{broken.Count} of {cases.Count}:\n{string.Join("\n\n", broken.Take(5))}");
    }

    [Theory]
    [InlineData("numpy", CodeTarget.NumPy)]
    [InlineData("torch", CodeTarget.PyTorch)]
    public void The_Python_code_of_the_corpus_is_right(string module, CodeTarget target)
    {
        Assert.SkipUnless(HasPython(module), $"Python with {module} is not installed.");
        RunPython(module, CodeCases.Of(target));
    }

    [Theory]
    [InlineData("numpy", CodeTarget.NumPy)]
    [InlineData("torch", CodeTarget.PyTorch)]
    public void The_Python_code_of_random_programs_is_right(string module, CodeTarget target)
    {
        Assert.SkipUnless(HasPython(module), $"Python with {module} is not installed.");
        var cases = CodeCases.Random(target, Programs);
        Assert.True(cases.Count > Programs / 2, $"Only {cases.Count} of {Programs} programs could be compared.");
        RunPython(module, cases);
    }

    private static bool HasPython(string module) => File.Exists(Python) && Run("-c", [$"import {module}"], []).Count == 0;

    private static void RunPython(string module, List<CodeCases.Case> cases)
    {
        var lines = cases.Select(c => JsonSerializer.Serialize(new { code = c.Code, inputs = c.Inputs.Select(x => new { entries = x.ToArray(), shape = x.Shape.ToArray() }) }));
        var answers = Run("-c", [Driver, module], lines);
        Assert.Equal(cases.Count, answers.Count);
        var broken = new List<string>();
        for (int i = 0; i < answers.Count; i++)
        {
            var answer = JsonDocument.Parse(answers[i]).RootElement;
            if (answer.TryGetProperty("error", out var error)) broken.Add($"{cases[i].Id}: {error.GetString()}\n{cases[i].Code}");
            else if (CodeCases.Difference(cases[i], [.. answer.GetProperty("entries").EnumerateArray().Select(e => e.ValueKind == JsonValueKind.Number ? e.GetDouble() : double.NaN)]) is { } difference) broken.Add(difference);
        }
        Assert.True(broken.Count == 0, $"{broken.Count} of {cases.Count}:\n{string.Join("\n\n", broken.Take(8))}");
    }

    [Theory]
    [InlineData(CodeTarget.Jax, "jax.numpy")]
    [InlineData(CodeTarget.Julia, "using LinearAlgebra")]
    [InlineData(CodeTarget.Matlab, "function ")]
    public void Languages_that_are_not_installed_are_written_for_the_whole_corpus(CodeTarget target, string mark)
    {
        foreach (var c in CodeCases.Of(target))
        {
            Assert.Contains(mark, c.Code, StringComparison.Ordinal);
            Assert.DoesNotContain("eye(", c.Code, StringComparison.Ordinal);
            Assert.Equal(c.Code.Count(ch => ch == '('), c.Code.Count(ch => ch == ')'));
        }
    }

    private static List<string> Run(string option, string[] arguments, IEnumerable<string> input)
    {
        var start = new ProcessStartInfo(Python) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(option);
        foreach (string a in arguments) start.ArgumentList.Add(a);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        foreach (string line in input) process.StandardInput.WriteLine(line);
        process.StandardInput.Close();
        process.WaitForExit();
        string[] lines = output.GetAwaiter().GetResult().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return process.ExitCode == 0 ? [.. lines] : [.. lines, errors.GetAwaiter().GetResult()];
    }
}
