using System.Text;
using System.Text.Json;
using Nabla.Cli.Files;
using Nabla.Cli.Tests.Files;
using Nabla.Expressions.Requests;

namespace Nabla.Cli.Tests.Commands;

public class EvalCommandTests
{
    [Theory]
    [InlineData("2^3^2", "512\n")]
    [InlineData("1/3", "0.3333333333333333\n")]
    [InlineData("[1 2; 3 4]", "  1  2\n  3  4\n")]
    [InlineData("[1, 2]'", "[1, 2]'\n")]
    [InlineData("[1, 2]", "[1, 2]\n")]
    public void TextIsForReading(string expression, string expected) => Assert.Equal((0, expected), (Tool.Run("eval", expression).Status, Tool.Run("eval", expression).Output));

    [Fact]
    public void SeveralOutputsAreNamed()
    {
        string output = Tool.Run("eval", "Q, R = qr(A)", "--at", "A=[[2, 0], [0, 3]]").Output;
        Assert.Contains("Q =\n", output);
        Assert.Contains("R =\n", output);
    }

    [Theory]
    [InlineData("c=2", "c + 1", "3")]
    [InlineData("c=1/4", "c", "0.25")]
    [InlineData("c = pi", "c", "3.141592653589793")]
    [InlineData("x=[1,2]", "x'*x", "5")]
    [InlineData("A=[[1,2],[3,4]]", "sum(A)", "10")]
    [InlineData("A=[1 2; 3 4]", "sum(A)", "10")]
    [InlineData("x=[1; 2]", "x'*x", "5")]
    [InlineData("A=eye(3)", "tr(A)", "3")]
    [InlineData("c=\"Infinity\"", "c", "Infinity")]
    public void ValuesAreJsonOrLiterals(string at, string expression, string expected) => Assert.Equal((expected + "\n", ""), (Tool.Run("eval", expression, "--at", at).Output, Tool.Run("eval", expression, "--at", at).Error));

    [Theory]
    [InlineData("x=[1,", "'x'")]
    [InlineData("x=y", "'x'")]
    [InlineData("x=frob.txt", "'x'", ".csv")]
    [InlineData("x=[[1,2],[3]]", "'x'", "equal length")]
    [InlineData("x=missing.csv", "missing.csv", "no such file")]
    public void WrongValuesAreRefused(string at, params string[] mentions)
    {
        var result = Tool.Run("eval", "sum(x)", "--at", at);
        Assert.Equal(1, result.Status);
        Assert.All(mentions, mention => Assert.Contains(mention, result.Error));
    }

    [Theory]
    [InlineData("csv", "1,2\n3,4\n")]
    [InlineData("tsv", "1\t2\n3\t4\n")]
    [InlineData("json", "[[1, 2], [3, 4]]")]
    [InlineData("mtx", "%%MatrixMarket matrix array real general\n2 2\n1\n3\n2\n4\n")]
    public void FilesAreRead(string extension, string content)
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.{extension}");
        File.WriteAllText(path, content);
        Assert.Equal("  1  2\n  3  4\n", Tool.Run("eval", "A", "--at", $"A={path}").Output);
        File.Delete(path);
    }

    [Fact]
    public void TheNameOfTheFileTellsTheFormat()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}");
        foreach (string extension in new[] { ".csv", ".npy", ".json" }) Assert.Equal(0, Tool.Run("eval", "[1 2; 3 4]/3", "--out", path + extension).Status);
        double[] expected = [1 / 3.0, 2 / 3.0, 1, 4 / 3.0];
        Contents.AssertIs(DataFile.Read(path + ".csv"), [2, 2], expected);
        Contents.AssertIs(DataFile.Read(path + ".npy"), [2, 2], expected);
        Assert.Equal("[[0.3333333333333333,0.6666666666666666],[1,1.3333333333333333]]", JsonDocument.Parse(File.ReadAllText(path + ".json")).RootElement.GetProperty("outputs").GetProperty("ans").GetRawText());
        foreach (string extension in new[] { ".csv", ".npy", ".json" }) File.Delete(path + extension);
    }

    [Fact]
    public void AFileHoldsOneValue()
    {
        var result = Tool.Run("eval", "Q, R = qr(A)", "--at", "A=[[2, 0], [0, 3]]", "--format", "csv");
        Assert.Equal(1, result.Status);
        Assert.Contains("Q, R", result.Error);
    }

    [Fact]
    public void ComplexValuesAreWritten()
    {
        string[] eval = ["eval", "w, V = eig(A); w", "--at", "A=[[0, -1], [1, 0]]"];
        Assert.Matches(@"^\[-?\d.*i, .*i\]'\n$", Tool.Run(eval).Output);
        Assert.Matches(@"^[^,]*i\n[^,]*i\n$", Tool.Run([.. eval, "--format", "csv"]).Output);
        Assert.Contains("{\"re\":", Tool.Run([.. eval, "--format", "json"]).Output);
    }

    [Fact]
    public void MissingValuesAreNamed()
    {
        var result = Tool.Run("eval", "x'*y");
        Assert.Equal(1, result.Status);
        Assert.Contains("x", result.Error);
        Assert.Contains("y", result.Error);
        Assert.Contains("(request)", result.Error);
    }

    [Fact]
    public void BatchTakesAFile()
    {
        string path = Path.GetTempFileName();
        File.WriteAllText(path, "{\"id\": 1, \"op\": \"evaluate\", \"expression\": \"1 + 1\"}\n{\"id\": 2, \"expression\": \"x'*x\", \"at\": {\"x\": [1, 2]}}\n");
        foreach (var result in new[] { Tool.Run("batch", path), Tool.Run(Engine.Library, ["batch", "-"], File.ReadAllText(path)), Tool.Run(Engine.Library, ["batch", "--timeout", "60"], File.ReadAllText(path, Encoding.UTF8)) })
        {
            string[] lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal("{\"id\":1,\"ok\":true,\"op\":\"evaluate\",\"outputs\":{\"ans\":2},\"notes\":[]}", lines[0]);
            Assert.Contains("\"value\":[2,4]", lines[1]);
        }
        File.Delete(path);
        Assert.Equal(1, Tool.Run("batch", path).Status);
    }

    [Fact]
    public void StepsAreToldInEveryFormat()
    {
        string[] question = ["eval", "rref(A)", "--at", "A=[1 2 -1 -4; 2 3 -1 -11; -2 0 -3 22]", "--steps"];
        Assert.Contains("  x = [  1 ]\n", Tool.Run(question).Output);
        Assert.Contains("R3 <- R3 + 2 R1: the entry of row 3", Tool.Run([.. question, "--level", "every"]).Output);
        Assert.Contains("\\begin{array}{rrrr}", Tool.Run([.. question, "--format", "latex"]).Output);
        Assert.StartsWith("<!DOCTYPE html>", Tool.Run([.. question, "--format", "html"]).Output);
        var answer = JsonDocument.Parse(Tool.Run([.. question, "--format", "json"]).Output).RootElement;
        Assert.Equal("[1, 0, 0, -8; 0, 1, 0, 1; 0, 0, 1, -2]", answer.GetProperty("steps")[1].GetProperty("after").GetString());
        Assert.Equal(2, Tool.Run([.. question, "--format", "csv"]).Status);
        Assert.Equal(2, Tool.Run("eval", "1", "--format", "html").Status);
        Assert.Equal(1, Tool.Run("eval", "1", "--steps").Status);
    }
}
