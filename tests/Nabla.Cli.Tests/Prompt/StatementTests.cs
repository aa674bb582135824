using Nabla.Cli.Prompt;

namespace Nabla.Cli.Tests.Prompt;

public class StatementTests
{
    [Theory]
    [InlineData("A in R^n; x = [1; 2]; A*x # done; really", new[] { "A in R^n", "x = [1; 2]", "A*x" })]
    [InlineData("  ", new string[0])]
    [InlineData("# only a comment", new string[0])]
    [InlineData("x);y", new[] { "x)", "y" })]
    public void SemicolonsOutsideBracketsSplit(string line, string[] expected) => Assert.Equal(expected, Statement.Split(line));

    [Theory]
    [InlineData("A in R^(m x n)", "A")]
    [InlineData("α ∈ R", "α")]
    [InlineData("inv(A)", null)]
    [InlineData("x = 3", null)]
    public void DeclarationsAreRecognised(string statement, string? name) => Assert.Equal(name, Statement.DeclaredName(statement));

    [Theory]
    [InlineData("diff x'*x by x", "x'*x", "x", 1)]
    [InlineData("diff x'*x by x order 2", "x'*x", "x", 2)]
    [InlineData("diff sum(x)", "sum(x)", null, 1)]
    public void DerivativesAreRecognised(string statement, string expression, string? wrt, int order) => Assert.Equal((expression, wrt, order), Statement.Derivative(statement));

    [Fact]
    public void BindingsAreRecognised()
    {
        var binding = Statement.Binding("U, s , V = svd(A)");
        Assert.Equal(["U", "s", "V"], binding!.Value.Names);
        Assert.Equal("svd(A)", binding.Value.Value);
        Assert.Null(Statement.Binding("x + y"));
        Assert.Null(Statement.Derivative("difference + 1"));
    }

    [Fact]
    public void NamesOfFunctionsDoNotCount() => Assert.Equal(["A", "x_1", "β", "e"], Statement.Names("sin(A*x_1) + β.*exp (e) + 2e5"));
}
