using Nabla.Numerics;

namespace Nabla.Expressions.Tests.Code;

/// <summary>A function in one language, with the values to call it with and the results that must come out.</summary>
/// <param name="Id">What the function computes.</param>
/// <param name="Code">The code.</param>
/// <param name="Inputs">The values in the order of the function's parameters.</param>
/// <param name="Expected">The results; none where the call must be refused.</param>
internal sealed record CodeCase(string Id, string Code, NDArray<double>[] Inputs, NDArray<double>[] Expected)
{
    /// <summary>What is wrong with an answer, or null.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="language">The language, which may have shapes of its own.</param>
    public string? Fault(CodeAnswer answer, Language language)
    {
        if (answer.Error is { } error) return $"{Id}: {error}\n{Code}";
        if (answer.Results.Count != Expected.Length) return $"{Id}: {answer.Results.Count} results instead of {Expected.Length}\n{Code}";
        for (int r = 0; r < Expected.Length; r++)
        {
            var (shape, found) = answer.Results[r];
            int[] wanted = language.ShapeOf(Expected[r].Shape);
            double[] expected = Expected[r].ToArray();
            if (!shape.SequenceEqual(wanted)) return $"{Id}: result {r} is {string.Join(" x ", shape)} instead of {string.Join(" x ", wanted)}\n{Code}";
            double top = expected.Length == 0 ? 0 : expected.Max(Math.Abs);
            for (int i = 0; i < found.Length; i++)
                if (!(Math.Abs(found[i] - expected[i]) <= 1e-8 * top + 1e-11)) return $"{Id}: entry {i} of result {r} is {found[i]:R} instead of {expected[i]:R}\n{Code}";
        }
        return null;
    }
}
