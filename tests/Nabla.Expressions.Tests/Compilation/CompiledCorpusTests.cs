using Nabla.Expressions.Tests.Corpora;
using Nabla.Numerics;

namespace Nabla.Expressions.Tests.Compilation;

/// <summary>The plans of the corpus against its independent answers, in both precisions.</summary>
public class CompiledCorpusTests
{
    public static TheoryData<string> Ids => [.. Corpus.Read("derivatives").Select(Corpus.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_plan_has_the_value_and_the_derivative(string id)
    {
        var row = Corpus.ById("derivatives")[id];
        var question = Corpus.Question(row);
        var expected = row.GetProperty("expected");
        var compiled = CompiledExpression<double>.Parse(question.Expression, question.Declare, Output.Value, Output.Derivative(question.Wrt!, question.Order));
        var results = compiled.Evaluate(question.At.Where(v => compiled.Inputs.Contains(v.Key)).Select(v => (v.Key, v.Value)));

        Corpus.AreClose(Corpus.Array(expected.GetProperty("value")).ToArray(), results[0].ToArray(), 1e-8, question.Expression);
        var derivative = Corpus.Array(expected.GetProperty("derivative"));
        Assert.Equal(derivative.Shape.ToArray(), results[1].Shape.ToArray());
        Corpus.AreClose(derivative.ToArray(), results[1].ToArray(), 1e-8, question.Expression);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_plan_in_float_has_some_digits_less(string id)
    {
        var row = Corpus.ById("derivatives")[id];
        var question = Corpus.Question(row);
        var compiled = CompiledExpression<float>.Parse(question.Expression, question.Declare, Output.Derivative(question.Wrt!, question.Order));
        var results = compiled.Evaluate(question.At.Where(v => compiled.Inputs.Contains(v.Key)).Select(v => (v.Key, NDArray<float>.FromArray([.. v.Value.ToArray().Select(x => (float)x)], v.Value.Shape.Length == 0 ? [1] : v.Value.Shape).Reshape(v.Value.Shape))));
        Corpus.AreClose(Corpus.Array(row.GetProperty("expected").GetProperty("derivative")).ToArray(), [.. results[0].ToArray().Select(x => (double)x)], 2e-3, question.Expression, 1e-5);
    }
}
