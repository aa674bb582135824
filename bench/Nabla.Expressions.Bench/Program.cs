using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Nabla.Expressions;

// The time from text to written derivative: parse, infer, derive, simplify, write; without and with the proof; and from text to plan.
// usage: dotnet run -c Release --project bench/Nabla.Expressions.Bench [corpus.jsonl] [rounds]
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string corpus = args.Length > 0 ? args[0] : Path.Combine("tests", "corpus", "derivatives.jsonl");
int rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 40;
var cases = File.ReadLines(corpus).Select(Read).ToArray();

foreach (bool check in new[] { false, true })
{
    // Every case's median over the rounds; the first rounds warm up.
    var times = cases.Select(_ => new List<double>()).ToArray();
    int counted = check ? Math.Max(3, rounds / 8) : rounds;
    for (int round = -2; round < counted; round++)
        for (int i = 0; i < cases.Length; i++)
        {
            long start = Stopwatch.GetTimestamp();
            _ = Questions.Derivative(cases[i] with { Check = check });
            if (round >= 0) times[i].Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
    double[] medians = [.. times.Select(Median).Order()];
    int slowest = Array.IndexOf([.. times.Select(Median)], medians[^1]);
    Console.WriteLine($"{(check ? "with the proof   " : "without the proof")}  {cases.Length} derivatives, {counted} rounds: median {Median(medians):0.000} ms, 95 % {medians[(int)(0.95 * (medians.Length - 1))]:0.000} ms, slowest {medians[^1]:0.0} ms ({cases[slowest].Expression} by {cases[slowest].Wrt}, order {cases[slowest].Order})");
}

// What an explanation costs on top of the proven derivative, alternated case by case; the best of the rounds on both sides.
foreach (var view in Enum.GetValues<DerivationView>())
{
    double[] plain = [.. cases.Select(_ => double.PositiveInfinity)], told = [.. plain];
    for (int round = 0; round < Math.Max(4, rounds / 4); round++)
        for (int i = 0; i < cases.Length; i++)
        {
            long start = Stopwatch.GetTimestamp();
            _ = Questions.Derivative(cases[i]);
            plain[i] = Math.Min(plain[i], Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            start = Stopwatch.GetTimestamp();
            _ = Questions.Derivative(cases[i] with { Explain = view });
            told[i] = Math.Min(told[i], Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
    double[] ratios = [.. told.Zip(plain, (t, p) => (t - p) / p)], sorted = [.. ratios.Order()];
    int worst = Array.IndexOf(ratios, sorted[^1]);
    Console.WriteLine($"explained by the {view.ToString().ToLowerInvariant()} view: the explanation costs {(told.Sum() - plain.Sum()) / plain.Sum():0.00} times the proven derivatives in all, median {Median(ratios):0.00}, 95 % {sorted[(int)(0.95 * (sorted.Length - 1))]:0.00}, most {sorted[^1]:0.0} ({cases[worst].Expression} by {cases[worst].Wrt}, order {cases[worst].Order}); above 5: {ratios.Count(r => r > 5)}");
}

Console.WriteLine("chains of nested operations, without the proof:");
foreach (int depth in new[] { 1_250, 2_500, 5_000, 10_000 })
{
    var question = new DerivativeRequest { Expression = string.Concat(Enumerable.Repeat("sin(", depth)) + "c" + new string(')', depth), Check = false };
    double best = double.PositiveInfinity;
    for (int round = 0; round < 3; round++)
    {
        long start = Stopwatch.GetTimestamp();
        _ = Questions.Derivative(question);
        best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }
    Console.WriteLine($"  {depth,6} deep: {best:0} ms, {1000 * best / depth:0.0} microseconds an operation");
}

// A compiled expression: value and derivative from the text to the plan for the sizes of the case, with its report.
var compiled = File.ReadLines(corpus).Zip(cases, (line, question) => (question, Shapes: ShapesOf(line))).Select(c => Enumerable.Range(0, 7).Select(_ => CompileTime(
    c.question.Expression, c.question.Declare, [Output.Value, Output.Derivative(c.question.Wrt!, c.question.Order)], c.Shapes)).Min(t => t.Parsed + t.Planned)).Order().ToArray();
Console.WriteLine($"compiled: {compiled.Length} values with derivatives, the best of 7 rounds: median {Median(compiled):0.000} ms, 95 % {compiled[(int)(0.95 * (compiled.Length - 1))]:0.0} ms, slowest {compiled[^1]:0.0} ms");

Console.WriteLine("networks of tanh layers of width 8, the gradients by all weights:");
foreach (int layers in new[] { 25, 50, 100, 200 })
{
    string program = "h0 = x; " + string.Concat(Enumerable.Range(1, layers).Select(l => $"h{l} = tanh(W{l}*h{l - 1}); ")) + $"sum(h{layers})";
    string[] declare = [.. Enumerable.Range(1, layers).Select(l => $"W{l} in R^(8 x 8)"), "x in R^8"];
    var outputs = Enumerable.Range(1, layers).Select(l => Output.Derivative($"W{l}")).ToArray();
    var times = Enumerable.Range(0, 5).Select(_ => CompileTime(program, declare, outputs, name => name == "x" ? [8] : [8, 8])).ToArray();
    Console.WriteLine($"  {layers,4} layers: the derivatives {times.Min(t => t.Parsed):0} ms, the plan with its report {times.Min(t => t.Planned):0} ms");
}

static (double Parsed, double Planned) CompileTime(string program, IReadOnlyList<string> declare, Output[] outputs, Func<string, int[]> shapeOf)
{
    long start = Stopwatch.GetTimestamp();
    var expression = CompiledExpression<double>.Parse(program, declare, outputs);
    double parsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    start = Stopwatch.GetTimestamp();
    _ = expression.Explain([.. expression.Inputs.Select(shapeOf)]);
    return (parsed, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
}

static Func<string, int[]> ShapesOf(string line)
{
    using var document = JsonDocument.Parse(line);
    var shapes = document.RootElement.GetProperty("at").EnumerateObject().ToDictionary(v => v.Name, v => Shape(v.Value));
    return name => shapes[name];
}

static int[] Shape(JsonElement value) => value.ValueKind == JsonValueKind.Array ? [value.GetArrayLength(), .. Shape(value[0])] : [];

static double Median(IEnumerable<double> values) => values.Order().ToArray() is var sorted ? sorted[sorted.Length / 2] : 0;

static DerivativeRequest Read(string line)
{
    using var document = JsonDocument.Parse(line);
    var e = document.RootElement;
    return new()
    {
        Expression = e.GetProperty("expression").GetString()!,
        Declare = [.. e.GetProperty("declare").EnumerateArray().Select(d => d.GetString()!)],
        Wrt = e.GetProperty("wrt").GetString(),
        Order = e.GetProperty("order").GetInt32(),
    };
}
