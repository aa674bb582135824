using System.Text.Json;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Requests;

/// <summary>Reads the fields of a request and says what is wrong with them.</summary>
internal sealed partial class RequestReader
{
    private static readonly Dictionary<string, Formats> s_formats = Enum.GetValues<Formats>().Where(f => f is not (Formats.None or Formats.Default))
        .ToDictionary(f => f.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    private static readonly string s_formatNames = string.Join(", ", s_formats.Keys.Concat(CodeLanguages.Names).Select(name => $"'{name}'"));

    private static readonly Field[] s_ofPictures = [Field.Ranges, Field.Start, Field.Rate, Field.Iterations, Field.Width, Field.Height];

    private readonly RequestFields _fields;
    private readonly List<string> _notes = [];

    private RequestReader(RequestFields fields) => _fields = fields;

    /// <summary>Reads a request.</summary>
    /// <param name="fields">The line, taken apart.</param>
    /// <param name="work">The budget of the question.</param>
    /// <param name="op">What is asked, where the request need not say it.</param>
    /// <exception cref="NablaException">A field is missing or wrong (<see cref="ErrorCode.Request"/>), too large (<see cref="ErrorCode.Limit"/>) or not supported.</exception>
    public static Request Read(RequestFields fields, Work work, string? op = null) => new RequestReader(fields).Read(work, op);

    private Request Read(Work work, string? asked)
    {
        if (_fields.Repeated is { } field) throw Error($"The field '{RequestFields.NameOf(field)}' must stand once, but it stands more than once.");
        _notes.AddRange(_fields.Notes);
        string op = Text(Field.Op) ?? asked ?? "derivative";
        if (asked is not null && op != asked) throw Error($"The field 'op' must be '{asked}' or absent here, but it is '{Excerpt.Of(op)}'.");
        return op switch
        {
            "derivative" => Derivative(work),
            "evaluate" => Evaluation(work),
            "check" => Claim(work),
            "classify" => Surface(false, work),
            "plot" => Surface(true, work),
            _ => throw Error($"The field 'op' must be 'derivative', 'evaluate', 'check', 'classify' or 'plot', but it is '{Excerpt.Of(op)}'."),
        };
    }

    private Request Derivative(Work work)
    {
        string expression = Expression();
        Ignore("a derivative", Field.Claim);
        Ignore("a derivative", s_ofPictures);
        var layout = Text(Field.Layout) switch
        {
            null or "mixed" => Layout.Mixed,
            "numerator" => Layout.Numerator,
            "denominator" => Layout.Denominator,
            string other => throw Error($"The field 'layout' must be 'mixed', 'numerator' or 'denominator', but it is '{Excerpt.Of(other)}'."),
        };
        var (formats, code) = ReadFormats();
        var view = Text(Field.View) switch
        {
            null or "chain" => DerivationView.Chain,
            "differential" => DerivationView.Differential,
            "element" => DerivationView.Element,
            string other => throw Error($"The field 'view' must be 'chain', 'differential' or 'element', but it is '{Excerpt.Of(other)}'."),
        };
        var level = Level();
        var question = new DerivativeRequest
        {
            Expression = expression,
            Declare = Declarations(),
            Wrt = Text(Field.Wrt),
            Order = Order(),
            At = Values(work),
            Layout = layout,
            Check = Truth(Field.Check, true),
            Explain = Truth(Field.Steps, false) ? view : null,
            Code = code,
            Work = work,
        };
        return new Request { Derivative = question, Formats = formats, Level = level, Notes = _notes };
    }

    private Request Claim(Work work)
    {
        Ignore("a claim", Field.Layout, Field.Steps, Field.View, Field.Level, Field.Check);
        Ignore("a claim", s_ofPictures);
        var (formats, code) = ReadFormats();
        if (code.Count > 0) _notes.Add("ignored: 'formats' that are languages say nothing of a claim");
        string claim = Text(Field.Claim) ?? throw Error("The field 'claim' must be there, but the request has none.");
        RequireLength("The field 'claim'", claim);
        var question = new ClaimRequest
        {
            Expression = Expression(),
            Claim = claim,
            Declare = Declarations(),
            Wrt = Text(Field.Wrt),
            Order = Order(),
            At = Values(work),
            Work = work,
        };
        return new Request { Claim = question, Formats = formats, Notes = _notes };
    }

    private void Ignore(string subject, params ReadOnlySpan<Field> fields)
    {
        foreach (var field in fields)
            if (!_fields[field].IsEmpty) _notes.Add($"ignored: the field '{RequestFields.NameOf(field)}' says nothing of {subject}");
    }

    private Request Evaluation(Work work)
    {
        bool explains = Truth(Field.Steps, false);
        Ignore("a value", Field.Wrt, Field.Order, Field.Layout, Field.View, Field.Check, Field.Claim);
        Ignore("a value", s_ofPictures);
        if (!explains) Ignore("a value without steps", Field.Formats, Field.Level);
        var (formats, level) = explains ? (ReadFormats().Formats, Level()) : default;
        var question = new EvaluationRequest { Expression = Expression(), Declare = Declarations(), At = Values(work), Explain = explains, Work = work };
        return new Request { Evaluation = question, Formats = formats, Level = level, Notes = _notes };
    }

    private DerivationLevel Level() => Text(Field.Level) switch
    {
        "short" => DerivationLevel.Short,
        null or "full" => DerivationLevel.Full,
        "every" => DerivationLevel.Every,
        string other => throw Error($"The field 'level' must be 'short', 'full' or 'every', but it is '{Excerpt.Of(other)}'."),
    };

    private string Expression()
    {
        string expression = Text(Field.Expression) ?? throw Error("The field 'expression' must be there, but the request has none.");
        RequireLength("The field 'expression'", expression);
        return expression;
    }

    private List<string> Declarations()
    {
        var declarations = new List<string>();
        var reader = ReaderOf(Field.Declare);
        if (reader.TokenType == JsonTokenType.None) return declarations;
        if (reader.TokenType != JsonTokenType.StartArray) throw Wrong(Field.Declare, "an array of texts", ref reader);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.String)
                throw Error($"The field 'declare' must be an array of texts, but its entry {declarations.Count + 1} is {Found(ref reader)}.");
            string declaration = reader.GetString()!;
            RequireLength("An entry of 'declare'", declaration);
            declarations.Add(declaration);
        }
        return declarations;
    }

    private int Order()
    {
        var reader = ReaderOf(Field.Order);
        if (reader.TokenType == JsonTokenType.None) return 1;
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetDouble(out double order) || order < 1 || order != Math.Floor(order))
            throw Wrong(Field.Order, "an integer from 1", ref reader);
        if (order > int.MaxValue)
            throw new NablaException(ErrorCode.Limit, $"The order of a tensor is at most {Limits.TensorOrder}, but the field 'order' is {Found(ref reader)}.");
        return (int)order;
    }

    private Dictionary<string, NDArray<double>> Values(Work work)
    {
        var values = new Dictionary<string, NDArray<double>>(StringComparer.Ordinal);
        var reader = ReaderOf(Field.At);
        if (reader.TokenType == JsonTokenType.None) return values;
        if (reader.TokenType != JsonTokenType.StartObject) throw Wrong(Field.At, "an object of values by name", ref reader);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            string subject = $"The value of '{Excerpt.Of(name)}' in 'at'";
            reader.Read();
            var value = NestedArray.Read(ref reader, subject);
            if (value.Order > 2)
                throw Error($"{subject} must be a number, an array or an array of rows, but its arrays are nested {value.Order} deep.");
            if (value.Count > work.Entries) throw new NablaException(ErrorCode.Limit, $"{subject} must have at most {work.Entries} entries, but it has {value.Count}.");
            if (!values.TryAdd(name, value)) throw Error($"{subject} must stand once, but it stands more than once.");
        }
        return values;
    }

    private (Formats Formats, IReadOnlyList<CodeTarget> Code) ReadFormats()
    {
        var reader = ReaderOf(Field.Formats);
        if (reader.TokenType == JsonTokenType.None) return (Formats.Default, []);
        if (reader.TokenType != JsonTokenType.StartArray) throw Wrong(Field.Formats, $"an array of {s_formatNames}", ref reader);
        var (formats, code) = (Formats.None, new List<CodeTarget>());
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            string name = reader.TokenType == JsonTokenType.String ? reader.GetString()! : "";
            var format = s_formats.GetValueOrDefault(name);
            formats |= format;
            if (CodeLanguages.Find(name) is { } target)
            {
                if (!code.Contains(target)) code.Add(target);
            }
            else if (format == Formats.None) throw Error($"The entries of 'formats' must be among {s_formatNames}, but one is {Found(ref reader)}.");
        }
        return (formats, code);
    }


    private string? Text(Field field)
    {
        var reader = ReaderOf(field);
        if (reader.TokenType == JsonTokenType.None) return null;
        return reader.TokenType == JsonTokenType.String ? reader.GetString() : throw Wrong(field, "a text", ref reader);
    }

    private bool Truth(Field field, bool otherwise)
    {
        var reader = ReaderOf(field);
        return reader.TokenType switch
        {
            JsonTokenType.None => otherwise,
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            _ => throw Wrong(field, "true or false", ref reader),
        };
    }

    private Utf8JsonReader ReaderOf(Field field)
    {
        var value = _fields[field];
        var reader = new Utf8JsonReader(value.Span, new JsonReaderOptions { MaxDepth = int.MaxValue });
        if (!value.IsEmpty) reader.Read();
        return reader;
    }

    private static void RequireLength(string subject, string text)
    {
        if (text.Length > Limits.InputCharacters)
            throw new NablaException(ErrorCode.Limit, $"{subject} must have at most {Limits.InputCharacters} characters, but it has {text.Length}.");
    }

    private static NablaException Wrong(Field field, string required, ref Utf8JsonReader reader) =>
        Error($"The field '{RequestFields.NameOf(field)}' must be {required}, but it is {Found(ref reader)}.");

    private static string Found(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => $"'{Excerpt.Of(reader.GetString()!)}'",
        JsonTokenType.Number => Excerpt.Of(System.Text.Encoding.UTF8.GetString(reader.ValueSpan)),
        var type => RequestFields.Described(type),
    };

    private static NablaException Error(string message) => new(ErrorCode.Request, message);
}
