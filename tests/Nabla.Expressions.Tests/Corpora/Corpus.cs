using System.Text.Json;
using Nabla.Numerics;

namespace Nabla.Expressions.Tests.Corpora;

/// <summary>Cases with independent answers, one JSON object per line.</summary>
internal static class Corpus
{
    /// <summary>The cases of a file.</summary>
    public static IReadOnlyList<JsonElement> Read(string name) =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "corpus", name + ".jsonl")).Select(line => JsonDocument.Parse(line).RootElement)];

    /// <summary>The cases of a file by their ids.</summary>
    public static Dictionary<string, JsonElement> ById(string name) => Read(name).ToDictionary(Id);

    /// <summary>The id of a case.</summary>
    public static string Id(JsonElement element) => element.GetProperty("id").GetString()!;

    /// <summary>A number, an array or an array of rows, to any depth.</summary>
    public static NDArray<double> Array(JsonElement value)
    {
        var shape = new List<int>();
        for (var level = value; level.ValueKind == JsonValueKind.Array; level = level[0]) shape.Add(level.GetArrayLength());
        double[] entries = [.. Entries(value)];
        return shape.Count == 0 ? NDArray<double>.Scalar(entries[0]) : NDArray<double>.FromArray(entries, [.. shape]);
    }

    /// <summary>The values of a case.</summary>
    public static Dictionary<string, NDArray<double>> At(JsonElement element) =>
        element.GetProperty("at").EnumerateObject().ToDictionary(p => p.Name, p => Array(p.Value));

    /// <summary>The question of a case.</summary>
    public static DerivativeRequest Question(JsonElement element) => new()
    {
        Expression = element.GetProperty("expression").GetString()!,
        Declare = Declarations(element),
        Wrt = element.GetProperty("wrt").GetString(),
        Order = element.GetProperty("order").GetInt32(),
        At = At(element),
    };

    /// <summary>The declarations of a case.</summary>
    public static string[] Declarations(JsonElement element) => [.. element.GetProperty("declare").EnumerateArray().Select(d => d.GetString()!)];

    /// <summary>Demands an error of at most <paramref name="relative"/> of the largest entry, plus an absolute one.</summary>
    public static void AreClose(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double relative, string what, double absolute = 0)
    {
        Assert.Equal(expected.Length, actual.Length);
        double top = 1e-12;
        foreach (double e in expected) top = Math.Max(top, Math.Abs(e));
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= Math.Max(relative * top + absolute, 1e-12), $"{what}: entry {i} is {actual[i]:R}, expected {expected[i]:R}");
    }

    private static IEnumerable<double> Entries(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().SelectMany(Entries) : [value.GetDouble()];
}
