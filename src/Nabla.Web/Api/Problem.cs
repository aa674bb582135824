using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Requests;

namespace Nabla.Web.Api;

/// <summary>Problem details (RFC 9457) for requests that are not answered; the members <c>ok</c> and <c>error</c> are those of every answer.</summary>
internal static class Problem
{
    /// <summary>Sends problem details.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">The status of HTTP.</param>
    /// <param name="error">What is wrong.</param>
    public static async Task Send(HttpContext context, int status, NablaException error)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/problem+json";
        context.Response.Headers.CacheControl = "no-store";
        context.Features.Get<RequestFigures>()?.Error = AnswerWriter.NameOf(error.Code);
        using var json = new Utf8JsonWriter(context.Response.BodyWriter, AnswerWriter.Options);
        json.WriteStartObject();
        json.WriteString("title"u8, TitleOf(status));
        json.WriteNumber("status"u8, status);
        json.WriteString("detail"u8, error.Message);
        json.WriteBoolean("ok"u8, false);
        json.WriteStartObject("error"u8);
        json.WriteString("code"u8, AnswerWriter.NameOf(error.Code));
        json.WriteString("message"u8, error.Message);
        json.WriteEndObject();
        json.WriteEndObject();
        await json.FlushAsync().ConfigureAwait(false);
    }

    /// <summary>Sends problem details for a status that says all there is to say.</summary>
    public static Task Send(HttpContext context, int status) => Send(context, status, new(status is 413 or 429 or 503 or 408 ? ErrorCode.Limit : ErrorCode.Request, status switch
    {
        404 => "There is no such page.",
        405 => $"This address does not answer {context.Request.Method}.",
        408 => "The request came too slowly.",
        413 => "The request is too large.",
        _ => $"{TitleOf(status)}.",
    }));

    private static string TitleOf(int status) => status switch
    {
        400 => "The request is not understood",
        404 => "Not found",
        405 => "Method not allowed",
        408 => "Request timeout",
        413 => "Content too large",
        415 => "Unsupported media type",
        429 => "Too many requests",
        431 => "Request header fields too large",
        500 => "Internal error",
        503 => "The server is busy",
        _ => "Refused",
    };
}
