using System.Text.RegularExpressions;

namespace Nabla.Expressions.Tests.Corpora;

/// <summary>The texts of derivatives against the best forms known by hand, counted in tokens.</summary>
public partial class FormCorpusTests
{
    [GeneratedRegex(@"\s*((?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?|[^\W\d]\w*|\.\*|\./|\.\^|\S)")]
    private static partial Regex Token { get; }

    [Fact]
    public void Are_as_short_as_a_good_mathematician_writes_them()
    {
        var cases = Corpus.ById("derivatives");
        int total = 0, best = 0;
        var far = new List<string>();
        foreach (var row in Corpus.Read("forms"))
        {
            string? text = Expressions.Questions.Derivative(Corpus.Question(cases[Corpus.Id(row)]) with { At = new Dictionary<string, Nabla.Numerics.NDArray<double>>() }).Derivative.Text;
            int length = text is null ? int.MaxValue / 2 : Token.Count(text), ideal = row.GetProperty("tokens").GetInt32();
            (total, best) = (total + length, best + ideal);
            if (length > 2 * ideal) far.Add($"{text} ({length} tokens) instead of {row.GetProperty("ideal").GetString()} ({ideal})");
        }
        Assert.Empty(far);
        Assert.True(total <= 1.10 * best, $"The texts have {total} tokens, the best forms {best}: {(double)total / best:0.000}.");
    }
}
