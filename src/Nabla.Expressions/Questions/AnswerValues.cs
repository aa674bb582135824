using System.Globalization;
using Nabla.Expressions.Calculus;
using Nabla.Expressions.Compilation;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions;

/// <summary>The values of a function and its derivative where all variables have values.</summary>
/// <param name="Function">The value of the function.</param>
/// <param name="Derivative">The value of the derivative: the axes of the function, then those of the variable.</param>
internal sealed record AnswerValues(Value Function, NDArray<double> Derivative)
{
    // A value with fewer right digits is given with a note.
    private const double LeastPrecision = 1e-4;

    /// <summary>The values; null where a variable has none.</summary>
    /// <param name="program">The program.</param>
    /// <param name="at">The given values.</param>
    /// <param name="tower">The function and its derivatives.</param>
    /// <param name="forms">The written forms, which are said to hold at these values or not.</param>
    /// <param name="notes">What the answer must say is added here.</param>
    /// <param name="work">The budget.</param>
    /// <exception cref="NablaException">The function or its derivative is not defined there.</exception>
    public static AnswerValues? At(TypedProgram program, IReadOnlyDictionary<string, NDArray<double>> at, Tower tower, AnswerForms forms, List<string> notes, Work work)
    {
        if (program.Variables.Any(v => !at.ContainsKey(v.Name))) return null;
        var given = Given(program, at);
        var outcome = Interpreter.Evaluate(program, given, work);
        var sizes = Sizes.Of(program.Variables.Select(v => (v, given[v.Name]))).All(program.DimensionNames);
        var ofFunction = new TensorEvaluator(at, sizes, work, takesSubgradients: false);
        // As a plan computes it: without the differences that lose all digits where a function saturates.
        var gathering = new Gathering(tower.Tensors);
        // Where the function as it is written overflows, its stable form may not: log(1 + exp(1000)) is softplus(1000).
        var stable = Values.Of(outcome.Value.Kind, ofFunction.Evaluate(gathering.Apply(tower.Function)));
        bool isOfDomain = program.Variables.All(v => PropertyCheck.Violation(tower.Tensors.Implied.GetValueOrDefault(v.Name), given[v.Name]) is null);
        var function = outcome.Value.IsFinite || !isOfDomain ? outcome.Value : stable;
        // What overflows may come back as a zero: 1/(x'*x) where x'*x is infinite.
        if (ofFunction.IsBeyondRange && outcome.Value.IsFinite && !Agree(function.Real, stable.Real, ofFunction.Magnitude))
            throw new NablaException(ErrorCode.Limit, "The given values are too large: intermediate values are beyond the range of a double.", ofFunction.NotFinite);
        if (NotFinite(function.Real) is { } f)
            throw new NablaException(ErrorCode.Domain, $"The function is not defined at the given values: its value is {f}.", outcome.NotFinite ?? ofFunction.NotFinite);
        var ofDerivative = new TensorEvaluator(at, sizes, work);
        var gathered = gathering.Apply(tower.Derivative);
        var derivative = ofDerivative.Evaluate(gathered);
        if (NotFinite(derivative.ToArray()) is { } d)
            throw new NablaException(ErrorCode.Domain, $"The derivative is not defined at the given values: an entry is {d}.", ofDerivative.NotFinite);
        var error = RoundingError.Of(gathered, derivative, ofDerivative);
        if (error.Decides)
            throw new NablaException(ErrorCode.Domain, $"The derivative has no certain value at the given values: {error}.");
        if (error.Change > LeastPrecision * error.Largest)
            notes.Add($"rounding: {error}.");
        string[] kinks = [.. ofFunction.Kinks.Concat(ofDerivative.Kinks).Distinct()];
        if (kinks.Length > 0)
            notes.Add($"kink: {string.Join(", ", kinks)} {(kinks.Length == 1 ? "stands" : "stand")} at a kink at the given values; where the function is not differentiable the value is a subgradient.{(forms.HoldAt(at, sizes) ? "" : " The text has no value there.")}");
        else if (outcome.Kinks.Count > 0)
            notes.Add($"kink: {string.Join(", ", outcome.Kinks)} {(outcome.Kinks.Count == 1 ? "stands" : "stand")} at a kink at the given values, but the derivative exists.");
        return new(function, derivative);
    }

    /// <summary>The given values of the program's variables.</summary>
    public static Dictionary<string, Value> Given(TypedProgram program, IReadOnlyDictionary<string, NDArray<double>> at) =>
        program.Variables.Where(v => at.ContainsKey(v.Name)).ToDictionary(v => v.Name, v => Values.Of(v.Shape.Kind, at[v.Name]), StringComparer.Ordinal);

    // What cancels may differ by rounding, but not by more.
    private static bool Agree(ReadOnlySpan<double> function, ReadOnlySpan<double> stable, double magnitude)
    {
        for (int i = 0; i < function.Length; i++)
            if (!(Math.Abs(function[i] - stable[i]) <= 1e-6 * Math.Abs(function[i]) + 1e-9 * magnitude)) return false;
        return true;
    }

    private static string? NotFinite(ReadOnlySpan<double> values)
    {
        foreach (double v in values) if (!double.IsFinite(v)) return v.ToString(CultureInfo.InvariantCulture);
        return null;
    }
}
