using System.Text.Encodings.Web;
using System.Text.Json;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Requests;

/// <summary>Writes answers as JSON objects.</summary>
internal static class AnswerWriter
{
    /// <summary>How the JSON is written: one line, signs and Greek letters as they are.</summary>
    public static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true, MaxDepth = int.MaxValue };

    /// <summary>Writes the answer to a question for a derivative.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="id">The request's identity as JSON; empty to leave it out.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="forms">The written forms that are asked.</param>
    /// <param name="notes">What there is to say of the request.</param>
    public static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> id, DerivativeAnswer answer, RequestedForms forms, IReadOnlyList<string> notes)
    {
        Begin(json, id, true);
        json.WriteString("op"u8, "derivative"u8);
        WriteVariables(json, answer.Variables);
        WriteFunction(json, answer.Function, forms);
        WriteDerivative(json, answer.Derivative, forms);
        if (answer.Check is { } check)
        {
            json.WriteStartObject("check"u8);
            json.WriteString("method"u8, check.Method);
            json.WriteNumber("points"u8, check.Points);
            json.WritePropertyName("maxRelativeError"u8);
            NumberWriter.Write(json, check.MaxRelativeError);
            json.WriteEndObject();
        }
        if (answer.Derivation is { } derivation) WriteSteps(json, derivation.Steps);
        if (forms.Html is { } html) json.WriteString("html"u8, html);
        json.WriteStartArray("notes"u8);
        foreach (string note in notes) json.WriteStringValue(note);
        foreach (string note in answer.Notes) json.WriteStringValue(note);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes the answer to a question whether a claim is right.</summary>
    public static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> id, ClaimAnswer answer, RequestedForms forms, IReadOnlyList<string> notes)
    {
        Begin(json, id, true);
        json.WriteString("op"u8, "check"u8);
        json.WriteBoolean("correct"u8, answer.Verdict.IsCorrect);
        if (answer.Verdict.Mistake is { } mistake) json.WriteString("diagnosis"u8, NameOf(mistake));
        else json.WriteNull("diagnosis"u8);
        json.WriteString("message"u8, answer.Verdict.Message);
        json.WritePropertyName("maxRelativeError"u8);
        NumberWriter.Write(json, answer.Verdict.MaxRelativeError);
        WriteVariables(json, answer.Right.Variables);
        WriteDerivative(json, answer.Right.Derivative, forms);
        json.WriteStartArray("notes"u8);
        foreach (string note in notes) json.WriteStringValue(note);
        foreach (string note in answer.Right.Notes) json.WriteStringValue(note);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>A mistake as the interfaces write it: <c>hadamard-vs-product</c>.</summary>
    public static string NameOf(Mistake mistake) =>
        string.Concat(mistake.ToString().Select((c, i) => char.IsUpper(c) && i > 0 ? $"-{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));

    /// <summary>Writes the answer to a question for values.</summary>
    public static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> id, EvaluationAnswer answer, IReadOnlyList<string> notes, string? html = null)
    {
        Begin(json, id, true);
        json.WriteString("op"u8, "evaluate"u8);
        json.WriteStartObject("outputs"u8);
        foreach (var (name, value) in answer.Outputs)
        {
            json.WritePropertyName(name);
            NumberWriter.Write(json, value);
        }
        json.WriteEndObject();
        if (answer.Computation is { } computation) WriteSteps(json, computation.Steps);
        if (html is not null) json.WriteString("html"u8, html);
        json.WriteStartArray("notes"u8);
        foreach (string note in notes) json.WriteStringValue(note);
        foreach (string note in answer.Notes) json.WriteStringValue(note);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes that a question has no answer.</summary>
    public static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> id, NablaException error)
    {
        Begin(json, id, false);
        json.WriteStartObject("error"u8);
        json.WriteString("code"u8, NameOf(error.Code));
        json.WriteString("message"u8, error.Message);
        if (error.Place is { } place)
        {
            if (place.Declaration is { } declaration) json.WriteNumber("declare"u8, declaration);
            json.WriteNumber("line"u8, place.Line);
            json.WriteNumber("column"u8, place.Column);
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>An error code as the interfaces write it.</summary>
    public static string NameOf(ErrorCode code) => code.ToString().ToLowerInvariant();

    /// <summary>Begins an answer.</summary>
    public static void Begin(Utf8JsonWriter json, ReadOnlySpan<byte> id, bool ok)
    {
        json.WriteStartObject();
        if (!id.IsEmpty)
        {
            json.WritePropertyName("id"u8);
            json.WriteRawValue(id, skipInputValidation: true);
        }
        json.WriteBoolean("ok"u8, ok);
    }

    private static void WriteVariables(Utf8JsonWriter json, IReadOnlyList<Variable> variables)
    {
        json.WriteStartObject("variables"u8);
        foreach (var variable in variables)
        {
            json.WriteStartObject(variable.Name);
            json.WriteString("kind"u8, variable.Shape.Kind.ToString().ToLowerInvariant());
            WriteShape(json, variable.Shape.Axes);
            json.WriteStartArray("properties"u8);
            foreach (string property in PropertyNames.Of(variable.Properties)) json.WriteStringValue(property);
            json.WriteEndArray();
            json.WriteBoolean("declared"u8, variable.Declared);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void WriteFunction(Utf8JsonWriter json, FunctionForm function, RequestedForms forms)
    {
        var formats = forms.Formats;
        json.WriteStartObject("function"u8);
        if (formats.HasFlag(Formats.Text)) json.WriteString("text"u8, function.Text);
        if (formats.HasFlag(Formats.Latex)) json.WriteString("latex"u8, function.Latex);
        if (formats.HasFlag(Formats.Mathml)) json.WriteString("mathml"u8, function.Mathml);
        if (forms.FunctionDimensions is { } dimensions) json.WriteString("dimensions"u8, dimensions);
        WriteShape(json, function.Shape.Axes);
        if (function.Value is { } value)
        {
            json.WritePropertyName("value"u8);
            NumberWriter.Write(json, value);
        }
        json.WriteEndObject();
    }

    private static void WriteDerivative(Utf8JsonWriter json, DerivativeForm derivative, RequestedForms forms)
    {
        var formats = forms.Formats;
        json.WriteStartObject("derivative"u8);
        WriteShape(json, derivative.Axes);
        json.WriteStartObject("axes"u8);
        json.WriteNumber("function"u8, derivative.FunctionAxes);
        json.WriteNumber("variable"u8, derivative.VariableAxes);
        json.WriteEndObject();
        if (formats.HasFlag(Formats.Text)) json.WriteString("text"u8, derivative.Text);
        if (formats.HasFlag(Formats.Latex)) json.WriteString("latex"u8, derivative.Latex);
        if (formats.HasFlag(Formats.Mathml)) json.WriteString("mathml"u8, derivative.Mathml);
        if (forms.DerivativeDimensions is { } dimensions) json.WriteString("dimensions"u8, dimensions);
        if (forms.IndexMathml is { } entry) json.WriteString("indexMathml"u8, entry);
        if (derivative.Index is not null) json.WriteString("index"u8, derivative.Index);
        if (derivative.Vec is not null) json.WriteString("vec"u8, derivative.Vec);
        if (derivative.LinearMap is not null) json.WriteString("linearMap"u8, derivative.LinearMap);
        if (derivative.Value is { } value)
        {
            json.WritePropertyName("value"u8);
            NumberWriter.Write(json, value);
        }
        if (derivative.Code.Count > 0)
        {
            json.WriteStartObject("code"u8);
            foreach (var (target, code) in derivative.Code) json.WriteString(CodeLanguages.NameOf(target), code);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void WriteSteps(Utf8JsonWriter json, IReadOnlyList<DerivationStep> steps)
    {
        if (DeepRecursion.IsNeeded)
        {
            DeepRecursion.Continue(() => { WriteSteps(json, steps); return true; });
            return;
        }
        json.WriteStartArray("steps"u8);
        foreach (var step in steps)
        {
            json.WriteStartObject();
            json.WriteString("rule"u8, step.Rule);
            if (step.Of is not null) json.WriteString("of"u8, step.Of);
            if (step.By is not null) json.WriteString("by"u8, step.By);
            json.WriteString("before"u8, step.Before);
            json.WriteString("after"u8, step.After);
            WriteShape(json, step.Shape);
            json.WriteString("reason"u8, step.Reason);
            if (step.MaxRelativeError is { } error)
            {
                json.WritePropertyName("maxRelativeError"u8);
                NumberWriter.Write(json, error);
            }
            WriteSteps(json, step.Steps);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteShape(Utf8JsonWriter json, IReadOnlyList<Dimension> axes)
    {
        json.WriteStartArray("shape"u8);
        foreach (var axis in axes)
            if (axis.Size is { } size) json.WriteNumberValue(size);
            else json.WriteStringValue(axis.ToString());
        json.WriteEndArray();
    }
}
