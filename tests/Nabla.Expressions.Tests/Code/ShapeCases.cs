using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Tests.Code;

/// <summary>Calls with an input of a shape that does not fit: each must be refused.</summary>
internal static class ShapeCases
{
    /// <summary>Every fourth case of the corpus, once for every input, with one entry more along an axis, with another order, with rows and columns exchanged.</summary>
    /// <param name="language">The language.</param>
    public static List<(CodeCase Case, string Input)> OfCorpus(Language language)
    {
        var cases = new List<(CodeCase, string)>();
        foreach (var row in Corpora.Corpus.Read("derivatives").Where((_, k) => k % 4 == 0))
        {
            var question = Corpora.Corpus.Question(row);
            var compiled = CompiledExpression<double>.Parse(question.Expression, question.Declare, Output.Derivative(question.Wrt!, question.Order));
            string code = compiled.ToCode(language.Target);
            NDArray<double>[] inputs = [.. compiled.Inputs.Select(name => question.At[name])];
            for (int k = 0; k < inputs.Length; k++)
                foreach (int[] shape in Others(inputs[k].Shape.ToArray()))
                {
                    if (Fits(compiled, k, language.ShapeOf(shape), inputs, language)) continue;
                    NDArray<double>[] changed = [.. inputs];
                    changed[k] = shape.Length == 0 ? NDArray<double>.Scalar(0.1) : NDArray<double>.FromArray([.. Enumerable.Range(1, shape.Aggregate(1, (a, b) => a * b)).Select(e => 0.1 * e)], shape);
                    string id = $"{Corpora.Corpus.Id(row)} with {compiled.Inputs[k]} of shape {string.Join(" x ", shape)} instead of {string.Join(" x ", inputs[k].Shape.ToArray())}";
                    cases.Add((new(id, code, changed, []), compiled.Inputs[k]));
                }
        }
        return cases;
    }

    private static IEnumerable<int[]> Others(int[] shape) => shape switch
    {
        [] => [[2], [2, 2]],
        [var n] => [[n + 1], [n, 2], [1, n], []],
        [var m, var n] => [[m + 1, n], [m, n + 1], [n, m], [m * n], [m, n, 2]],
        _ => [],
    };

    // Whether the language takes the shape for one that the declarations allow.
    private static bool Fits(CompiledExpression<double> compiled, int k, int[] seen, NDArray<double>[] inputs, Language language)
    {
        int[][] shapes = [.. inputs.Select(x => x.Shape.ToArray())];
        int order = shapes[k].Length;
        // A language without vectors takes a column for one.
        int[] read = seen;
        while (read.Length > order && read[^1] == 1) read = read[..^1];
        if (read.Length != order) return false;
        shapes[k] = read;
        try
        {
            compiled.Compiled.SizesFor(shapes);
            return true;
        }
        catch (NablaException e) when (e.Code == ErrorCode.Shape)
        {
            return false;
        }
    }
}
