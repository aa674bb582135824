using Nabla.Expressions.Notation;
using Nabla.Expressions.Operators;

namespace Nabla.Expressions.Tests.Operators;

public class ExampleLaws
{
    public static TheoryData<string> Examples => [.. OperatorTable.All.Where(o => o.InNotation).Select(o => o.Example)];

    public static TheoryData<string> Defined => [.. OperatorTable.All.Where(o => o.InNotation && o is not NumericOperator).Select(o => o.Example)];

    public static TheoryData<string> ForValuesOnly => [.. OperatorTable.All.Where(o => o is NumericOperator).Select(o => o.Name)];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Every_example_has_a_value(string example)
    {
        var outcome = Programs.Interpret(example);
        Assert.All(outcome.Values, v => Assert.All(v.Real.ToArray(), x => Assert.True(double.IsFinite(x))));
    }

    [Theory]
    [MemberData(nameof(Defined))]
    public void The_definition_has_the_value_of_the_kernel(string example) =>
        Programs.AreClose(Programs.Interpret(example).Value.Real, Programs.Define(example), 1e-13, example);

    [Theory]
    [MemberData(nameof(ForValuesOnly))]
    public void A_function_for_values_only_is_refused_by_name(string name)
    {
        var error = Assert.Throws<NablaException>(() => OperatorTable.Find(name)!.Define(null!));
        Assert.Equal(ErrorCode.Unsupported, error.Code);
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }
}
