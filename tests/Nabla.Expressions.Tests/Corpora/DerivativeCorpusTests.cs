using Nabla.Numerics;

namespace Nabla.Expressions.Tests.Corpora;

public class DerivativeCorpusTests
{
    public static TheoryData<string> Ids => [.. Corpus.Read("derivatives").Select(Corpus.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Is_right_proven_and_written(string id)
    {
        var row = Corpus.ById("derivatives")[id];
        var question = Corpus.Question(row);
        var answer = Expressions.Questions.Derivative(question);
        var expected = row.GetProperty("expected");

        var derivative = Corpus.Array(expected.GetProperty("derivative"));
        Assert.Equal(derivative.Shape.ToArray(), answer.Derivative.Value!.Shape.ToArray());
        Corpus.AreClose(derivative.ToArray(), answer.Derivative.Value.ToArray(), 1e-8, question.Expression);
        Corpus.AreClose(Corpus.Array(expected.GetProperty("value")).ToArray(), answer.Function.Value!.Real, 1e-8, question.Expression);

        Assert.NotNull(answer.Check);
        Assert.InRange(answer.Check.MaxRelativeError, 0, 1e-6);

        if (derivative.Shape.Length > 2) return;
        Assert.NotNull(answer.Derivative.Text);
        var value = Expressions.Questions.Evaluate(new() { Expression = answer.Derivative.Text, Declare = question.Declare, At = question.At }).Outputs[^1].Value;
        Corpus.AreClose(derivative.ToArray(), value.Real, 1e-8, answer.Derivative.Text);
    }
}
