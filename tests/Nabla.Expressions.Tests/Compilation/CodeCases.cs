using System.Text.Json;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Tests.Corpora;
using Nabla.Expressions.Tests.Fuzz;
using Nabla.Numerics;

namespace Nabla.Expressions.Tests.Compilation;

/// <summary>The code of the corpus in one language, with the values to call it with and the derivatives that must come out.</summary>
internal static class CodeCases
{
    /// <summary>One case.</summary>
    /// <param name="Id">The case of the corpus.</param>
    /// <param name="Code">The code.</param>
    /// <param name="Inputs">The values in the order of the function's parameters.</param>
    /// <param name="Expected">The entries of the derivative.</param>
    internal sealed record Case(string Id, string Code, NDArray<double>[] Inputs, double[] Expected);

    /// <summary>All cases.</summary>
    public static List<Case> Of(CodeTarget target)
    {
        var cases = new List<Case>();
        foreach (var row in Corpus.Read("derivatives"))
        {
            var question = Corpus.Question(row);
            var compiled = CompiledExpression<double>.Parse(question.Expression, question.Declare, Output.Derivative(question.Wrt!, question.Order));
            double[] expected = Corpus.Array(row.GetProperty("expected").GetProperty("derivative")).ToArray();
            cases.Add(new(Corpus.Id(row), compiled.ToCode(target), [.. compiled.Inputs.Select(name => question.At[name])], expected));
        }
        return cases;
    }

    /// <summary>Random programs, with what the interpreter says of their derivatives.</summary>
    /// <param name="target">The language.</param>
    /// <param name="programs">How many programs are tried.</param>
    public static List<Case> Random(CodeTarget target, int programs)
    {
        var cases = new List<Case>();
        for (int seed = 1; seed <= programs; seed++)
        {
            var program = ProgramGenerator.Of(seed);
            try
            {
                var point = new PointGenerator(program.Typed(), new Random(seed)).Next();
                var answer = Expressions.Questions.Derivative(program.Request with { At = point, Check = false, Code = [target] });
                double[] expected = answer.Derivative.Value!.ToArray();
                // What rounding or a kink decides says nothing of the code.
                if (!expected.All(e => Math.Abs(e) < 1e6) || answer.Notes.Any(n => n.StartsWith("kink", StringComparison.Ordinal) || n.StartsWith("rounding", StringComparison.Ordinal))) continue;
                if (!answer.Derivative.Code.TryGetValue(target, out string? code)) continue;
                cases.Add(new($"seed {seed}: {program}", code, [.. answer.Variables.Select(v => point[v.Name])], expected));
            }
            catch (NablaException e) when (e.Code is ErrorCode.Domain or ErrorCode.Singular or ErrorCode.Unsupported or ErrorCode.Limit)
            {
                // The question has no answer there.
            }
        }
        return cases;
    }

    /// <summary>What is wrong with values, or null.</summary>
    public static string? Difference(Case expected, double[] found)
    {
        if (found.Length != expected.Expected.Length) return $"{expected.Id}: {found.Length} entries instead of {expected.Expected.Length}\n{expected.Code}";
        double top = expected.Expected.Length == 0 ? 0 : expected.Expected.Max(Math.Abs);
        for (int i = 0; i < found.Length; i++)
            if (!(Math.Abs(found[i] - expected.Expected[i]) <= 1e-8 * top + 1e-11)) return $"{expected.Id}: entry {i} is {found[i]:R} instead of {expected.Expected[i]:R}\n{expected.Code}";
        return null;
    }
}
