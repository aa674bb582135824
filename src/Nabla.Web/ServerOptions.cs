using System.Globalization;
using System.Net;
using Microsoft.Extensions.Logging;

namespace Nabla.Web;

/// <summary>What a server may be told when it is started.</summary>
public sealed record ServerOptions
{
    /// <summary>Where the server listens when it is not told: on this machine only.</summary>
    public const string DefaultUrl = "http://127.0.0.1:5080";

    /// <summary>The addresses to listen at.</summary>
    public IReadOnlyList<string> Urls { get; init; } = [DefaultUrl];

    /// <summary>The seconds that one request may take.</summary>
    public double Seconds { get; init; } = 5;

    /// <summary>The requests that are worked on at once.</summary>
    public int Places { get; init; } = Math.Max(2, Environment.ProcessorCount);

    /// <summary>The requests that wait at most; one more is answered 503.</summary>
    public int Waiting { get; init; } = 128;

    /// <summary>The requests of one client that are under way at most; one more is answered 429.</summary>
    public int OfOneClient { get; init; } = 96;

    /// <summary>The most bytes of a request's body.</summary>
    public int BodyBytes { get; init; } = 2 << 20;

    /// <summary>The most entries of a value.</summary>
    public long Entries { get; init; } = 250_000;

    /// <summary>The most bytes that one request may ask memory for, all in all.</summary>
    public long Bytes { get; init; } = 1L << 30;

    /// <summary>Where the log goes; null for JSON, a line an event, to standard error.</summary>
    public ILoggerProvider? Log { get; init; }

    /// <summary>What is wrong with an address; null for one that can be listened at.</summary>
    /// <param name="url">The address.</param>
    public static string? FaultOf(string url)
    {
        ArgumentNullException.ThrowIfNull(url);
        if (!Uri.TryCreate(url.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttp)
            return $"An address must be http://HOST:PORT, but it is '{url}'.";
        if (uri.PathAndQuery != "/") return $"An address must have no path, but '{url}' has '{uri.PathAndQuery}'.";
        return uri.Host == "localhost" || IPAddress.TryParse(uri.Host.Trim('[', ']'), out _)
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"The host of an address must be localhost or an IP address, but it is '{uri.Host}'.");
    }
}
