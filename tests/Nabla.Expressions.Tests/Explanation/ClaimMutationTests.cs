using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;
using Nabla.Expressions.Tests.Corpora;

namespace Nabla.Expressions.Tests.Explanation;

/// <summary>Systematic mistakes in all right results of the corpus; whether one makes the result wrong is decided by the corpus's own numbers.</summary>
public class ClaimMutationTests
{
    public static TheoryData<string> Ids => [.. Corpus.Read("derivatives").Where(HasMatrixForm).Select(Corpus.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Mutations_are_judged_by_their_value(string id)
    {
        var row = Corpus.ById("derivatives")[id];
        var question = Corpus.Question(row);
        var right = Expressions.Questions.Derivative(question);
        string text = right.Derivative.Text!;
        double[] expected = Corpus.Array(row.GetProperty("expected").GetProperty("derivative")).ToArray();
        var program = Parser.Parse(text);
        int wrong = 0;
        foreach (var (claim, mistake) in Mutations(program.Function))
        {
            string claimed = Expressions.Writing.NotationWriter.Write(program with { Function = claim });
            var verdict = Expressions.Questions.Check(new() { Expression = question.Expression, Claim = claimed, Declare = question.Declare, Wrt = question.Wrt, Order = question.Order }).Verdict;
            bool isRight = IsRight(right, question, claimed, expected);
            Assert.True(verdict.IsCorrect == isRight, $"{question.Expression} by {question.Wrt}: {claimed} is {(isRight ? "right" : "wrong")}, but: {verdict.Message}");
            if (isRight) continue;
            wrong++;
            Assert.NotNull(verdict.Mistake);
            if (mistake is { } known) Assert.True(verdict.Mistake == known, $"{question.Expression} by {question.Wrt}: {claimed} is {known}, but: {verdict.Mistake} {verdict.Message}");
        }
        Assert.True(wrong > 0 || expected.All(e => e == 0), "No mutation changed the value.");
    }

    // Whole mistakes have a certain diagnosis; what a lost term or factor looks like depends on the function.
    private static IEnumerable<(SyntaxNode Claim, Mistake? Mistake)> Mutations(SyntaxNode right)
    {
        yield return (right, null);
        yield return (new TransposeSyntax(new TransposeSyntax(right)), null);
        yield return (new SumSyntax([new(false, right), new(false, right), new(true, right)]), null);
        yield return (new NegateSyntax(right), Mistake.Sign);
        yield return (Times(3, right), Mistake.Factor);
        yield return (Times(-2, right), Mistake.Factor);
        yield return (new TransposeSyntax(right), null);
        foreach (var changed in Changed(right)) yield return (changed, null);
    }

    private static ProductSyntax Times(int factor, SyntaxNode node) => new(new NumberSyntax(factor), [new(Infix.Multiply, node)]);

    // One term or factor left out, one function exchanged, one product of another kind.
    private static IEnumerable<SyntaxNode> Changed(SyntaxNode node)
    {
        switch (node)
        {
            case SumSyntax sum:
                for (int k = 0; k < sum.Terms.Count; k++)
                {
                    SumTerm[] rest = [.. sum.Terms.Where((_, i) => i != k)];
                    yield return rest is [{ Negative: false } only] ? only.Operand : new SumSyntax(rest);
                    yield return new SumSyntax([.. sum.Terms.Select((t, i) => i == k ? t with { Negative = !t.Negative } : t)]);
                    int at = k;
                    foreach (var inner in Changed(sum.Terms[k].Operand)) yield return new SumSyntax([.. sum.Terms.Select((t, i) => i == at ? t with { Operand = inner } : t)]);
                }
                break;
            case ProductSyntax product:
                for (int k = 0; k < product.Links.Count; k++)
                {
                    ProductLink[] rest = [.. product.Links.Where((_, i) => i != k)];
                    yield return rest.Length == 0 ? product.First : new ProductSyntax(product.First, rest);
                    if (product.Links[k].Operator is Infix.Multiply or Infix.Hadamard)
                        yield return new ProductSyntax(product.First, [.. product.Links.Select((l, i) => i != k ? l : l with { Operator = l.Operator == Infix.Multiply ? Infix.Hadamard : Infix.Multiply })]);
                }
                break;
            case CallSyntax { Arguments: [var argument], Function: var name } when name is not ("eye" or "ones" or "zeros" or "vector" or "matrix"):
                yield return argument;
                if (name is "exp" or "sin" or "cos" or "inv") yield return new CallSyntax(name == "cos" ? "sin" : name == "inv" ? "exp" : "cos", [argument]);
                break;
            case NegateSyntax negate:
                foreach (var inner in Changed(negate.Operand)) yield return new NegateSyntax(inner);
                break;
        }
    }

    private static bool HasMatrixForm(System.Text.Json.JsonElement row) => Corpus.Array(row.GetProperty("expected").GetProperty("derivative")).Order <= 2;

    private static bool IsRight(DerivativeAnswer right, DerivativeRequest question, string claim, double[] expected)
    {
        try
        {
            var value = Expressions.Questions.Evaluate(new() { Expression = claim, Declare = question.Declare, At = question.At }).Outputs[^1].Value;
            var axes = right.Derivative.Axes;
            int[] shape = right.Derivative.Value!.Shape.ToArray();
            bool isRow = axes.Count == 1 && right.Function.Shape.Kind == Kind.Row;
            var (rows, columns) = axes.Count switch { 0 => (1, 1), 1 when isRow => (1, shape[0]), 1 => (shape[0], 1), _ => (shape[0], shape[1]) };
            if (value.Rows != rows || value.Columns != columns) return false;
            double top = Math.Max(expected.Max(Math.Abs), 1e-12);
            for (int k = 0; k < expected.Length; k++) if (!(Math.Abs(value.Real[k] - expected[k]) <= 1e-8 * top)) return false;
            return true;
        }
        catch (NablaException)
        {
            return false;
        }
    }
}
