using System.Buffers;
using System.IO.Compression;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Requests;

namespace Nabla.Web.Api;

/// <summary>Answers questions over HTTP: the objects of the interfaces, one a request.</summary>
/// <remarks>
/// A question that was understood is answered 200, be it with an error of the question: a half-typed program is no fault of the transport.
/// A body that is no request is 400, and what the server refuses or cannot do has a status of its own; those are problem details.
/// </remarks>
internal sealed class ApiEndpoint(Desk desk, ServerOptions options, RequestLog log)
{
    private const int LargeBytes = 1 << 14, CompressionQuality = 3, CompressionWindow = 20;
    private static readonly TimeSpan s_bodyTime = TimeSpan.FromSeconds(10);
    private readonly ClientCounts _clients = new(options.OfOneClient);

    /// <summary>The questions, as their addresses name them.</summary>
    public static IReadOnlyList<string> Questions { get; } = ["derivative", "evaluate", "check", "classify", "plot"];

    /// <summary>Answers a question.</summary>
    /// <param name="context">The request.</param>
    /// <param name="question">What is asked.</param>
    public async Task Answer(HttpContext context, string question)
    {
        if (FaultOfMedia(context.Request) is { } fault)
        {
            await Problem.Send(context, StatusCodes.Status415UnsupportedMediaType, new(ErrorCode.Request, fault)).ConfigureAwait(false);
            return;
        }
        var client = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (!_clients.TryEnter(client))
        {
            await Busy(context, StatusCodes.Status429TooManyRequests, $"At most {options.OfOneClient} requests of one client may be under way: ask again when one is answered.").ConfigureAwait(false);
            return;
        }
        try
        {
            var body = await Body(context).ConfigureAwait(false);
            if (body is null) return;
            if (desk.Take(body.Value, question, context.RequestAborted) is not { } job)
            {
                await Busy(context, StatusCodes.Status503ServiceUnavailable, $"{options.Waiting} requests wait already: ask again in a second.").ConfigureAwait(false);
                return;
            }
            var answer = await job.Answer.ConfigureAwait(false);
            if (!context.RequestAborted.IsCancellationRequested) await Send(context, answer, job).ConfigureAwait(false);
        }
        finally
        {
            _clients.Leave(client);
        }
    }

    /// <summary>Says whether the server is well: 503 where too many computations did not stop.</summary>
    public async Task Health(HttpContext context)
    {
        bool isWell = desk.LeftBehind <= options.Places;
        context.Response.StatusCode = isWell ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("status"u8, isWell ? "ok"u8 : "overloaded"u8);
        json.WriteNumber("waiting"u8, desk.Waiting);
        json.WriteNumber("leftBehind"u8, desk.LeftBehind);
        json.WriteEndObject();
        await json.FlushAsync().ConfigureAwait(false);
    }

    private async Task Send(HttpContext context, RequestAnswer answer, Job job)
    {
        switch (answer.Error)
        {
            case { Code: ErrorCode.Request } error when !job.IsUnderstood:
                await Problem.Send(context, StatusCodes.Status400BadRequest, error).ConfigureAwait(false);
                return;
            case { Code: ErrorCode.Internal } error:
                log.Defect(error, context.Request.Path);
                await Problem.Send(context, StatusCodes.Status500InternalServerError, error).ConfigureAwait(false);
                return;
            case { } error:
                context.Features.Get<RequestFigures>()!.Error = AnswerWriter.NameOf(error.Code);
                break;
        }
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        var body = new ArrayBufferWriter<byte>(2048);
        using (var json = new Utf8JsonWriter(body, AnswerWriter.Options)) answer.Write(json, job.Id);
        await context.Response.Body.WriteAsync(Packed(context, body.WrittenMemory), context.RequestAborted).ConfigureAwait(false);
    }

    // Pictures and large values shrink to a fifth.
    private static ReadOnlyMemory<byte> Packed(HttpContext context, ReadOnlyMemory<byte> body)
    {
        if (body.Length < LargeBytes || !context.Request.Headers.AcceptEncoding.Any(e => e?.Contains("br", StringComparison.Ordinal) is true)) return body;
        byte[] packed = new byte[BrotliEncoder.GetMaxCompressedLength(body.Length)];
        if (!BrotliEncoder.TryCompress(body.Span, packed, out int length, CompressionQuality, CompressionWindow)) return body;
        context.Response.Headers.ContentEncoding = "br";
        context.Response.Headers.Vary = "Accept-Encoding";
        return packed.AsMemory(0, length);
    }

    private static Task Busy(HttpContext context, int status, string message)
    {
        context.Response.Headers.RetryAfter = "1";
        return Problem.Send(context, status, new(ErrorCode.Limit, message));
    }

    private static string? FaultOfMedia(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || type.MediaType != "application/json")
            return $"The body must be application/json, but it is '{Excerpt.Of(request.ContentType ?? "")}'.";
        if (type.Charset is { Length: > 0 } charset && !charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)) return $"The body must be UTF-8, but it is '{Excerpt.Of(charset.ToString())}'.";
        return request.Headers.ContentEncoding.Count > 0 ? "The body must not be compressed." : null;
    }

    // The body; null where it is refused, and told so.
    private async Task<ReadOnlyMemory<byte>?> Body(HttpContext context)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        time.CancelAfter(s_bodyTime);
        var body = new ArrayBufferWriter<byte>((int)Math.Clamp(context.Request.ContentLength ?? 1024, 256, options.BodyBytes));
        try
        {
            while (true)
            {
                int read = await context.Request.Body.ReadAsync(body.GetMemory(1024), time.Token).ConfigureAwait(false);
                if (read == 0) break;
                body.Advance(read);
                if (body.WrittenCount > options.BodyBytes) throw new BadHttpRequestException("", StatusCodes.Status413PayloadTooLarge);
            }
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            throw new BadHttpRequestException("", StatusCodes.Status408RequestTimeout);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            await Problem.Send(context, e.StatusCode, new(ErrorCode.Limit, $"The body must have at most {options.BodyBytes} bytes, but it has more.")).ConfigureAwait(false);
            return null;
        }
        context.Features.Get<RequestFigures>()!.BytesIn = body.WrittenCount;
        return body.WrittenMemory;
    }
}
