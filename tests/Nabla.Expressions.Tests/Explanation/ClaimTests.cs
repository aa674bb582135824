using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Tests.Explanation;

/// <summary>Verdicts on claims that the corpora do not have.</summary>
public class ClaimTests
{
    private static ClaimVerdict Check(string expression, string wrt, string claim, params string[] declare) =>
        Expressions.Questions.Check(new() { Expression = expression, Wrt = wrt, Claim = claim, Declare = declare }).Verdict;

    [Fact]
    public void A_matrix_that_is_not_declared_symmetric_is_not_taken_for_symmetric()
    {
        Assert.Equal(Mistake.Symmetrisation, Check("x'*S*x", "x", "2*S*x", "S in R^(n x n)").Mistake);
        Assert.True(Check("x'*S*x", "x", "2*S*x", "S in R^(n x n) symmetric").IsCorrect);
        Assert.Equal(Mistake.Symmetrisation, Check("x'*inv(S)*x", "x", "2*inv(S)*x", "S in R^(n x n)").Mistake);
    }

    [Fact]
    public void The_bindings_of_the_program_can_be_used()
    {
        Assert.True(Check("z = A*x + b; sin(z)", "x", "diag(cos(z))*A").IsCorrect);
        Assert.True(Check("z = A*x + b; sin(z)", "x", "z = diag(cos(A*x + b)); z*A").IsCorrect);
    }

    [Fact]
    public void A_tensor_is_claimed_as_the_Jacobian_of_stacked_columns()
    {
        Assert.True(Check("A*X*B", "X", "kron(B', A)").IsCorrect);
        Assert.False(Check("A*X*B", "X", "kron(A, B')").IsCorrect);
        Assert.True(Check("X.^2", "X", "2*diag(vec(X))").IsCorrect);
    }

    [Fact]
    public void A_claim_may_show_that_a_name_is_a_vector()
    {
        Assert.True(Check("a'*X*b", "X", "a*b'").IsCorrect);
        Assert.Equal(Mistake.Transposed, Check("a'*X*b", "X", "b*a'").Mistake);
        Assert.True(Check("sin(A*x + c*b)", "x", "diag(cos(A*x + c*b))*A").IsCorrect);
        var answer = Expressions.Questions.Check(new() { Expression = "a'*X*b", Wrt = "X", Claim = "b*a'" });
        Assert.Contains(answer.Right.Notes, n => n.Contains("b is a vector", StringComparison.Ordinal));
        Assert.Equal("a*b'", answer.Right.Derivative.Text);
    }

    [Fact]
    public void The_message_names_the_entry_and_both_values()
    {
        string message = Check("x'*x", "x", "3*x").Message;
        Assert.Contains("1.5 times", message);
        Assert.Matches(@"At a random point it is -?[0-9.e-]+ in entry [1-9], where -?[0-9.e-]+ is right", message);
    }

    [Theory]
    [InlineData("x'*A", "row")]
    [InlineData("A*A", "")]
    [InlineData("1", "scalar")]
    public void A_claim_of_another_shape_is_wrong_and_not_an_error(string claim, string word)
    {
        var verdict = Check("x'*A*x", "x", claim, "A in R^(n x n)");
        Assert.False(verdict.IsCorrect);
        Assert.Equal(double.PositiveInfinity, verdict.MaxRelativeError);
        Assert.NotEmpty(verdict.Message);
        Assert.True(word.Length == 0 || verdict.Message.Contains("x ", StringComparison.Ordinal) || verdict.Message.Contains(word, StringComparison.Ordinal), verdict.Message);
    }

    [Theory]
    [InlineData("x +* 2", ErrorCode.Syntax)]
    [InlineData("2*q*x", ErrorCode.Name)]
    [InlineData("x = 2; x", ErrorCode.Name)]
    public void A_claim_that_cannot_be_read_is_an_error(string claim, ErrorCode code) =>
        Assert.Equal(code, Assert.Throws<NablaException>(() => Check("x'*x", "x", claim)).Code);

    [Fact]
    public void A_claim_that_is_right_at_equal_sizes_only_is_wrong() => Assert.False(Check("sum(A*x)", "x", "A*ones(cols(A))", "A in R^(m x n)").IsCorrect);

    [Fact]
    public void A_claim_that_is_right_for_positive_values_only_is_wrong()
    {
        Assert.False(Check("sum(abs(x))", "x", "ones(rows(x))").IsCorrect);
        Assert.False(Check("sum(abs(x))", "x", "x./x").IsCorrect);
    }
}
