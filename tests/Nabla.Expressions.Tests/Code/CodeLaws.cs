using System.Text.RegularExpressions;

namespace Nabla.Expressions.Tests.Code;

/// <summary>What generated code must do in every language; the test classes of the languages inherit it.</summary>
public abstract class CodeLaws
{
    private readonly Language _language;

    private protected CodeLaws(Language language) => _language = language;

    [Fact]
    public void The_derivatives_of_the_corpus_are_right() => AreRight(CodeCases.Corpus);

    [Fact]
    public void The_derivatives_of_random_programs_are_right() => AreRight(target =>
    {
        var cases = CodeCases.Random(target);
        Assert.True(cases.Count > CodeCases.Programs / 2, $"Only {cases.Count} of {CodeCases.Programs} programs could be compared.");
        return cases;
    });

    [Fact]
    public void A_variable_may_have_the_name_of_a_word_of_any_language() => AreRight(NameCases.OfWords);

    [Fact]
    public void A_variable_may_have_the_name_of_anything_that_the_code_uses() => AreRight(NameCases.OfCorpus);

    [Fact]
    public void Results_may_be_several_constant_inputs_or_equal() => AreRight(EdgeCases.Forms);

    [Fact]
    public void Rows_and_columns_of_inverses_may_be_summed() => AreRight(EdgeCases.SummedInverses);

    [Fact]
    public void Programs_may_be_deep_and_wide() => AreRight(SizeCases.Of);

    [Fact]
    public void Forms_are_stable() => AreRight(EdgeCases.Stable);

    [Fact]
    public void What_is_not_a_number_is_never_swallowed() => HaveNoValue(EdgeCases.NotNumbers);

    [Fact]
    public void Outside_of_a_domain_there_is_no_number() => HaveNoValue(EdgeCases.OutsideOfDomains);

    [Fact]
    public void A_wrong_shape_is_refused_by_the_name_of_the_input()
    {
        Require();
        var cases = ShapeCases.OfCorpus(_language);
        var answers = _language.Run([.. cases.Select(c => c.Case)]);
        var faults = new List<string>();
        foreach (var ((c, input), answer) in cases.Zip(answers))
        {
            if (answer.Error is not { } error) faults.Add($"{c.Id} is taken.\n{c.Code}");
            else if (!Regex.IsMatch(error, @"(?<!\w)\w+ must be ")) faults.Add($"{c.Id}: {error}\n{c.Code}");
        }
        Demand(faults, cases.Count);
    }

    private void AreRight(Func<CodeTarget, List<CodeCase>> make)
    {
        Require();
        var cases = make(_language.Target);
        Demand([.. cases.Zip(_language.Run(cases), (c, a) => c.Fault(a, _language)).OfType<string>()], cases.Count);
    }

    private void HaveNoValue(Func<CodeTarget, List<CodeCase>> make)
    {
        Require();
        var cases = make(_language.Target);
        Demand([.. cases.Zip(_language.Run(cases)).Where(p => p.Second.Error is null && p.Second.Results.All(r => r.Entries.All(double.IsFinite))).Select(p => $"{p.First.Id} is {p.Second.Results[0].Entries[0]:R}\n{p.First.Code}")], cases.Count);
    }

    private void Require()
    {
        if (_language.Missing is { } missing) Assert.Skip(missing);
    }

    private static void Demand(IReadOnlyList<string> faults, int cases) => Assert.True(faults.Count == 0, $"{faults.Count} of {cases}:\n{string.Join("\n\n", faults.Take(5))}");
}
