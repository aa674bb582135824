using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Nabla.Web.Bench;

/// <summary>Mixed and hostile requests over many connections: nothing but answers, problems of the client, 429 and 503 may come back.</summary>
internal sealed class Load(Uri server, int seconds, int connections, int? process)
{
    private static readonly string[] s_programs =
    [
        "x'*x", "a'*x", "norm2(x)", "x'*A*x", "sum(exp(x))", "sin(A*x)", "tr(A*X)", "log(det(X))", "sum((X*w - y).^2)", "lse(x)", "x.*y", "exp(-x'*x)", "norm2(A*x - b)", "A*x + b", "sum(log(x))", "tanh(W*x)",
    ];

    private static readonly string[] s_text = ["text"];

    private static readonly (string Path, string Body)[] s_others =
    [
        ("/api/evaluate", """{"expression": "A \\ b", "at": {"A": [[4, 1], [1, 3]], "b": [1, 2]}}"""),
        ("/api/evaluate", """{"expression": "U, s, V = svd(A)", "at": {"A": [[1, 2, 3], [4, 5, 6], [7, 8, 10]]}}"""),
        ("/api/check", """{"expression": "x'*A*x", "wrt": "x", "claim": "2*A*x"}"""),
        ("/api/derivative", """{"expression": "z = A*x + b; sum(sigmoid(z))", "wrt": "x", "order": 2, "formats": ["text", "mathml"]}"""),
        ("/api/derivative", """{"expression": "sum((X*w - y).^2)", "wrt": "w", "steps": true, "formats": ["html"]}"""),
        ("/api/derivative", """{"expression": "A*x + sigmod(b)"}"""),
    ];

    private static readonly (string Path, byte[] Body)[] s_hostile =
    [
        ("/api/derivative", Question(new string('(', 15_000) + "x" + new string(')', 15_000))),
        ("/api/derivative", Question(string.Concat(Enumerable.Repeat("sin(", 300)) + "x" + new string(')', 300))),
        ("/api/derivative", Question("X in R^(100000 x 100000)\ntr(X*X)")),
        ("/api/derivative", Question("9^9^9^9^9*x")),
        ("/api/evaluate", Question("ones(100000, 100000)")),
        ("/api/evaluate", Question("ones(499, 499)*ones(499, 499)")),
        ("/api/derivative", [.. "{\"expression\": \""u8, 0xC0, 0x80, .. "\"}"u8]),
        ("/api/derivative", Encoding.Unicode.GetBytes("{\"expression\": \"x\"}")),
        ("/api/derivative", Encoding.UTF8.GetBytes("{\"expression\": \"x\", \"at\": " + new string('[', 50_000))),
        ("/api/derivative", new byte[3 << 20]),
    ];

    private readonly ConcurrentDictionary<string, ConcurrentDictionary<int, int>> _statuses = [];
    private readonly ConcurrentBag<double> _small = [];
    private readonly ConcurrentBag<string> _faults = [];
    private long _answered;

    /// <summary>Runs the load and prints what came of it.</summary>
    public async Task Run()
    {
        var clock = Stopwatch.StartNew();
        long before = Memory();
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        var workers = Enumerable.Range(0, connections - 2).Select(k => Work(new Random(k), end.Token)).Append(Trickle(end.Token)).Append(Trickle(end.Token)).ToList();
        var watch = Watch(end.Token);
        await Task.WhenAll(workers);
        double time = clock.Elapsed.TotalSeconds;
        double[] small = [.. _small.Order()];
        Console.WriteLine($"{connections} connections, {time:0} s, mixed and hostile");
        Console.WriteLine($"answers: {_answered / time:0} a second; small derivatives: {small.Length / time:0} a second, median {At(small, 0.5):0.0} ms, p95 {At(small, 0.95):0.0} ms, p99 {At(small, 0.99):0.0} ms");
        foreach (var (kind, counts) in _statuses.OrderBy(s => s.Key)) Console.WriteLine($"{kind}: {string.Join(", ", counts.OrderBy(c => c.Key).Select(c => $"{c.Key} x {c.Value}"))}");
        Console.WriteLine($"memory of the server: {before >> 20} MB before, {string.Join(", ", (await watch).Select(b => b >> 20))} MB meanwhile, {Memory() >> 20} MB after");
        Console.WriteLine(_faults.IsEmpty ? "no faults" : $"{_faults.Count} faults: {string.Join(" | ", _faults.Distinct().Take(5))}");
    }

    private async Task Work(Random random, CancellationToken end)
    {
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1 }) { BaseAddress = server, Timeout = TimeSpan.FromSeconds(60) };
        while (!end.IsCancellationRequested)
        {
            int choice = random.Next(100);
            if (choice < 85)
            {
                // A number makes every program one of its own.
                string program = $"{s_programs[random.Next(s_programs.Length)]}";
                byte[] body = JsonSerializer.SerializeToUtf8Bytes(new { expression = program, wrt = Variable(program), formats = s_text, id = random.Next() });
                long begun = Stopwatch.GetTimestamp();
                if (await Post(client, "small derivative", "/api/derivative", body, isAnswerable: true) == 200) _small.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            }
            else if (choice < 97)
            {
                var (path, body) = s_others[random.Next(s_others.Length)];
                await Post(client, "other question", path, Encoding.UTF8.GetBytes(body), isAnswerable: true);
            }
            else
            {
                var (path, body) = s_hostile[random.Next(s_hostile.Length)];
                await Post(client, "hostile", path, body, isAnswerable: false);
            }
        }
    }

    private static string Variable(string program) => program.Contains('w') ? "w" : program.Contains('x') ? "x" : "X";

    private async Task<int> Post(HttpClient client, string kind, string path, byte[] body, bool isAnswerable)
    {
        try
        {
            using var content = new ByteArrayContent(body);
            content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
            using var response = await client.PostAsync(new Uri(path, UriKind.Relative), content);
            string text = await response.Content.ReadAsStringAsync();
            int status = (int)response.StatusCode;
            Count(kind, status);
            Interlocked.Increment(ref _answered);
            bool isExpected = status is 200 or 429 or 503 || (!isAnswerable && status is 400 or 413);
            if (!isExpected || text.Contains("\"internal\"", StringComparison.Ordinal)) _faults.Add($"{kind}: {status} {text[..Math.Min(200, text.Length)]}");
            return status;
        }
        catch (HttpRequestException e) when (!isAnswerable && body.Length > 1 << 20)
        {
            // The server answers 413 and closes before all of the body is sent.
            Count(kind, e.StatusCode is { } status ? (int)status : 413);
            return 413;
        }
        catch (Exception e)
        {
            _faults.Add($"{kind}: {e.GetType().Name}: {e.Message}");
            return 0;
        }
    }

    // Bodies that come a byte at a time hold a connection and nothing else.
    private async Task Trickle(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(server.Host, server.Port, end);
                var stream = client.GetStream();
                await stream.WriteAsync("POST /api/derivative HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n"u8.ToArray(), end);
                byte[] answer = new byte[64];
                var read = stream.ReadAsync(answer, end).AsTask();
                while (!read.IsCompleted)
                {
                    await stream.WriteAsync("x"u8.ToArray(), end);
                    await Task.WhenAny(read, Task.Delay(500, end));
                }
                Count("slow body", await read > 12 && int.TryParse(Encoding.ASCII.GetString(answer, 9, 3), out int status) ? status : 0);
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
            {
                if (!end.IsCancellationRequested) Count("slow body", 0);
            }
        }
    }

    private async Task<List<long>> Watch(CancellationToken end)
    {
        var memory = new List<long>();
        while (!end.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromSeconds(Math.Max(1, seconds / 8.0)), CancellationToken.None);
            memory.Add(Memory());
        }
        return memory;
    }

    private void Count(string kind, int status) => _statuses.GetOrAdd(kind, _ => []).AddOrUpdate(status, 1, (_, count) => count + 1);

    private long Memory() => process is { } id ? Process.GetProcessById(id).WorkingSet64 : 0;

    private static double At(double[] sorted, double share) => sorted.Length == 0 ? 0 : sorted[(int)(share * (sorted.Length - 1))];

    private static byte[] Question(string program) => JsonSerializer.SerializeToUtf8Bytes(new { expression = program });
}
