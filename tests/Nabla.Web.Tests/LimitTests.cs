using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Nabla.Expressions;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Requests;

namespace Nabla.Web.Tests;

/// <summary>What a request may not do, and what it is told.</summary>
public class LimitTests
{
    private static readonly EvaluationAnswer s_one = new([new("ans", Value.Scalar(1))], []);

    private static Engine Answering(Func<EvaluationRequest, EvaluationAnswer> evaluate) => new(_ => throw new NablaException(ErrorCode.Unsupported, "only values"), evaluate, null!);

    private static async Task<(HttpStatusCode Status, JsonElement Problem)> Refused(HttpResponseMessage response)
    {
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await RunningServer.Json(response);
        Assert.Equal((int)response.StatusCode, problem.GetProperty("status").GetInt32());
        Assert.False(problem.GetProperty("ok").GetBoolean());
        Assert.Equal(problem.GetProperty("detail").GetString(), problem.GetProperty("error").GetProperty("message").GetString());
        Assert.DoesNotContain("   at ", problem.GetRawText());
        return (response.StatusCode, problem);
    }

    [Theory]
    [InlineData("", "JSON")]
    [InlineData("nonsense", "JSON")]
    [InlineData("[1]", "an array")]
    [InlineData("{\"expression\": 5}", "'expression'")]
    [InlineData("{}", "'expression'")]
    [InlineData("{\"expression\": \"x\", \"op\": \"check\"}", "'derivative'")]
    [InlineData("{\"expression\": \"x\", \"layout\": \"sideways\"}", "'layout'")]
    [InlineData("{\"expression\": \"x\", \"level\": \"all\"}", "'level'")]
    [InlineData("{\"expression\": \"x\", \"formats\": [\"pdf\"]}", "'pdf'")]
    [InlineData("{\"expression\": \"\\ud800\"}", "surrogate")]
    public async Task ABodyThatIsNoRequestIs400(string body, string mention)
    {
        await using var server = await RunningServer.Start();
        using var response = await server.Post("/api/derivative", body);
        var (status, problem) = await Refused(response);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(mention, problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task BytesThatAreNotUtf8Are400()
    {
        await using var server = await RunningServer.Start();
        using var response = await server.Post("/api/derivative", [.. "{\"expression\": \""u8, 0xC0, 0x80, .. "\"}"u8], "application/json");
        Assert.Equal(HttpStatusCode.BadRequest, (await Refused(response)).Status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    public async Task OtherMediaAre415(string? type)
    {
        await using var server = await RunningServer.Start();
        using var response = await server.Post("/api/derivative", "{\"expression\": \"x\"}"u8.ToArray(), type);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await Refused(response)).Status);
    }

    [Theory]
    [InlineData("GET", "/api/derivative", 405)]
    [InlineData("PUT", "/api/check", 405)]
    [InlineData("DELETE", "/", 405)]
    [InlineData("GET", "/nothing", 404)]
    [InlineData("GET", "/../../etc/passwd", 404)]
    [InlineData("GET", "/assets/..%2f..%2fetc%2fpasswd", 404)]
    [InlineData("POST", "/api/integral", 404)]
    public async Task WhatIsNotThereIsToldAsAProblem(string method, string path, int status)
    {
        await using var server = await RunningServer.Start();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(status, (int)(await Refused(response)).Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ALargeBodyIs413(bool isChunked)
    {
        await using var server = await RunningServer.Start(new ServerOptions { BodyBytes = 4096 });
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/derivative", UriKind.Relative)) { Content = new StringContent($"{{\"expression\": \"{new string('x', 5000)}\"}}", Encoding.UTF8, "application/json") };
        if (isChunked) request.Headers.TransferEncodingChunked = true;
        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await Refused(response)).Status);
    }

    [Fact]
    public async Task ABodyThatTricklesIsGivenUp()
    {
        await using var server = await RunningServer.Start();
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Address.Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync("POST /api/derivative HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"u8.ToArray(), TestContext.Current.CancellationToken);
        var clock = Stopwatch.StartNew();
        using var reader = new StreamReader(stream);
        Assert.Equal("HTTP/1.1 408 Request Timeout", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
        Assert.InRange(clock.Elapsed.TotalSeconds, 1, 30);
    }

    [Theory]
    [InlineData("ones(600, 600)*ones(600, 600)")]
    [InlineData("kron(ones(30, 30), ones(30, 30))")]
    [InlineData("[ones(500, 400), ones(500, 400)]")]
    public async Task LargeValuesAreALimit(string program)
    {
        await using var server = await RunningServer.Start();
        var answer = await server.Ask("/api/evaluate", JsonSerializer.Serialize(new { expression = program }));
        Assert.Equal("limit", answer.GetProperty("error").GetProperty("code").GetString());
        Assert.Contains("250000", answer.GetProperty("error").GetProperty("message").GetString());
    }

    [Fact]
    public async Task MuchMemoryIsALimit()
    {
        await using var server = await RunningServer.Start(new ServerOptions { Bytes = 50 << 20, Seconds = 60 });
        string program = string.Concat(Enumerable.Range(0, 300).Select(k => $"A{k} = ones(400, 400); ")) + string.Join(" + ", Enumerable.Range(0, 300).Select(k => $"A{k}[1, 1]"));
        var answer = await server.Ask("/api/evaluate", JsonSerializer.Serialize(new { expression = program }));
        Assert.Equal("limit", answer.GetProperty("error").GetProperty("code").GetString());
        Assert.Contains("50 MB", answer.GetProperty("error").GetProperty("message").GetString());
    }

    [Fact]
    public async Task TimeIsALimitAndTheWorkStops()
    {
        int running = 0;
        var engine = Answering(request =>
        {
            Interlocked.Increment(ref running);
            try
            {
                while (true) request.Work.Check();
            }
            finally
            {
                Interlocked.Decrement(ref running);
            }
        });
        await using var server = await RunningServer.Start(new ServerOptions { Seconds = 0.5 }, engine);
        var answer = await server.Ask("/api/evaluate", """{"id": 7, "expression": "1"}""");
        Assert.Equal("limit", answer.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(7, answer.GetProperty("id").GetInt32());
        // The answer may be there before the worker has left its request.
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref running) == 0, TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task AWorkerThatHangsIsReplacedAndHealthTells()
    {
        using var release = new ManualResetEventSlim();
        var engine = Answering(request =>
        {
            if (request.Expression == "hang") release.Wait();
            return s_one;
        });
        await using var server = await RunningServer.Start(new ServerOptions { Seconds = 0.3, Places = 1 }, engine);
        for (int k = 0; k < 2; k++)
        {
            Assert.Equal("limit", (await server.Ask("/api/evaluate", """{"expression": "hang"}""")).GetProperty("error").GetProperty("code").GetString());
            Assert.True((await server.Ask("/api/evaluate", """{"expression": "1"}""")).GetProperty("ok").GetBoolean());
        }
        using var sick = await server.Client.GetAsync(new Uri("/health", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, sick.StatusCode);
        Assert.Equal(2, (await RunningServer.Json(sick)).GetProperty("leftBehind").GetInt32());
        release.Set();
        for (int k = 0; k < 200; k++)
        {
            using var well = await server.Client.GetAsync(new Uri("/health", UriKind.Relative), TestContext.Current.CancellationToken);
            if (well.StatusCode == HttpStatusCode.OK && (await RunningServer.Json(well)).GetProperty("leftBehind").GetInt32() == 0) return;
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
        Assert.Fail("The computations that were left behind must be counted out when they end.");
    }

    [Fact]
    public async Task ARequestThatIsGivenUpStops()
    {
        var stopped = new TaskCompletionSource();
        var begun = new TaskCompletionSource();
        var engine = Answering(request =>
        {
            begun.SetResult();
            try
            {
                while (true) request.Work.Check();
            }
            catch (OperationCanceledException)
            {
                stopped.SetResult();
                throw;
            }
        });
        await using var server = await RunningServer.Start(new ServerOptions { Seconds = 60 }, engine);
        using var patience = new CancellationTokenSource();
        using var content = new StringContent("""{"expression": "1"}""", Encoding.UTF8, "application/json");
        var request = server.Client.PostAsync(new Uri("/api/evaluate", UriKind.Relative), content, patience.Token);
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        await stopped.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(1, 100, HttpStatusCode.ServiceUnavailable)]
    [InlineData(100, 2, HttpStatusCode.TooManyRequests)]
    public async Task BeyondTheBoundsTheServerIsBusy(int waiting, int ofOneClient, HttpStatusCode expected)
    {
        using var release = new ManualResetEventSlim();
        var begun = new TaskCompletionSource();
        var engine = Answering(request =>
        {
            begun.TrySetResult();
            release.Wait();
            return s_one;
        });
        await using var server = await RunningServer.Start(new ServerOptions { Seconds = 60, Places = 1, Waiting = waiting, OfOneClient = ofOneClient }, engine);
        var requests = new List<Task<HttpResponseMessage>> { server.Post("/api/evaluate", """{"expression": "1"}""") };
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        requests.Add(server.Post("/api/evaluate", """{"expression": "1"}"""));
        int waits = 0;
        for (int k = 0; k < 1000 && waits == 0; k++)
        {
            using var health = await server.Client.GetAsync(new Uri("/health", UriKind.Relative), TestContext.Current.CancellationToken);
            waits = (await RunningServer.Json(health)).GetProperty("waiting").GetInt32();
        }
        Assert.Equal(1, waits);
        var refused = Enumerable.Range(0, 4).Select(_ => server.Post("/api/evaluate", """{"expression": "1"}""")).ToArray();
        await Task.WhenAll(refused);
        release.Set();
        var responses = await Task.WhenAll(requests.Concat(refused));
        Assert.Equal(2, responses.Count(r => r.StatusCode == HttpStatusCode.OK));
        foreach (var response in responses.Where(r => r.StatusCode != HttpStatusCode.OK))
        {
            Assert.Equal(expected, (await Refused(response)).Status);
            Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter?.Delta);
        }
    }

    [Fact]
    public async Task ADefectIsToldWithoutItsStackAndLoggedWithIt()
    {
        await using var server = await RunningServer.Start(null, Answering(_ => throw new InvalidOperationException("the engine broke")));
        using var response = await server.Post("/api/evaluate", """{"expression": "secret"}""");
        Assert.Equal(HttpStatusCode.InternalServerError, (await Refused(response)).Status);
        var (_, _, exception) = Assert.Single(server.Log.Events, e => e.Level == LogLevel.Error);
        Assert.Contains("the engine broke", exception!.ToString());
    }

    [Fact]
    public async Task EveryRequestIsAnEventOfTheLog()
    {
        await using var server = await RunningServer.Start(null, Answering(_ => throw new NablaException(ErrorCode.Shape, "no")));
        await server.Ask("/api/evaluate", """{"expression": "secret"}""");
        for (int k = 0; k < 200 && server.Log.Events.IsEmpty; k++) await Task.Delay(10, TestContext.Current.CancellationToken);
        var fields = Assert.Single(server.Log.Events, e => e.Fields.ContainsKey("Status")).Fields;
        Assert.Equal(("POST", "/api/evaluate", 200, 24L, "127.0.0.1", "shape"), (fields["Method"], fields["Path"], fields["Status"], fields["BytesIn"], fields["Client"], fields["Error"]));
        Assert.All(server.Log.Events, e => Assert.DoesNotContain("secret", string.Join(' ', e.Fields.Values)));
    }

    [Fact]
    public async Task EveryResponseBindsTheBrowser()
    {
        await using var server = await RunningServer.Start();
        foreach (string path in new[] { "/", "/health", "/nothing" })
        {
            using var response = await server.Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            string policy = response.Headers.GetValues("Content-Security-Policy").Single();
            Assert.StartsWith("default-src 'none';", policy);
            Assert.DoesNotContain("unsafe", policy);
            Assert.DoesNotContain("http", policy);
            Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        }
    }
}
