using System.Text;
using Nabla.Expressions.Operators;

namespace Nabla.Expressions.Tests.Operators;

/// <summary>docs/operators.md, written from the operator table: the overview that one file an operator takes away.</summary>
internal static class OperatorsPage
{
    public static string Text()
    {
        var page = new StringBuilder("""
            # Operators

            Written from the operator table by the tests; run them with `NABLA_WRITE_DOCS=1` to write it again.
            A function with a derivative in the column has a rule: for an element-wise function the derivative by each argument, with the arguments `x`, `y` and the
            value `f`; else the differential, with the argument `x` or `X` and its differential. *Defined* functions are contractions, sums and
            element-wise functions, and need no rule. For *values only* there is no derivative.


            """);
        Section(page, "Signs", o => o.Symbol is not null);
        Section(page, "Functions, element by element", o => o.Symbol is null && o is ElementwiseOperator or Sqrt);
        Section(page, "Functions of vectors and matrices", o => o.Symbol is null && o is not (ElementwiseOperator or Sqrt or NumericOperator));
        Section(page, "For values only", o => o is NumericOperator);
        Rules(page);
        return page.ToString();
    }

    private static void Section(StringBuilder page, string title, Func<Operator, bool> belongs)
    {
        page.Append("## ").Append(title).Append("\n\n| name | arguments | value | example | derivative |\n|---|---|---|---|---|\n");
        foreach (var o in OperatorTable.All.Where(o => o.InNotation && belongs(o)).OrderBy(o => o.Name, StringComparer.Ordinal))
        {
            string names = string.Join(' ', new[] { o.Symbol ?? o.Name }.Concat(o.Symbol is not null && o.IsFunction ? [o.Name] : []).Concat(o.Aliases).Select(Code));
            string arity = o.Arity.Least == o.Arity.Most ? $"{o.Arity.Least}" : $"{o.Arity.Least} or {o.Arity.Most}";
            page.Append($"| {names} | {arity} | {Cell(o.Summary)} | {Code(o.Example)} | {Derivative(o)} |\n");
        }
        page.Append('\n');
    }

    private static void Rules(StringBuilder page)
    {
        page.Append("## Simplification rules\n\n| name | rule | where |\n|---|---|---|\n");
        foreach (var rule in OperatorTable.All.SelectMany(o => o.Rules).OrderBy(r => r.Name, StringComparer.Ordinal))
            page.Append($"| {rule.Name} | {Code($"{rule.Left} = {rule.Right}")} | {string.Join(", ", rule.Where.Select(Code))} |\n");
    }

    private static string Derivative(Operator o) => o switch
    {
        NumericOperator => "values only",
        ElementwiseOperator e => string.Join(", ", e.Derivatives.Select(Code)),
        TensorOperator => Code(o.Differential ?? ""),
        _ => "defined",
    };

    private static string Code(string text) => $"`{Cell(text)}`";

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
