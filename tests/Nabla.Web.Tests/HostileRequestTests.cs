using System.Net;
using System.Text;
using System.Text.Json;

namespace Nabla.Web.Tests;

/// <summary>Requests that mean harm are refused or answered, none with a defect, while the others get their answers.</summary>
public class HostileRequestTests(ITestOutputHelper output)
{
    private static string Question(string program) => JsonSerializer.Serialize(new { expression = program });

    /// <summary>Programs that are deep, large, or explode.</summary>
    internal static string[] Bodies { get; } =
    [
        Question(new string('(', 100_000) + "x" + new string(')', 100_000)),
        Question(new string('(', 15_000) + "x" + new string(')', 15_000)),
        Question(string.Concat(Enumerable.Repeat("sin(", 5_000)) + "x" + new string(')', 5_000)),
        Question(new string('-', 50_000) + "x"),
        Question(string.Join('^', Enumerable.Repeat("2", 3_000))),
        Question("9^9^9^9^9*x"),
        Question(string.Join('*', Enumerable.Repeat("(x + y)", 2_000))),
        Question("X in R^(100000 x 100000)\ntr(X*X)"),
        Question("sum[i,j,k,l,p,q](X[i,j]*X[j,k]*X[k,l]*X[l,p]*X[p,q]*X[q,i])"),
        Question("kron(kron(kron(X, X), X), X)"),
        Question("det(det(det(X)))"),
        Question(new string('x', 900_000)),
        Question(string.Concat(Enumerable.Repeat("𝔄", 1000))),
        """{"expression": "x", "at": """ + new string('[', 200_000) + new string(']', 200_000) + "}",
        """{"expression": "x'*x", "at": {"x": [""" + string.Join(',', Enumerable.Repeat("1e308", 5000)) + "]}}",
        """{"expression": "x", "order": 1e9}""",
        """{"expression": "sum(exp(X))", "wrt": "X", "order": 4}""",
    ];

    [Fact]
    public async Task TheOthersAreAnsweredMeanwhile()
    {
        await using var server = await RunningServer.Start(new ServerOptions { Seconds = 8 });
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var hostile = Bodies.Concat(Bodies.Select(b => Damaged(b, random))).Select(async body =>
        {
            using var response = await server.Post("/api/derivative", Encoding.UTF8.GetBytes(body), "application/json");
            return (body, response.StatusCode, text: await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }).ToArray();
        for (int k = 0; k < 20; k++)
        {
            var answer = await server.Ask("/api/derivative", """{"expression": "sum((X*w - y).^2)", "wrt": "w", "formats": ["text"]}""");
            Assert.Equal("2*X'*(X*w - y)", answer.GetProperty("derivative").GetProperty("text").GetString());
        }
        foreach (var (body, status, text) in await Task.WhenAll(hostile))
        {
            Assert.True(status is HttpStatusCode.OK or HttpStatusCode.BadRequest or HttpStatusCode.ServiceUnavailable, $"seed {seed}: {status} for {body[..Math.Min(200, body.Length)]}: {text}");
            Assert.DoesNotContain("\"internal\"", text);
        }
    }

    [Theory]
    [InlineData("GARBAGE\r\n\r\n")]
    [InlineData("POST /api/derivative HTTP/1.1\r\nContent-Length: 2\r\nContent-Length: 5\r\nHost: x\r\n\r\n{}")]
    [InlineData("POST /api/derivative HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Type: application/json\r\nHost: x\r\n\r\nZZ\r\n")]
    [InlineData("GET / HTTP/9.9\r\nHost: x\r\n\r\n")]
    [InlineData("GET /\0 HTTP/1.1\r\nHost: x\r\n\r\n")]
    public async Task BrokenHttpEndsItsOwnConnectionOnly(string text)
    {
        await using var server = await RunningServer.Start();
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Address.Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(text), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        Assert.Matches("^HTTP/1.1 (4|5)[0-9][0-9] ", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
        Assert.True((await server.Ask("/api/evaluate", """{"expression": "1 + 1"}""")).GetProperty("ok").GetBoolean());
    }

    private static string Damaged(string body, Random random)
    {
        int at = random.Next(body.Length), length = Math.Min(random.Next(1, 50), body.Length - at);
        return random.Next(2) == 0 ? body.Remove(at, length) : body.Insert(at, body.Substring(at, length));
    }
}
