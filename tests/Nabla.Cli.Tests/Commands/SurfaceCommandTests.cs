using System.Text.Json;

namespace Nabla.Cli.Tests.Commands;

/// <summary><c>classify</c>, <c>slope</c>, <c>plot</c> and <c>jacobian</c>.</summary>
public class SurfaceCommandTests
{
    [Fact]
    public void APointIsClassified()
    {
        string[] question = ["classify", "(1 - x[1])^2 + 100*(x[2] - x[1]^2)^2", "--at", "x=[1, 1]"];
        Assert.Contains("\nminimum: ", Tool.Run(question).Output);
        var answer = JsonDocument.Parse(Tool.Run([.. question, "--format", "json"]).Output).RootElement;
        Assert.Equal("minimum", answer.GetProperty("verdict").GetString());
        Assert.Equal(2, answer.GetProperty("eigenvalues").GetArrayLength());
        Assert.Contains("not stationary: ", Tool.Run("classify", "x'*x", "--at", "x=[1, 1]").Output);
        Assert.Equal(1, Tool.Run("classify", "x'*x").Status);
        Assert.Equal(1, Tool.Run("classify", "2*x", "--at", "x=[1, 1]").Status);
    }

    [Fact]
    public void ASlopeIsATableAndAPicture()
    {
        string[] question = ["slope", "sin(x)", "--declare", "x in R", "--at", "x=0"];
        string output = Tool.Run(question).Output;
        Assert.Contains("derivative = cos(x) = 1\n", output);
        Assert.Contains("0.9983341664683", output);
        Assert.StartsWith("<svg", Tool.Run([.. question, "--format", "svg"]).Output);
        var answer = JsonDocument.Parse(Tool.Run([.. question, "--format", "json"]).Output).RootElement;
        Assert.Equal(13, answer.GetProperty("quotients").GetArrayLength());
        Assert.Equal(1, Tool.Run("slope", "x'*x", "--at", "x=[1, 2]").Status);
        Assert.Contains(" = 2\n", Tool.Run("slope", "x'*x", "--at", "x=[1, 2]", "--along", "[1, 0]").Output);
    }

    [Fact]
    public void APlotIsSvgOrJson()
    {
        string[] question = ["plot", "x'*x + x[1]", "--declare", "x in R^2", "--start", "[1, 1]", "--step", "0.2"];
        var result = Tool.Run(question);
        Assert.StartsWith("<svg", result.Output);
        Assert.Contains("note descent: the gradient is zero", result.Error);
        var answer = JsonDocument.Parse(Tool.Run([.. question, "--format", "json"]).Output).RootElement;
        Assert.Equal(1, answer.GetProperty("path")[0].GetProperty("x")[0].GetDouble());
        string path = Path.ChangeExtension(Path.GetTempFileName(), ".svg");
        Assert.Equal((0, ""), (Tool.Run([.. question, "--out", path]).Status, Tool.Run([.. question, "--out", path]).Output));
        Assert.StartsWith("<svg", File.ReadAllText(path));
        File.Delete(path);
        Assert.Equal(2, Tool.Run("plot", "x^2", "--declare", "x in R", "--range", "1").Status);
        Assert.Equal(1, Tool.Run("plot", "x^2", "--declare", "x in R", "--range", "2:1").Status);
    }

    [Fact]
    public void AJacobianStandsBesideItsTensor()
    {
        string[] question = ["jacobian", "X*X", "--at", "X=[1 2; 3 4]"];
        string output = Tool.Run(question).Output;
        Assert.Contains("| 2 3 | 2 5 |", output);
        Assert.Contains("are isomorphic", output);
        Assert.StartsWith("<svg", Tool.Run([.. question, "--format", "svg"]).Output);
        Assert.Equal(4, JsonDocument.Parse(Tool.Run([.. question, "--format", "json"]).Output).RootElement.GetProperty("jacobian").GetArrayLength());
        Assert.Contains("With numbers", Tool.Run("diff", "A*X", "--wrt", "X", "--steps", "--view", "element").Output);
        Assert.Contains("nabla-jacobian", Tool.Run("diff", "A*X", "--wrt", "X", "--steps", "--view", "element", "--format", "html").Output);
    }
}
