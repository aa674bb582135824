using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Operators;

namespace Nabla.Expressions.Tests.Operators;

public class RuleLaws
{
    private static readonly string[] s_properties = [" positive definite", " positive", " nonnegative", " orthogonal", " symmetric"];

    public static TheoryData<string> All => [.. OperatorTable.All.SelectMany(o => o.Rules).Select(r => r.Name)];

    public static TheoryData<string> WithSideConditions => [.. OperatorTable.All.SelectMany(o => o.Rules).Where(r => Without(r.Where) is not null).Select(r => r.Name)];

    private static Rule Of(string name) => OperatorTable.All.SelectMany(o => o.Rules).Single(r => r.Name == name);

    private static string Program(IEnumerable<string> declarations, string expression) => string.Join("; ", declarations.Append(expression));

    private static string[]? Without(string[] declarations)
    {
        string[] bare = [.. declarations.Select(d => s_properties.Aggregate(d, (text, p) => text.EndsWith(p, StringComparison.Ordinal) ? text[..^p.Length] : text))];
        return bare.SequenceEqual(declarations) ? null : bare;
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Both_sides_have_the_same_value(string name)
    {
        var rule = Of(name);
        var random = new Random(7);
        for (int round = 0; round < 5; round++)
        {
            var variables = Programs.Typed(Program(rule.Where, rule.Left)).Variables;
            (string, Value)[] values = [.. variables.Select(v => (v.Name, Programs.Random(random, v)))];
            Programs.AreClose(
                Programs.Interpret(Program(rule.Where, rule.Left), values).Value.Real,
                Programs.Interpret(Program(rule.Where, rule.Right), values).Value.Real, 1e-12, $"{rule.Left} = {rule.Right}");
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_core_applies_it(string name)
    {
        var rule = Of(name);
        var tensors = new Tensors(Work.Unlimited);
        var left = Elaboration.Elaborate(Programs.Typed(Program(rule.Where, rule.Left)), tensors).Function;
        var right = Elaboration.Elaborate(Programs.Typed(Program(rule.Where, rule.Right)), tensors).Function;
        Assert.Same(right, left);
    }

    [Theory]
    [MemberData(nameof(WithSideConditions))]
    public void The_core_refuses_it_without_its_side_condition(string name)
    {
        var rule = Of(name);
        if (name == "log-of-determinant" || name == "logdet-of-inverse") return;
        var tensors = new Tensors(Work.Unlimited);
        var bare = Without(rule.Where)!;
        var left = Elaboration.Elaborate(Programs.Typed(Program(bare, rule.Left)), tensors).Function;
        var right = Elaboration.Elaborate(Programs.Typed(Program(bare, rule.Right)), tensors).Function;
        Assert.NotSame(right, left);
    }
}
