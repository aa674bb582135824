using System.Text;
using System.Text.Json;
using Nabla.Cli.Requests;
using Nabla.Expressions;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Requests;

namespace Nabla.Cli.Tests.Requests;

public class BatchTests
{
    /// <summary>Answers with the number of values that it was given; expressions name the ways to fail.</summary>
    private static EvaluationAnswer Count(EvaluationRequest request)
    {
        switch (request.Expression)
        {
            case "crash": throw new InvalidOperationException("the engine broke");
            case "memory": throw new InsufficientMemoryException();
            case "stack": throw new InsufficientExecutionStackException();
            case "refuse": throw new NablaException(ErrorCode.Shape, "no", new Place(2, 3, 1));
            case "polite": while (true) request.Work.Check();
            case "stuck": Thread.Sleep(Timeout.Infinite); break;
        }
        return new([new("count", Value.Scalar(request.At.Count)), new("order", Value.Row(double.NaN, double.PositiveInfinity, -0.1))], ["counted"]);
    }

    private static List<JsonElement> Ask(byte[] input, double seconds = 5)
    {
        var output = new MemoryStream();
        var engine = new Engine(_ => throw new NablaException(ErrorCode.Unsupported, "only values"), Count, null!);
        using (var batch = new Batch(engine, new MemoryStream(input), output, TimeSpan.FromSeconds(seconds))) batch.Run();
        string text = Encoding.UTF8.GetString(output.ToArray());
        Assert.True(text.Length == 0 || text.EndsWith('\n'));
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 10_000 }).RootElement)];
    }

    private static List<JsonElement> Ask(params string[] lines) => Ask(Encoding.UTF8.GetBytes(string.Join('\n', lines)));

    private static string? CodeOf(JsonElement answer) => answer.GetProperty("ok").GetBoolean() ? null : answer.GetProperty("error").GetProperty("code").GetString();

    [Fact]
    public void AnswersComeInOrderWithTheirIdentity()
    {
        string[] ids = ["\"a\"", "1.50", "null", "[1, {\"a\": \"\\u0062\"}]", "true", "\"\\u03b1\""];
        var answers = Ask([.. ids.Select(id => $"{{\"op\": \"evaluate\", \"expression\": \"1\", \"id\": {id}}}")]);
        Assert.Equal(ids, answers.Select(a => a.GetProperty("id").GetRawText()));
    }

    [Fact]
    public void AnAnswerHasItsFieldsInOrder()
    {
        var output = new MemoryStream();
        using (var batch = new Batch(new Engine(null!, Count, null!), new MemoryStream("{\"op\": \"evaluate\", \"expression\": \"1\", \"at\": {\"x\": 1}, \"colour\": 2}"u8.ToArray()), output, TimeSpan.FromSeconds(5)))
            batch.Run();
        Assert.Equal(
            "{\"id\":null,\"ok\":true,\"op\":\"evaluate\",\"outputs\":{\"count\":1,\"order\":[\"NaN\",\"Infinity\",-0.1]},\"notes\":[\"ignored: the field 'colour' is unknown\",\"counted\"]}\n",
            Encoding.UTF8.GetString(output.ToArray()));
    }

    [Fact]
    public void BlankLinesAreSkipped() => Assert.Single(Ask("", "  \t\r", "{\"op\": \"evaluate\", \"expression\": \"1\"}", "\r", ""));

    [Theory]
    [InlineData("nonsense", "byte 2")]
    [InlineData("[1, 2]", "an array")]
    [InlineData("\"text\"", "a text")]
    [InlineData("17", "a number")]
    [InlineData("null", "null")]
    [InlineData("{\"id\": 1, \"expression\": \"x", "not JSON")]
    [InlineData("{\"id\": 1} {\"id\": 2}", "not JSON")]
    [InlineData("{\"id\": 1, \"at\": {\"c\": NaN}}", "not JSON")]
    [InlineData("{\"id\": 1, \"at\": {\"c\": Infinity}}", "not JSON")]
    [InlineData("{\"id\": 1, \"at\": {\"c\": 01}}", "not JSON")]
    [InlineData("{'id': 1}", "not JSON")]
    [InlineData("{\"id\": 1,}", "not JSON")]
    [InlineData("// {}", "not JSON")]
    [InlineData("{\"id\": 1, \"expression\": \"\\ud800\"}", "surrogate")]
    [InlineData("{\"id\": 1, \"expression\": \"\\udc00\\ud800\"}", "surrogate")]
    [InlineData("{\"id\": 1, \"unknown\": [{\"a\": \"\\ud83dx\"}]}", "surrogate")]
    [InlineData("{\"id\": \"\\udc00\"}", "surrogate")]
    [InlineData("{\"id\": 1, \"\\ud800\": 1}", "surrogate")]
    public void WhatIsNoObjectHasNoIdentity(string line, string mention)
    {
        var answer = Assert.Single(Ask(line));
        Assert.Equal("request", CodeOf(answer));
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("id").ValueKind);
        Assert.Contains(mention, answer.GetProperty("error").GetProperty("message").GetString());
    }

    [Fact]
    public void BytesThatAreNotUtf8AreRefused()
    {
        byte[][] wrong = [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82]];
        foreach (byte[] bytes in wrong)
        {
            var answers = Ask([.. "{\"id\": 1, \"expression\": \""u8, .. bytes, .. "\"}\n{\"op\": \"evaluate\", \"expression\": \"1\", \"id\": 2}"u8]);
            Assert.Equal(["request", null], answers.Select(CodeOf));
            Assert.Contains("UTF-8", answers[0].GetProperty("error").GetProperty("message").GetString());
        }
    }

    [Theory]
    [InlineData("\"op\": \"evaluate\"", "'expression'", "none")]
    [InlineData("\"expression\": 5", "'expression'", "5")]
    [InlineData("\"expression\": null", "'expression'", "null")]
    [InlineData("\"expression\": \"x\", \"op\": \"integrate\"", "'op'", "integrate")]
    [InlineData("\"expression\": \"x\", \"op\": 3", "'op'", "3")]
    [InlineData("\"expression\": \"x\", \"wrt\": [\"x\"]", "'wrt'", "an array")]
    [InlineData("\"expression\": \"x\", \"op\": \"check\"", "'claim'", "none")]
    [InlineData("\"expression\": \"x\", \"op\": \"check\", \"claim\": 3", "'claim'", "3")]
    [InlineData("\"expression\": \"x\", \"order\": 0", "'order'", "0")]
    [InlineData("\"expression\": \"x\", \"order\": -1", "'order'", "-1")]
    [InlineData("\"expression\": \"x\", \"order\": 1.5", "'order'", "1.5")]
    [InlineData("\"expression\": \"x\", \"order\": \"two\"", "'order'", "'two'")]
    [InlineData("\"expression\": \"x\", \"order\": true", "'order'", "true")]
    [InlineData("\"expression\": \"x\", \"layout\": \"sideways\"", "'layout'", "'sideways'")]
    [InlineData("\"expression\": \"x\", \"formats\": \"latex\"", "'formats'", "'latex'")]
    [InlineData("\"expression\": \"x\", \"formats\": [\"latex\", \"pdf\"]", "'formats'", "'pdf'")]
    [InlineData("\"expression\": \"x\", \"formats\": [1]", "'formats'", "1")]
    [InlineData("\"expression\": \"x\", \"check\": \"yes\"", "'check'", "'yes'")]
    [InlineData("\"expression\": \"x\", \"steps\": 1", "'steps'", "1")]
    [InlineData("\"expression\": \"x\", \"view\": \"sideways\"", "'view'", "'sideways'")]
    [InlineData("\"expression\": \"x\", \"declare\": \"x in R\"", "'declare'", "'x in R'")]
    [InlineData("\"expression\": \"x\", \"declare\": [\"x in R\", 5]", "'declare'", "entry 2", "5")]
    [InlineData("\"expression\": \"x\", \"at\": [1]", "'at'", "an array")]
    [InlineData("\"expression\": \"x\", \"at\": {\"x\": [[1, 2], [3]]}", "'x'", "[2]")]
    [InlineData("\"expression\": \"x\", \"at\": {\"x\": [1, [2]]}", "'x'", "[2]")]
    [InlineData("\"expression\": \"x\", \"at\": {\"x\": \"1\"}", "'x'", "'1'")]
    [InlineData("\"expression\": \"x\", \"at\": {\"x\": [1, null]}", "'x'", "null")]
    [InlineData("\"expression\": \"x\", \"at\": {\"x\": true}", "'x'", "true")]
    [InlineData("\"expression\": \"x\", \"at\": {\"x\": {\"re\": 1, \"im\": 2}}", "'x'", "an object")]
    [InlineData("\"expression\": \"x\", \"at\": {\"x\": []}", "'x'", "empty")]
    [InlineData("\"expression\": \"x\", \"at\": {\"x\": [[]]}", "'x'", "empty")]
    [InlineData("\"expression\": \"x\", \"at\": {\"x\": [[[1]]]}", "'x'", "3 deep")]
    [InlineData("\"expression\": \"x\", \"at\": {\"x\": -1e400}", "'x'", "-1e400")]
    [InlineData("\"expression\": \"x\", \"at\": {\"x\": 1, \"x\": 2}", "'x'", "once")]
    [InlineData("\"expression\": \"x\", \"expression\": \"y\"", "'expression'", "once")]
    public void FieldsAreCheckedAndNamed(string fields, params string[] mentions)
    {
        var answer = Assert.Single(Ask($"{{\"id\": 7, {fields}}}"));
        Assert.Equal("request", CodeOf(answer));
        Assert.Equal(7, answer.GetProperty("id").GetInt32());
        Assert.All(mentions, mention => Assert.Contains(mention, answer.GetProperty("error").GetProperty("message").GetString()));
    }

    [Theory]
    [InlineData("\"order\": 1e300")]
    [InlineData("\"order\": 99999999999")]
    public void WhatIsTooLargeIsALimit(string field) => Assert.Equal("limit", CodeOf(Ask($"{{\"expression\": \"x\", {field}}}")[0]));

    [Fact]
    public void DepthAndLengthAreSurvived()
    {
        string deep = new string('[', 100_000) + new string(']', 100_000);
        string wide = string.Join(", ", Enumerable.Range(0, 50_000).Select(k => $"\"f{k}\": {k}"));
        var answers = Ask(
            $"{{\"id\": {new string('[', 1000)}{new string(']', 1000)}, \"op\": \"evaluate\", \"expression\": \"1\"}}",
            $"{{\"op\": \"evaluate\", \"expression\": \"1\", \"at\": {{\"x\": {deep}}}}}",
            $"{{\"op\": \"evaluate\", \"expression\": \"1\", \"x\": {deep}}}",
            $"{{\"op\": \"evaluate\", \"expression\": \"1\", {wide}}}",
            $"{{\"op\": \"evaluate\", \"expression\": \"{new string('x', 1_000_001)}\"}}");
        Assert.Equal([null, "request", null, null, "limit"], answers.Select(CodeOf));
        Assert.Equal(10, answers[3].GetProperty("notes").GetArrayLength());
    }

    [Fact]
    public void ALineBeyondTheBoundIsRefusedInBoundedMemory()
    {
        byte[] line = new byte[Batch.MostLineBytes + 100_000];
        line.AsSpan().Fill((byte)'x');
        Assert.Equal(["limit", null], Ask([.. line, (byte)'\n', .. "{\"op\": \"evaluate\", \"expression\": \"1\"}"u8]).Select(CodeOf));
    }

    [Fact]
    public void FailuresAreToldAndEndNothing()
    {
        var answers = Ask([.. new[] { "crash", "memory", "stack", "refuse", "1" }.Select(e => $"{{\"op\": \"evaluate\", \"expression\": \"{e}\"}}")]);
        Assert.Equal(["internal", "limit", "limit", "shape", null], answers.Select(CodeOf));
        Assert.Contains("the engine broke", answers[0].GetProperty("error").GetProperty("message").GetString());
        Assert.Equal("{\"code\":\"shape\",\"message\":\"no\",\"declare\":1,\"line\":2,\"column\":3}", answers[3].GetProperty("error").GetRawText());
    }

    [Theory]
    [InlineData("polite")]
    [InlineData("stuck")]
    public void RunawaysEndWithTheirTime(string expression)
    {
        string[] lines = [.. new[] { expression, "1", expression, "1" }.Select((e, k) => $"{{\"id\": {k}, \"op\": \"evaluate\", \"expression\": \"{e}\"}}")];
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var answers = Ask(Encoding.UTF8.GetBytes(string.Join('\n', lines)), 0.5);
        Assert.Equal(["limit", null, "limit", null], answers.Select(CodeOf));
        Assert.Equal([0, 1, 2, 3], answers.Select(a => a.GetProperty("id").GetInt32()));
        Assert.InRange(clock.Elapsed.TotalSeconds, 0.9, 5);
    }
}
