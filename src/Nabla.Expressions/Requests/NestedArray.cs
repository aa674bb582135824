using System.Text.Json;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Requests;

/// <summary>Reads a number or nested arrays of numbers, row by row, from JSON.</summary>
/// <remarks>Besides finite numbers, the texts "NaN", "Infinity" and "-Infinity" are entries. All rows of a level have one length, at least 1.</remarks>
internal ref struct NestedArray
{
    private readonly string _subject;
    private readonly List<double> _entries = [];
    private readonly int[] _lengths = new int[Limits.TensorOrder];
    private readonly int[] _counts = new int[Limits.TensorOrder];
    private int _depth;
    private int _order = -1;

    private NestedArray(string subject) => _subject = subject;

    /// <summary>Reads the value that begins at the reader's current token, and leaves the reader on its last token.</summary>
    /// <param name="reader">A reader on the first token of the value.</param>
    /// <param name="subject">What the value is, as the subject of a message: "The value of 'x'".</param>
    /// <exception cref="NablaException">The value is not an array of numbers (<see cref="ErrorCode.Request"/>) or too large (<see cref="ErrorCode.Limit"/>).</exception>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static NDArray<double> Read(ref Utf8JsonReader reader, string subject)
    {
        var array = new NestedArray(subject);
        do array.Take(ref reader);
        while (array._depth > 0 && reader.Read());
        return array._order == 0
            ? NDArray<double>.Scalar(array._entries[0])
            : NDArray<double>.FromArray([.. array._entries], array._lengths.AsSpan(0, array._order));
    }

    private void Take(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartArray: Open(); break;
            case JsonTokenType.EndArray: Close(); break;
            default: Add(Entry(ref reader)); break;
        }
    }

    private void Open()
    {
        if (_depth == _order) throw Ragged("an array stands beside numbers");
        if (_depth == _lengths.Length)
            throw new NablaException(ErrorCode.Request, $"{_subject} must be nested at most {_lengths.Length} deep, but it is nested deeper.");
        _counts[_depth++] = 0;
    }

    private void Close()
    {
        int length = _counts[--_depth];
        if (length == 0) throw new NablaException(ErrorCode.Request, $"{_subject} must have sizes from 1, but {Position()} is empty.");
        if (_lengths[_depth] == 0) _lengths[_depth] = length;
        else if (_lengths[_depth] != length) throw Ragged($"{_lengths[_depth]} entries are followed by {length}");
        if (_depth > 0) _counts[_depth - 1]++;
    }

    private void Add(double entry)
    {
        if (_order < 0) _order = _depth;
        else if (_order != _depth) throw Ragged("a number stands beside arrays");
        if (_entries.Count == Limits.Entries)
            throw new NablaException(ErrorCode.Limit, $"{_subject} must have at most {Limits.Entries} entries, but it has more.");
        _entries.Add(entry);
        if (_depth > 0) _counts[_depth - 1]++;
    }

    private readonly double Entry(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            if (reader.TryGetDouble(out double number) && double.IsFinite(number)) return number;
            throw Wrong($"{Excerpt.Quote(reader.ValueSpan)}, which is beyond the range of a double");
        }
        if (reader.TokenType == JsonTokenType.String)
        {
            if (reader.ValueTextEquals("NaN"u8)) return double.NaN;
            if (reader.ValueTextEquals("Infinity"u8)) return double.PositiveInfinity;
            if (reader.ValueTextEquals("-Infinity"u8)) return double.NegativeInfinity;
            throw Wrong($"the text {Excerpt.Quote(reader.ValueSpan)}");
        }
        throw Wrong(reader.TokenType switch
        {
            JsonTokenType.Null => "null",
            JsonTokenType.True => "true",
            JsonTokenType.False => "false",
            _ => "an object",
        });
    }

    private readonly NablaException Wrong(string found) => new(ErrorCode.Request, $"{_subject} must hold numbers, but {Position()} is {found}.");

    private readonly NablaException Ragged(string how) =>
        new(ErrorCode.Request, $"{_subject} must have rows of equal length, but at {Position()} {how}.");

    private readonly string Position()
    {
        if (_depth == 0) return "it";
        var index = new int[_depth];
        for (int level = 0; level < _depth; level++) index[level] = _counts[level] + 1;
        return $"entry [{string.Join(", ", index)}]";
    }
}
