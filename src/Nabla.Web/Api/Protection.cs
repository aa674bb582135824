using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Nabla.Expressions.Notation;

namespace Nabla.Web.Api;

/// <summary>What surrounds every request: headers that bind the browser, problem details for what is refused or fails, an event in the log.</summary>
internal sealed class Protection(RequestLog log)
{
    private const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Handles a request.</summary>
    public async Task Invoke(HttpContext context, RequestDelegate next)
    {
        long begun = Stopwatch.GetTimestamp();
        var figures = new RequestFigures();
        context.Features.Set(figures);
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        try
        {
            await next(context).ConfigureAwait(false);
            if (context.Response is { ContentType: null, StatusCode: >= 400 and var status }) await Problem.Send(context, status).ConfigureAwait(false);
        }
        catch (BadHttpRequestException e)
        {
            await Problem.Send(context, e.StatusCode).ConfigureAwait(false);
        }
        catch (Exception e) when (context.RequestAborted.IsCancellationRequested && e is OperationCanceledException or IOException)
        {
            // The client has gone: nobody reads an answer.
        }
        catch (Exception e)
        {
            log.Defect(e, context.Request.Path);
            // Half an answer must not look like one.
            if (context.Response.ContentType is not null) context.Abort();
            else await Problem.Send(context, 500, new(ErrorCode.Internal, "This is a defect of Nabla; the log says more.")).ConfigureAwait(false);
        }
        string path = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(none)";
        log.Answered(context.Request.Method, path, context.Response.StatusCode, Stopwatch.GetElapsedTime(begun).TotalMilliseconds, figures.BytesIn, context.Connection.RemoteIpAddress?.ToString(), figures.Error);
    }
}
