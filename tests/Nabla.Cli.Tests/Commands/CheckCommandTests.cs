using System.Text.Json;

namespace Nabla.Cli.Tests.Commands;

public class CheckCommandTests
{
    [Fact]
    public void A_right_claim_is_accepted()
    {
        var run = Tool.Run("check", "sin(A*x + b)", "--wrt", "x", "--claim", "diag(cos(b + A*x))*A");
        Assert.Equal(0, run.Status);
        Assert.Contains("right: The claim equals the derivative at all 14 random points.", run.Output);
    }

    [Fact]
    public void A_wrong_claim_gets_its_mistake_and_the_right_derivative()
    {
        var run = Tool.Run("check", "x'*A*x", "--wrt", "x", "--claim", "2*A*x");
        Assert.Equal(0, run.Status);
        Assert.Contains("wrong (symmetrisation): ", run.Output);
        Assert.Contains("The derivative is A'*x + A*x", run.Output);
    }

    [Fact]
    public void As_JSON_it_is_the_answer_of_a_batch()
    {
        var answer = JsonDocument.Parse(Tool.Run("check", "x'*A*y", "--wrt", "A", "--claim", "y*x'", "--format", "json").Output).RootElement;
        Assert.Equal("check", answer.GetProperty("op").GetString());
        Assert.False(answer.GetProperty("correct").GetBoolean());
        Assert.Equal("transposed", answer.GetProperty("diagnosis").GetString());
        Assert.Equal("x*y'", answer.GetProperty("derivative").GetProperty("text").GetString());
        Assert.Equal("Infinity", answer.GetProperty("maxRelativeError").GetString());
    }

    [Fact]
    public void A_claim_is_demanded() => Assert.Equal(2, Tool.Run("check", "x'*x").Status);

    [Fact]
    public void A_claim_of_unknown_names_is_an_error()
    {
        var run = Tool.Run("check", "x'*x", "--claim", "2*q");
        Assert.Equal(1, run.Status);
        Assert.Contains("The claim uses q", run.Error);
    }
}
