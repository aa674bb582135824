using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Nabla.Numerics;

namespace Nabla.Expressions.Tests.Code;

/// <summary>C#, compiled here.</summary>
internal sealed class CSharpLanguage : Language
{
    /// <inheritdoc/>
    public override CodeTarget Target => CodeTarget.CSharp;

    /// <inheritdoc/>
    public override string? Missing => null;

    /// <inheritdoc/>
    public override IReadOnlyList<CodeAnswer> Run(IReadOnlyList<CodeCase> cases)
    {
        var token = TestContext.Current.CancellationToken;
        string[] codes = [.. cases.Select(c => c.Code).Distinct()];
        var trees = codes.Select((code, i) => CSharpSyntaxTree.ParseText(code.Replace("class Generated", $"class Generated{i}", StringComparison.Ordinal), cancellationToken: token));
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(p => p.EndsWith(".dll", StringComparison.Ordinal)).Select(p => MetadataReference.CreateFromFile(p));
        var compilation = CSharpCompilation.Create("GeneratedCode", trees, references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Debug));
        using var image = new MemoryStream();
        var emitted = compilation.Emit(image, cancellationToken: token);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Take(5).Select(d => $"{d}\n{d.Location.SourceTree}")));
        var assembly = Assembly.Load(image.ToArray());
        var methods = codes.Select((code, i) => (code, Method: assembly.GetType($"Generated{i}")!.GetMethod("derivative")!)).ToDictionary(m => m.code, m => m.Method, StringComparer.Ordinal);
        return [.. cases.Select(c => Call(methods[c.Code], c))];
    }

    private static CodeAnswer Call(MethodInfo method, CodeCase c)
    {
        // The types of the parameters refuse the other of numbers and arrays.
        var parameters = method.GetParameters();
        for (int i = 0; i < parameters.Length; i++)
            if (parameters[i].ParameterType == typeof(double) != (c.Inputs[i].Order == 0)) return CodeAnswer.Failed($"{parameters[i].Name} must be of type {parameters[i].ParameterType}.");
        try
        {
            object result = method.Invoke(null, [.. c.Inputs.Select(x => x.Order == 0 ? (object)x.ToScalar() : x)])!;
            object[] all = result is ITuple tuple ? [.. Enumerable.Range(0, tuple.Length).Select(k => tuple[k]!)] : [result];
            return new([.. all.Select(r => r is double scalar ? ([], [scalar]) : (((NDArray<double>)r).Shape.ToArray(), ((NDArray<double>)r).ToArray()))], null);
        }
        catch (TargetInvocationException e)
        {
            return CodeAnswer.Failed($"{e.InnerException!.GetType().Name}: {e.InnerException.Message}");
        }
    }
}
