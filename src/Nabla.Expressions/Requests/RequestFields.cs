using System.Buffers.Text;
using System.Text.Json;
using System.Text.Unicode;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Requests;

/// <summary>One line of JSON taken apart: where the value of each field stands.</summary>
internal sealed class RequestFields
{
    private const int MostUnknown = 8;
    private static readonly string[] s_names = [.. Enum.GetNames<Field>().Select(n => n.ToLowerInvariant())];

    private readonly ReadOnlyMemory<byte>[] _values = new ReadOnlyMemory<byte>[s_names.Length];
    private readonly List<string> _unknown = [];
    private int _unknownCount;

    private RequestFields()
    {
    }

    /// <summary>A field that stands more than once; null if none does.</summary>
    public Field? Repeated { get; private set; }

    /// <summary>The notes on fields that are not known and therefore ignored.</summary>
    public IEnumerable<string> Notes
    {
        get
        {
            foreach (string name in _unknown) yield return $"ignored: the field '{name}' is unknown";
            if (_unknownCount > _unknown.Count) yield return $"ignored: {_unknownCount - _unknown.Count} more unknown fields";
        }
    }

    /// <summary>The JSON of a field's value; empty where the field is absent.</summary>
    public ReadOnlyMemory<byte> this[Field field] => _values[(int)field];

    /// <summary>A field's name as requests write it.</summary>
    public static string NameOf(Field field) => s_names[(int)field];

    /// <summary>Takes a line apart.</summary>
    /// <exception cref="NablaException">The line is not a JSON object in UTF-8 (<see cref="ErrorCode.Request"/>).</exception>
    public static RequestFields Parse(ReadOnlyMemory<byte> line)
    {
        if (!Utf8.IsValid(line.Span)) throw new NablaException(ErrorCode.Request, "The line must be UTF-8, but it has bytes that are not.");
        var fields = new RequestFields();
        try
        {
            fields.Read(line);
        }
        catch (JsonException e)
        {
            throw new NablaException(ErrorCode.Request, $"The line must be a JSON object, but at byte {e.BytePositionInLine + 1} it is not JSON.", null, e);
        }
        return fields;
    }

    private void Read(ReadOnlyMemory<byte> line)
    {
        var reader = new Utf8JsonReader(line.Span, new JsonReaderOptions { MaxDepth = int.MaxValue });
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new NablaException(ErrorCode.Request, $"The line must be a JSON object, but it is {Described(reader.TokenType)}.");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            RequirePairs(ref reader);
            int field = FieldOf(ref reader);
            if (field < 0) NoteUnknown(ref reader);
            reader.Read();
            int start = (int)reader.TokenStartIndex, depth = reader.CurrentDepth;
            RequirePairs(ref reader);
            if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
                while (reader.Read() && reader.CurrentDepth > depth) RequirePairs(ref reader);
            if (field < 0) continue;
            if (!_values[field].IsEmpty) Repeated ??= (Field)field;
            _values[field] = line[start..(int)reader.BytesConsumed];
        }
        reader.Read();
    }

    private static int FieldOf(ref Utf8JsonReader reader)
    {
        for (int field = 0; field < s_names.Length; field++)
            if (reader.ValueTextEquals(s_names[field])) return field;
        return -1;
    }

    private void NoteUnknown(ref Utf8JsonReader reader)
    {
        if (++_unknownCount <= MostUnknown) _unknown.Add(Excerpt.Of(reader.GetString()!));
    }

    private static void RequirePairs(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName) || !reader.ValueIsEscaped) return;
        if (!ArePaired(reader.ValueSpan))
            throw new NablaException(ErrorCode.Request, $"Texts must be Unicode, but the one at byte {reader.TokenStartIndex + 1} has half of a surrogate pair.");
    }

    // The text is valid JSON: every backslash begins an escape, and \u has four digits.
    private static bool ArePaired(ReadOnlySpan<byte> text)
    {
        bool afterHigh = false;
        for (int i = 0; i < text.Length; i++)
        {
            char unit = '\0';
            if (text[i] == '\\' && text[++i] == 'u')
            {
                unit = Utf8Parser.TryParse(text.Slice(i + 1, 4), out ushort digits, out _, 'x') ? (char)digits : '\0';
                i += 4;
            }
            if (afterHigh != char.IsLowSurrogate(unit)) return false;
            afterHigh = char.IsHighSurrogate(unit);
        }
        return !afterHigh;
    }

    /// <summary>A JSON value's kind as messages name it.</summary>
    public static string Described(JsonTokenType type) => type switch
    {
        JsonTokenType.StartArray => "an array",
        JsonTokenType.StartObject => "an object",
        JsonTokenType.String => "a text",
        JsonTokenType.Number => "a number",
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        _ => "null",
    };
}
