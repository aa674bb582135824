using System.Net;
using System.Text.Json;
using Nabla.Expressions.Requests;

namespace Nabla.Web.Tests;

/// <summary>What the interfaces promise: the objects of <c>nabla batch</c>, one a request.</summary>
public class InterfaceTests
{
    [Fact]
    public async Task ADerivativeIsAnswered()
    {
        await using var server = await RunningServer.Start();
        var answer = await server.Ask("/api/derivative", """
            {"id": "x1", "expression": "z = A*x + b; sin(z)", "declare": ["A in R^(m x n)", "x in R^n", "b in R^m"], "wrt": "x",
             "at": {"A": [[1,2],[3,4]], "x": [1,2], "b": [0,1]}, "formats": ["text", "latex", "mathml", "dimensions", "csharp", "numpy", "julia", "html"], "steps": true}
            """);
        Assert.Equal("x1", answer.GetProperty("id").GetString());
        Assert.True(answer.GetProperty("ok").GetBoolean());
        var derivative = answer.GetProperty("derivative");
        Assert.Equal("diag(cos(z))*A", derivative.GetProperty("text").GetString()!.Replace("A*x + b", "z", StringComparison.Ordinal).Split("; ")[^1]);
        Assert.StartsWith("<math", derivative.GetProperty("mathml").GetString());
        Assert.Contains("<mtext class=\"dimension\">m × n</mtext>", derivative.GetProperty("dimensions").GetString());
        Assert.Equal(["csharp", "numpy", "julia"], derivative.GetProperty("code").EnumerateObject().Select(c => c.Name));
        Assert.Contains("def derivative", derivative.GetProperty("code").GetProperty("numpy").GetString());
        double[][] value = [.. derivative.GetProperty("value").EnumerateArray().Select(r => r.EnumerateArray().Select(e => e.GetDouble()).ToArray())];
        double[][] expected = [[Math.Cos(5), 2 * Math.Cos(5)], [3 * Math.Cos(12), 4 * Math.Cos(12)]];
        for (int i = 0; i < 2; i++) Assert.Equal(expected[i], value[i], (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.InRange(answer.GetProperty("check").GetProperty("maxRelativeError").GetDouble(), 0, 1e-6);
        Assert.NotEqual(0, answer.GetProperty("steps").GetArrayLength());
        Assert.Contains("<h2>Partial derivatives</h2>", answer.GetProperty("html").GetString());
        Assert.DoesNotContain("style=", answer.GetProperty("html").GetString());
    }

    [Fact]
    public async Task ValuesAreAnswered()
    {
        await using var server = await RunningServer.Start();
        var answer = await server.Ask("/api/evaluate", """{"expression": "w, V = eig(A)", "at": {"A": [[2, 0], [0, 3]]}}""");
        Assert.Equal([2.0, 3.0], answer.GetProperty("outputs").GetProperty("w").EnumerateArray().Select(e => e.GetDouble()));
        Assert.Equal(2, answer.GetProperty("outputs").GetProperty("V").GetArrayLength());
    }

    [Fact]
    public async Task ClaimsAreJudged()
    {
        await using var server = await RunningServer.Start();
        var wrong = await server.Ask("/api/check", """{"expression": "a'*X*b", "declare": ["a in R^m", "b in R^n"], "wrt": "X", "claim": "b*a'"}""");
        Assert.False(wrong.GetProperty("correct").GetBoolean());
        Assert.Equal("transposed", wrong.GetProperty("diagnosis").GetString());
        var right = await server.Ask("/api/check", """{"expression": "a'*X*b", "declare": ["a in R^m", "b in R^n"], "wrt": "X", "claim": "a*b'"}""");
        Assert.True(right.GetProperty("correct").GetBoolean());
        Assert.Equal(JsonValueKind.Null, right.GetProperty("diagnosis").ValueKind);
    }

    [Fact]
    public async Task PointsAndPicturesAreAnswered()
    {
        await using var server = await RunningServer.Start();
        var point = await server.Ask("/api/classify", """{"expression": "x'*A*x", "wrt": "x", "at": {"A": [[2, 0], [0, -1]], "x": [0, 0]}}""");
        Assert.Equal("saddle", point.GetProperty("verdict").GetString());
        var picture = await server.Ask("/api/plot", """{"id": 3, "expression": "x^2 + 3*y^2", "declare": ["x in R", "y in R"], "ranges": [[-2, 2], [-1, 1]], "start": [1, 1], "rate": 0.1, "iterations": 5}""");
        Assert.Equal(3, picture.GetProperty("id").GetInt32());
        Assert.StartsWith("<svg", picture.GetProperty("svg").GetString());
        Assert.DoesNotContain(" style=", picture.GetProperty("svg").GetString());
        double[][] path = [.. picture.GetProperty("path").EnumerateArray().Select(p => p.GetProperty("x").EnumerateArray().Select(x => x.GetDouble()).ToArray())];
        Assert.Equal(6, path.Length);
        for (int k = 0; k < 6; k++) Assert.Equal([Math.Pow(0.8, k), Math.Pow(0.4, k)], path[k], (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Theory]
    [InlineData("\"ranges\": [1, 2]", "'ranges'")]
    [InlineData("\"ranges\": \"wide\"", "'ranges'")]
    [InlineData("\"rate\": [1]", "'rate'")]
    [InlineData("\"iterations\": 1.5", "'iterations'")]
    [InlineData("\"width\": 1e99", "'width'")]
    public async Task FieldsOfPicturesAreChecked(string field, string mention)
    {
        await using var server = await RunningServer.Start();
        using var response = await server.Post("/api/plot", $"{{\"expression\": \"x^2\", {field}}}");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(mention, (await RunningServer.Json(response)).GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData("x'*", "syntax")]
    [InlineData("sigmod(x)", "name")]
    [InlineData("A in R^(2 x 3)\nA*A", "shape")]
    [InlineData("rank(X)", "unsupported")]
    public async Task ErrorsOfTheQuestionAreAnswersWithAPlace(string program, string code)
    {
        await using var server = await RunningServer.Start();
        var answer = await server.Ask("/api/derivative", JsonSerializer.Serialize(new { expression = program }));
        Assert.False(answer.GetProperty("ok").GetBoolean());
        Assert.Equal(code, answer.GetProperty("error").GetProperty("code").GetString());
        Assert.True(answer.GetProperty("error").TryGetProperty("line", out _));
    }

    [Fact]
    public async Task ALargeAnswerIsCompressedForThoseWhoAllowIt()
    {
        await using var server = await RunningServer.Start();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/evaluate", UriKind.Relative)) { Content = new StringContent("""{"expression": "eye(100)"}""", System.Text.Encoding.UTF8, "application/json") };
        request.Headers.AcceptEncoding.ParseAdd("br");
        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(["br"], response.Content.Headers.ContentEncoding);
        await using var plain = new System.IO.Compression.BrotliStream(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken), System.IO.Compression.CompressionMode.Decompress);
        var packed = await JsonDocument.ParseAsync(plain, default, TestContext.Current.CancellationToken);
        var whole = await server.Ask("/api/evaluate", """{"expression": "eye(100)"}""");
        Assert.Equal(whole.GetRawText(), packed.RootElement.GetRawText());
    }

    [Fact]
    public async Task TheServerIsWell()
    {
        await using var server = await RunningServer.Start();
        using var response = await server.Client.GetAsync(new Uri("/health", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("ok", (await RunningServer.Json(response)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task TheDescriptionNamesEveryFieldFormatAndError()
    {
        await using var server = await RunningServer.Start();
        using var response = await server.Client.GetAsync(new Uri("/openapi.json", UriKind.Relative), TestContext.Current.CancellationToken);
        var description = await RunningServer.Json(response);
        var schemas = description.GetProperty("components").GetProperty("schemas");
        string[] fields = [.. new[] { "DerivativeRequest", "EvaluationRequest", "CheckRequest", "ClassificationRequest", "PictureRequest" }.SelectMany(s => schemas.GetProperty(s).GetProperty("properties").EnumerateObject()).Select(p => p.Name).Distinct()];
        Assert.Equal(Enum.GetNames<Field>().Select(n => n.ToLowerInvariant()).Order(), fields.Order());
        string[] formats = Names(schemas.GetProperty("DerivativeRequest").GetProperty("properties").GetProperty("formats").GetProperty("items"));
        Assert.Equal(Enum.GetValues<Formats>().Where(f => f is not (Formats.None or Formats.Default)).Select(f => f.ToString().ToLowerInvariant()).Concat(CodeLanguages.Names).Order(), formats.Order());
        string[] codes = Names(schemas.GetProperty("Error").GetProperty("properties").GetProperty("error").GetProperty("properties").GetProperty("code"));
        Assert.Equal(Enum.GetValues<Expressions.Notation.ErrorCode>().Select(AnswerWriter.NameOf).Order(), codes.Order());
        string[] paths = [.. description.GetProperty("paths").EnumerateObject().Select(p => p.Name)];
        Assert.Equal(["/api/derivative", "/api/evaluate", "/api/check", "/api/classify", "/api/plot", "/health"], paths);
        foreach (var path in description.GetProperty("paths").EnumerateObject().Where(p => p.Value.TryGetProperty("post", out _)))
        {
            string example = path.Value.GetProperty("post").GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("example").GetRawText();
            Assert.True((await server.Ask(path.Name, example)).GetProperty("ok").GetBoolean(), path.Name);
        }
    }

    private static string[] Names(JsonElement schema) => [.. schema.GetProperty("enum").EnumerateArray().Select(n => n.GetString()!)];
}
