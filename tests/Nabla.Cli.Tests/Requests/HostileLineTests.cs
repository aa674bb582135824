using System.Text;
using System.Text.Json;
using Nabla.Cli.Requests;
using Nabla.Expressions.Requests;

namespace Nabla.Cli.Tests.Requests;

/// <summary>Damaged requests get one answer each, in order, and none of them is a defect.</summary>
public class HostileLineTests(ITestOutputHelper output)
{
    private static readonly string[] s_seeds =
    [
        """{"id": 1, "expression": "z = A*x + b; sin(z)", "declare": ["A in R^(2 x 2)"], "wrt": "x", "at": {"A": [[1, 2], [3, 4]], "x": [1, 2], "b": [0, 1]}}""",
        """{"id": "b", "op": "derivative", "expression": "log(det(X))", "wrt": "X", "order": 2, "layout": "numerator", "formats": ["text", "mathml"], "check": false}""",
        """{"id": [3], "op": "evaluate", "expression": "U, s, V = svd(A)", "at": {"A": [[1, -2.5e3], ["NaN", 0]]}}""",
        """{"id": null, "op": "evaluate", "expression": "sum[i](a[i]*x[i]^2) + \u03b1", "at": {"a": [1, 2], "x": [3, 4], "α": 1}}""",
    ];

    private static readonly string[] s_pieces = ["{", "}", "[", "]", "\"", ",", ":", "null", "1e999", "-", "\\ud800", "\\u0000", "\\", "true", "\"at\"", "NaN", "'", "*", "(", ")", "^", "\r", "\t", "\uFEFF", "9999999999", "sum[i](", "inv("];

    [Fact]
    public void EveryLineGetsOneAnswer()
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        byte[][] lines = [.. Enumerable.Range(0, 3000).Select(_ => Damaged(s_seeds[random.Next(s_seeds.Length)], random)).Where(line => line.AsSpan().IndexOfAnyExcept(" \t\r"u8) >= 0)];
        var answers = new MemoryStream();
        using (var batch = new Batch(Engine.Library, new MemoryStream([.. lines.SelectMany(line => line.Append((byte)'\n'))]), answers, TimeSpan.FromSeconds(20))) batch.Run();
        string[] texts = Encoding.UTF8.GetString(answers.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(lines.Length, texts.Length);
        for (int k = 0; k < lines.Length; k++)
        {
            var answer = JsonDocument.Parse(texts[k]).RootElement;
            bool isDefect = !answer.GetProperty("ok").GetBoolean() && answer.GetProperty("error").GetProperty("code").GetString() == "internal";
            Assert.False(isDefect, $"seed {seed}, {Convert.ToBase64String(lines[k])}: {texts[k]}");
        }
    }

    private static byte[] Damaged(string whole, Random random)
    {
        var bytes = Encoding.UTF8.GetBytes(whole).ToList();
        for (int faults = random.Next(0, 4); faults > 0; faults--)
        {
            int at = random.Next(bytes.Count + 1), length = Math.Min(random.Next(1, 8), bytes.Count - at);
            switch (random.Next(5))
            {
                case 0: bytes.InsertRange(at, Encoding.UTF8.GetBytes(s_pieces[random.Next(s_pieces.Length)])); break;
                case 1: bytes.RemoveRange(at, length); break;
                case 2: bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, length)); break;
                case 3 when length > 0: bytes[at] = (byte)random.Next(256); break;
                default: bytes.RemoveRange(at, random.Next(4) == 0 ? bytes.Count - at : length); break;
            }
        }
        bytes.RemoveAll(b => b == '\n');
        return [.. bytes];
    }
}
