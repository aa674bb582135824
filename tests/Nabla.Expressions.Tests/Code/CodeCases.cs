using Nabla.Expressions.Notation;
using Nabla.Expressions.Tests.Fuzz;
using Nabla.Numerics;

namespace Nabla.Expressions.Tests.Code;

/// <summary>Functions to be run, with the values to call them with and the results that must come out.</summary>
internal static class CodeCases
{
    /// <summary>How many random programs are tried.</summary>
    public const int Programs = 400;

    private static readonly Lazy<IReadOnlyList<(string Id, DerivativeAnswer Answer, NDArray<double>[] Inputs)>> s_random = new(Answers);

    /// <summary>The derivatives of the corpus.</summary>
    public static List<CodeCase> Corpus(CodeTarget target)
    {
        var cases = new List<CodeCase>();
        foreach (var row in Corpora.Corpus.Read("derivatives"))
        {
            var question = Corpora.Corpus.Question(row);
            var compiled = CompiledExpression<double>.Parse(question.Expression, question.Declare, Output.Derivative(question.Wrt!, question.Order));
            var expected = Corpora.Corpus.Array(row.GetProperty("expected").GetProperty("derivative"));
            cases.Add(new(Corpora.Corpus.Id(row), compiled.ToCode(target), [.. compiled.Inputs.Select(name => question.At[name])], [expected]));
        }
        return cases;
    }

    /// <summary>Random programs, with what the interpreter says of their derivatives; every third has sizes of one.</summary>
    public static List<CodeCase> Random(CodeTarget target) =>
        [.. s_random.Value.Where(r => r.Answer.Derivative.Code.ContainsKey(target)).Select(r => new CodeCase(r.Id, r.Answer.Derivative.Code[target], r.Inputs, [r.Answer.Derivative.Value!]))];

    /// <summary>A program with some of its results, as the evaluator computes them.</summary>
    /// <param name="target">The language.</param>
    /// <param name="program">The program.</param>
    /// <param name="declare">The declarations.</param>
    /// <param name="at">The values.</param>
    /// <param name="outputs">The results.</param>
    public static CodeCase Of(CodeTarget target, string program, IReadOnlyList<string> declare, IReadOnlyDictionary<string, NDArray<double>> at, params Output[] outputs)
    {
        var compiled = CompiledExpression<double>.Parse(program, declare, outputs);
        return new(program, compiled.ToCode(target), [.. compiled.Inputs.Select(name => at[name])], [.. compiled.Evaluate(compiled.Inputs.Select(name => (name, at[name])))]);
    }

    private static List<(string Id, DerivativeAnswer Answer, NDArray<double>[] Inputs)> Answers()
    {
        var answers = new List<(string, DerivativeAnswer, NDArray<double>[])>();
        for (int seed = 1; seed <= Programs; seed++)
        {
            var program = ProgramGenerator.Of(seed);
            try
            {
                var point = new PointGenerator(program.Typed(), new Random(seed), seed % 3 == 0 ? 1 : 2).Next();
                var answer = Expressions.Questions.Derivative(program.Request with { At = point, Check = false, Code = Enum.GetValues<CodeTarget>() });
                // What rounding or a kink decides says nothing of the code.
                if (!answer.Derivative.Value!.ToArray().All(e => Math.Abs(e) < 1e6) || answer.Notes.Any(n => n.StartsWith("kink", StringComparison.Ordinal) || n.StartsWith("rounding", StringComparison.Ordinal))) continue;
                answers.Add(($"seed {seed}: {program}", answer, [.. answer.Variables.Select(v => point[v.Name])]));
            }
            catch (NablaException e) when (e.Code is ErrorCode.Domain or ErrorCode.Singular or ErrorCode.Unsupported or ErrorCode.Limit || e.Message.Contains("out of range", StringComparison.Ordinal))
            {
                // The question has no answer there: a function has no value, a size has fewer entries than an index needs.
            }
        }
        return answers;
    }
}
