using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Tests.Fuzz;
using Nabla.Numerics;

namespace Nabla.Expressions.Tests.Compilation;

/// <summary>Plans of random programs against the interpreter and the evaluator of tensors.</summary>
public class CompiledFuzzTests(ITestOutputHelper output)
{
    private const int Programs = 500;

    [Fact]
    public void Plans_agree_with_the_interpreter()
    {
        var broken = new List<string>();
        int compared = 0;
        for (int seed = 1; seed <= Programs && broken.Count < 12; seed++)
        {
            var program = ProgramGenerator.Of(seed);
            try
            {
                if (Compare(program, seed) is not { } failure) continue;
                if (failure.Length == 0) compared++;
                else broken.Add($"seed {seed}: {program}: {failure}");
            }
            catch (NablaException e) when (Refusal(program) == e.Code)
            {
                // The question has no answer, and the plan says so in the same way.
            }
            catch (Exception e)
            {
                broken.Add($"seed {seed}: {program}: {e.GetType().Name} {e.Message} {e.StackTrace?.Split('\n').FirstOrDefault()}");
            }
        }
        output.WriteLine($"{compared} of {Programs} programs compared.");
        Assert.True(broken.Count == 0, string.Join('\n', broken));
        Assert.True(compared > Programs / 2, $"Only {compared} of {Programs} programs could be compared.");
    }

    private static ErrorCode? Refusal(GeneratedProgram program)
    {
        try
        {
            Expressions.Questions.Derivative(program.Request with { Check = false });
            return null;
        }
        catch (NablaException e)
        {
            return e.Code;
        }
    }

    // Null where there is nothing to compare with, empty where all agrees.
    private static string? Compare(GeneratedProgram program, int seed)
    {
        var typed = program.Typed();
        var points = new PointGenerator(typed, new Random(seed));
        var compiled = CompiledExpression<double>.Parse(program.Text, program.Declare, Output.Value, Output.Derivative(program.Wrt, program.Order));
        var evaluation = compiled.CreateEvaluation();
        for (int attempt = 0; attempt < 8; attempt++)
        {
            var point = points.Next();
            NDArray<double> derivative;
            double[] value;
            try
            {
                var outcome = Interpreter.Evaluate(typed, points.Given(point), Work.Unlimited);
                if (outcome.Kinks.Count > 0) continue;
                value = outcome.Value.Real.ToArray();
                derivative = Expressions.Questions.Derivative(program.Request with { At = point, Check = false }).Derivative.Value!;
            }
            catch (NablaException e) when (e.Code is ErrorCode.Domain && e.Message.Contains("not defined at the given values", StringComparison.Ordinal))
            {
                if (Answer(evaluation, compiled, point) is { } given) return $"the interpreter refuses ({e.Message}), but the plan gives {given}";
                continue;
            }
            catch (NablaException e) when (e.Code is ErrorCode.Domain or ErrorCode.Singular or ErrorCode.Unsupported)
            {
                continue;
            }
            // Where the function as it is written has no finite value, a simpler form of it may have one.
            if (!(Largest(value) <= 1e9) || !(Largest(derivative.ToArray()) <= 1e9)) continue;
            foreach (string name in compiled.Inputs) evaluation.Set(name, point[name]);
            evaluation.Run();
            return Difference("value", value, evaluation.Result(0)) ?? Difference("derivative", derivative.ToArray(), evaluation.Result(1)) ?? "";
        }
        return null;
    }

    // What a plan gives; null where it refuses.
    private static string? Answer(Evaluation<double> evaluation, CompiledExpression<double> compiled, Dictionary<string, NDArray<double>> point)
    {
        try
        {
            foreach (string name in compiled.Inputs) evaluation.Set(name, point[name]);
            evaluation.Run();
            return $"[{string.Join(", ", evaluation.Result(0).ToArray())}] and [{string.Join(", ", evaluation.Result(1).ToArray())}]";
        }
        catch (NablaException e) when (e.Code is ErrorCode.Domain or ErrorCode.Singular)
        {
            return null;
        }
    }

    private static double Largest(double[] x) => x.Length == 0 ? 0 : x.Max(Math.Abs);

    private static string? Difference(string what, double[] expected, ReadOnlySpan<double> found)
    {
        if (expected.Length != found.Length) return $"{what} has {found.Length} entries, expected {expected.Length}";
        double tolerance = 1e-7 * Math.Max(1, Largest(expected));
        for (int i = 0; i < found.Length; i++)
            if (!(Math.Abs(found[i] - expected[i]) <= tolerance)) return $"entry {i} of the {what} is {found[i]:R}, expected {expected[i]:R}";
        return null;
    }
}
