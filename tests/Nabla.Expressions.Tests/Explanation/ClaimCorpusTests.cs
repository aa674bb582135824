using System.Text.Json;
using Nabla.Expressions.Tests.Corpora;

namespace Nabla.Expressions.Tests.Explanation;

/// <summary>Right and wrong claims with independent verdicts.</summary>
public class ClaimCorpusTests
{
    public static TheoryData<string> Ids => [.. Corpus.Read("claims").Select(Corpus.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Right_claims_are_accepted_and_wrong_ones_rejected(string id)
    {
        var row = Corpus.ById("claims")[id];
        var verdict = Judge(row);
        Assert.Equal(row.GetProperty("expected").GetProperty("correct").GetBoolean(), verdict.IsCorrect);
        Assert.Equal(verdict.IsCorrect, verdict.Mistake is null);
        Assert.Equal(verdict.IsCorrect, verdict.MaxRelativeError < 1e-7);
    }

    [Fact]
    public void At_least_95_of_100_diagnoses_are_those_of_a_teacher()
    {
        int wrong = 0, diagnosed = 0;
        foreach (var row in Corpus.Read("claims"))
        {
            if (row.GetProperty("expected").GetProperty("diagnosis").GetString() is not { } diagnosis) continue;
            wrong++;
            if (Judge(row).Mistake?.ToString().ToLowerInvariant() == diagnosis.Replace("-", "", StringComparison.Ordinal)) diagnosed++;
        }
        Assert.InRange(diagnosed, 0.95 * wrong, wrong);
    }

    private static ClaimVerdict Judge(JsonElement row) => Expressions.Questions.Check(new()
    {
        Expression = row.GetProperty("expression").GetString()!,
        Claim = row.GetProperty("claim").GetString()!,
        Declare = Corpus.Declarations(row),
        Wrt = row.GetProperty("wrt").GetString(),
        Order = row.GetProperty("order").GetInt32(),
    }).Verdict;
}
