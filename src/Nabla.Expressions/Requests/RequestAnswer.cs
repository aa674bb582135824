using System.Text.Json;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Requests;

/// <summary>The answer to a request: an object of JSON that has still to be written.</summary>
/// <param name="Error">Why the question has no answer; null where it has one.</param>
/// <param name="Write">Writes the object, with the identity of the request; an empty one is left out.</param>
internal sealed record RequestAnswer(NablaException? Error, Action<Utf8JsonWriter, ReadOnlyMemory<byte>> Write)
{
    /// <summary>The answer to a question that has none.</summary>
    public static RequestAnswer Refusal(NablaException error) => new(error, (json, id) => AnswerWriter.Write(json, id.Span, error));
}
