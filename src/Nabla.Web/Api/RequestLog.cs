using Microsoft.Extensions.Logging;

namespace Nabla.Web.Api;

/// <summary>The log: an event for every request, with its figures as fields. What was asked is not logged.</summary>
internal sealed partial class RequestLog(ILogger logger)
{
    /// <summary>A request has been answered.</summary>
    [LoggerMessage(1, LogLevel.Information, "{Method} {Path} {Status} in {Milliseconds} ms, {BytesIn} bytes in, from {Client}, error {Error}")]
    private static partial void Answered(ILogger logger, string method, string path, int status, double milliseconds, long bytesIn, string? client, string? error);

    [LoggerMessage(2, LogLevel.Error, "A defect while answering {Path}")]
    private static partial void Defect(ILogger logger, Exception exception, string path);

    /// <summary>A request has been answered.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path; that of the route, where there is one.</param>
    /// <param name="status">The status.</param>
    /// <param name="milliseconds">The time since its headers were read.</param>
    /// <param name="bytesIn">The length of its body.</param>
    /// <param name="client">The client's address.</param>
    /// <param name="error">The code of the question's error; null where it has an answer.</param>
    public void Answered(string method, string path, int status, double milliseconds, long bytesIn, string? client, string? error) =>
        Answered(logger, method, path, status, milliseconds, bytesIn, client, error);

    /// <summary>A request led to a defect.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="path">The path.</param>
    public void Defect(Exception exception, string path) => Defect(logger, exception, path);
}
