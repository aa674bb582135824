using System.Text.Json;

namespace Nabla.Expressions.Requests;

/// <summary>Writes stationary points, slopes and pictures as JSON objects.</summary>
internal static class SurfaceWriter
{
    /// <summary>Writes the verdict on a point.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="point">The answer.</param>
    /// <param name="id">The request's identity as JSON; empty to leave it out.</param>
    /// <param name="notes">What there is to say of the request.</param>
    public static void Write(Utf8JsonWriter json, StationaryPoint point, ReadOnlySpan<byte> id = default, IReadOnlyList<string>? notes = null)
    {
        AnswerWriter.Begin(json, id, true);
        json.WriteString("op"u8, "classify"u8);
        json.WriteString("verdict"u8, NameOf(point.Kind));
        json.WriteString("reason"u8, point.Reason);
        json.WritePropertyName("value"u8);
        NumberWriter.Write(json, point.Value);
        json.WritePropertyName("gradient"u8);
        NumberWriter.Write(json, point.Gradient);
        json.WritePropertyName("hessian"u8);
        NumberWriter.Write(json, point.Hessian);
        WriteNumbers(json, "eigenvalues", point.Eigenvalues);
        End(json, [.. notes ?? [], .. point.Notes]);
    }

    /// <summary>Writes difference quotients.</summary>
    public static void Write(Utf8JsonWriter json, SlopeTable table)
    {
        json.WriteStartObject();
        json.WriteBoolean("ok"u8, true);
        json.WriteString("op"u8, "slope"u8);
        json.WriteString("derivative"u8, table.Derivative);
        json.WritePropertyName("value"u8);
        NumberWriter.Write(json, table.Value);
        json.WritePropertyName("slope"u8);
        NumberWriter.Write(json, table.Slope);
        json.WriteStartArray("quotients"u8);
        foreach (var quotient in table.Quotients)
        {
            json.WriteStartObject();
            json.WriteNumber("h"u8, quotient.Step);
            WriteQuotient(json, "forward", quotient.Forward);
            WriteQuotient(json, "central", quotient.Central);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteString("conclusion"u8, table.Conclusion);
        json.WriteString("svg"u8, table.Svg);
        End(json, table.Notes);
    }

    /// <summary>Writes a picture with the path of descent.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="plot">The answer.</param>
    /// <param name="id">The request's identity as JSON; empty to leave it out.</param>
    /// <param name="notes">What there is to say of the request.</param>
    public static void Write(Utf8JsonWriter json, FunctionPlot plot, ReadOnlySpan<byte> id = default, IReadOnlyList<string>? notes = null)
    {
        AnswerWriter.Begin(json, id, true);
        json.WriteString("op"u8, "plot"u8);
        json.WriteString("svg"u8, plot.Svg);
        json.WriteStartArray("path"u8);
        foreach (var point in plot.Path)
        {
            json.WriteStartObject();
            WriteNumbers(json, "x", point.Entries);
            json.WritePropertyName("f"u8);
            NumberWriter.Write(json, point.Value);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        End(json, [.. notes ?? [], .. plot.Notes]);
    }

    /// <summary>Writes a tensor with its Jacobian.</summary>
    public static void Write(Utf8JsonWriter json, JacobianPicture picture)
    {
        json.WriteStartObject();
        json.WriteBoolean("ok"u8, true);
        json.WriteString("op"u8, "jacobian"u8);
        json.WritePropertyName("tensor"u8);
        NumberWriter.Write(json, picture.Tensor);
        json.WritePropertyName("jacobian"u8);
        NumberWriter.Write(json, picture.Jacobian);
        json.WriteString("isomorphism"u8, picture.Isomorphism);
        json.WriteStartObject("at"u8);
        foreach (var (name, value) in picture.Values)
        {
            json.WritePropertyName(name);
            NumberWriter.Write(json, value);
        }
        json.WriteEndObject();
        json.WriteString("svg"u8, picture.Svg);
        json.WriteEndObject();
    }

    /// <summary>A verdict as the interfaces write it: <c>not-stationary</c>.</summary>
    public static string NameOf(StationaryKind kind) => kind == StationaryKind.NotStationary ? "not-stationary" : kind.ToString().ToLowerInvariant();

    private static void WriteQuotient(Utf8JsonWriter json, string name, double? quotient)
    {
        if (quotient is { } q) json.WriteNumber(name, q);
        else json.WriteNull(name);
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IReadOnlyList<double> numbers)
    {
        json.WriteStartArray(name);
        foreach (double x in numbers) NumberWriter.Write(json, x);
        json.WriteEndArray();
    }

    private static void End(Utf8JsonWriter json, IReadOnlyList<string> notes)
    {
        json.WriteStartArray("notes"u8);
        foreach (string note in notes) json.WriteStringValue(note);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
