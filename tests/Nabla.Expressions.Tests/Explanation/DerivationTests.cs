using System.Runtime.CompilerServices;
using System.Xml.Linq;
using Nabla.Expressions.Explanation;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Tests.Corpora;

namespace Nabla.Expressions.Tests.Explanation;

/// <summary>Derivations: every step is proven, and the last one ends in the derivative.</summary>
public class DerivationTests
{
    public static TheoryData<string> Ids => [.. Corpus.Read("derivatives").Select(Corpus.Id)];

    public static TheoryData<string> Names => [.. TextbookDerivation.All.Select(d => d.Name)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_step_is_proven_and_the_last_ends_in_the_derivative(string id)
    {
        var question = Corpus.Question(Corpus.ById("derivatives")[id]);
        foreach (var view in Enum.GetValues<DerivationView>())
        {
            var answer = Expressions.Questions.Derivative(question with { Explain = view });
            var derivation = answer.Derivation!;
            Assert.Equal(answer.Derivative.Text ?? answer.Derivative.Index, derivation.Steps[^1].After);
            foreach (var step in derivation.Steps.SelectMany(s => s.All))
            {
                Assert.NotEmpty(step.Rule);
                Assert.DoesNotContain("simpl", step.Rule, StringComparison.OrdinalIgnoreCase);
                Assert.NotEmpty(step.Before);
                Assert.NotEmpty(step.After);
                Assert.NotEmpty(step.Reason);
                Assert.True(step.MaxRelativeError <= 1e-6, $"{question.Expression}, {view}: {step.Rule} from {step.Before} to {step.After}: {step.MaxRelativeError}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_golden_transcript_is_what_the_tool_writes(string name)
    {
        string path = Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "..", "docs", "derivations", name + ".md");
        string page = TextbookDerivation.All.Single(d => d.Name == name).Page();
        if (Environment.GetEnvironmentVariable("NABLA_WRITE_DOCS") == "1") File.WriteAllText(path, page);
        Assert.Equal(File.ReadAllText(path), page);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_format_tells_the_same_steps(string name)
    {
        var derivation = TextbookDerivation.All.Single(d => d.Name == name).Answer().Derivation!;
        string text = DerivationText.Write(derivation, DerivationLevel.Full), latex = DerivationLatex.Write(derivation, DerivationLevel.Full);
        var html = XDocument.Parse(DerivationHtml.WritePage(name, derivation, DerivationLevel.Full).Replace("<!DOCTYPE html>", "").Replace("<meta charset=\"utf-8\">", ""));
        int headings = text.Split('\n').Count(line => line.Length > 0 && line[0] != ' ');
        Assert.Equal(headings, latex.Split("\\paragraph{").Length - 1);
        Assert.Equal(headings, html.Descendants("h2").Count());
        Assert.Equal(html.Descendants("div").Count(), latex.Split("\\[").Length - 1);
        Assert.Equal(latex.Count(c => c == '{'), latex.Count(c => c == '}'));
        Assert.DoesNotContain("\\texttt", latex);
    }

    [Fact]
    public void A_higher_level_tells_more()
    {
        var derivation = TextbookDerivation.All[1].Answer().Derivation!;
        int[] lines = [.. Enum.GetValues<DerivationLevel>().Select(l => DerivationText.Write(derivation, l).Split('\n').Length)];
        Assert.True(lines[0] < lines[1] && lines[1] < lines[2], string.Join(", ", lines));
    }

    [Fact]
    public void Partial_derivatives_carry_their_dimensions()
    {
        var steps = TextbookDerivation.All[0].Answer().Derivation!.Steps;
        Assert.Equal(["E", "E"], steps.Single(s => s is { Of: "f", By: "z" }).Shape.Select(d => d.ToString()));
        Assert.Equal(["E", "D"], steps.Single(s => s is { Of: "z", By: "x" }).Shape.Select(d => d.ToString()));
        Assert.Equal(["E"], steps.Single(s => s.Rule == "definition" && s.Of == "z").Shape.Select(d => d.ToString()));
        Assert.Equal("diag(cos(z))*A", steps.Single(s => s.Rule == "chain-rule" && s.By == "x").After);
    }

    [Fact]
    public void A_symmetric_variable_gets_its_projection()
    {
        var steps = Expressions.Questions.Derivative(new() { Expression = "a'*S*b", Wrt = "S", Declare = ["S in R^(n x n) symmetric", "a in R^n", "b in R^n"], Explain = DerivationView.Chain }).Derivation!.Steps;
        Assert.Contains(steps, s => s.Rule == "projection");
    }

    [Fact]
    public void Layouts_differ_by_a_transpose()
    {
        var layouts = TextbookDerivation.All[0].Answer().Derivation!.Layouts;
        Assert.Equal(["diag(cos(z))*A", "diag(cos(z))*A", "A'*diag(cos(z))"], layouts.Select(l => l.Text));
        foreach (var layout in Enum.GetValues<Layout>())
        {
            var answer = Expressions.Questions.Derivative(new() { Expression = "exp(A*x)", Wrt = "x", Layout = layout, Explain = DerivationView.Chain });
            Assert.Equal(answer.Derivative.Text, answer.Derivation!.Steps[^1].After);
        }
    }

    [Theory]
    [InlineData("c", "x", "x in R^n")]
    [InlineData("sum(relu(A*x))", "x", "A in R^(m x n)")]
    [InlineData("sum[i]((A[i,:]*x - b[i])^2)", "x", "A in R^(m x n)")]
    [InlineData("[x; 2*x]'*[x; A*x]", "x", "A in R^(n x n)")]
    [InlineData("max(x)", "x", "x in R^n")]
    [InlineData("x.^y", "y", "x in R^n positive")]
    [InlineData("(A + t*B) \\ b", "t", "A in R^(n x n); b in R^n; t in R")]
    [InlineData("sum(softmax(X, 2).*Y)", "X", "X in R^(m x n)")]
    [InlineData("eigvals(S)", "S", "S in R^(n x n) symmetric")]
    public void Odd_programs_are_explained_too(string expression, string wrt, string declaration)
    {
        foreach (var view in Enum.GetValues<DerivationView>())
        {
            var answer = Expressions.Questions.Derivative(new() { Expression = expression, Wrt = wrt, Declare = declaration.Length > 0 ? [declaration] : [], Explain = view });
            Assert.Equal(answer.Derivative.Text ?? answer.Derivative.Index, answer.Derivation!.Steps[^1].After);
            Assert.All(answer.Derivation.Steps.SelectMany(s => s.All), s => Assert.NotNull(s.MaxRelativeError));
        }
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
