using Nabla.Expressions.Operators;

namespace Nabla.Expressions.Tests.Operators;

public class OperatorTableTests
{
    // Every function that docs/notation.md names; the table must hold all of them and may hold more.
    private const string Names =
        "exp log log1p expm1 sqrt abs sign sin cos tan asin acos atan sinh cosh tanh sigmoid softplus relu erf arcsin arccos arctan max min " +
        "sum mean prod dot norm1 norm2 normF norminf lse tr det logdet inv diag vec kron eye ones zeros vector matrix rows cols softmax " +
        "lu qr svd eig chol rank rref ref null orth pinv cond lstsq expm eigvals svdvals " +
        "+ - * .* ⊙ / ./ \\ ⊗ ^ .^ ' ᵀ";

    public static TheoryData<string> All => [.. OperatorTable.All.Select(o => o.GetType().Name)];

    private static Operator Of(string type) => OperatorTable.All.Single(o => o.GetType().Name == type);

    [Theory]
    [MemberData(nameof(All))]
    public void Every_operator_is_found_by_its_names(string type)
    {
        var o = Of(type);
        if (!o.InNotation) return;
        Assert.Same(o, OperatorTable.Find(o.Name));
        foreach (string alias in o.Aliases) Assert.Same(o, OperatorTable.Find(alias));
        if (o.Symbol is not null) Assert.Same(o, OperatorTable.Find(o.Symbol));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Every_operator_says_what_it_is(string type)
    {
        var o = Of(type);
        Assert.EndsWith(".", o.Summary);
        Assert.NotEmpty(o.Example);
        Assert.True(o.Arity.Least <= o.Arity.Most);
        if (o is ElementwiseOperator e) Assert.Equal(o.Arity.Most, e.Derivatives.Count);
    }

    [Fact]
    public void The_notation_is_complete() => Assert.All(Names.Split(' '), name => Assert.NotNull(OperatorTable.Find(name)));

    [Fact]
    public void Every_rule_has_a_name_of_its_own()
    {
        var names = OperatorTable.All.SelectMany(o => o.Rules).Select(r => r.Name).ToArray();
        Assert.Equal(names.Distinct().Count(), names.Length);
    }
}
