using System.Net;
using System.Text;
using System.Text.Json;
using Nabla.Expressions;
using Nabla.Expressions.Requests;

namespace Nabla.Web.Tests;

/// <summary>A server of this process, at a port of its own, with a client.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly WebServer _server;

    private RunningServer(WebServer server, CapturedLog log)
    {
        (_server, Log) = (server, log);
        Address = new(server.Addresses.Single());
        Client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>A client.</summary>
    public HttpClient Client { get; }

    /// <summary>What it logged.</summary>
    public CapturedLog Log { get; }

    /// <summary>Starts a server with the library behind it, or with answers of the test's own.</summary>
    public static async Task<RunningServer> Start(ServerOptions? options = null, Engine? engine = null)
    {
        var log = new CapturedLog();
        var server = WebServer.Create((options ?? new ServerOptions()) with { Urls = ["http://127.0.0.1:0"], Log = log }, engine ?? Engine.Library);
        await server.Start(TestContext.Current.CancellationToken);
        return new(server, log);
    }

    /// <summary>Posts a body of JSON.</summary>
    public Task<HttpResponseMessage> Post(string path, string json) => Post(path, Encoding.UTF8.GetBytes(json), "application/json");

    /// <summary>Posts a body.</summary>
    public async Task<HttpResponseMessage> Post(string path, byte[] body, string? type)
    {
        using var content = new ByteArrayContent(body);
        if (type is not null) content.Headers.TryAddWithoutValidation("Content-Type", type);
        return await Client.PostAsync(new Uri(path, UriKind.Relative), content, TestContext.Current.CancellationToken);
    }

    /// <summary>The answer to a question that the server understands.</summary>
    public async Task<JsonElement> Ask(string path, string json)
    {
        using var response = await Post(path, json);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await Json(response);
    }

    /// <summary>The JSON of a response.</summary>
    public static async Task<JsonElement> Json(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).RootElement;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
    }
}
