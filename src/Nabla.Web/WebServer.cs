using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;
using Nabla.Expressions.Requests;
using Nabla.Web.Api;
using Nabla.Web.Pages;

namespace Nabla.Web;

/// <summary>The page and the HTTP interface: what <c>nabla serve</c> runs.</summary>
public sealed class WebServer : IAsyncDisposable
{
    private const int MostConnections = 2048;
    private static readonly TimeSpan s_headersTime = TimeSpan.FromSeconds(10);

    private readonly WebApplication _application;
    private readonly Desk _desk;

    private WebServer(WebApplication application, Desk desk) => (_application, _desk) = (application, desk);

    /// <summary>The addresses that the server listens at, once it is started.</summary>
    public IReadOnlyCollection<string> Addresses =>
        [.. _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses];

    /// <summary>Creates a server.</summary>
    /// <param name="options">What it is told.</param>
    public static WebServer Create(ServerOptions options) => Create(options, Engine.Library);

    internal static WebServer Create(ServerOptions options, Engine engine)
    {
        ArgumentNullException.ThrowIfNull(options);
        var limits = new RequestLimits(TimeSpan.FromSeconds(options.Seconds)) { Entries = options.Entries, Bytes = options.Bytes, LeftBehind = 2 * options.Places, Waiting = options.Waiting };
        var desk = new Desk(engine, options.Places, limits);
        var application = Build(options);
        var log = new RequestLog(application.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Nabla.Web"));
        var endpoint = new ApiEndpoint(desk, options, log);
        application.Use(new Protection(log).Invoke);
        application.UseRouting();
        foreach (string question in ApiEndpoint.Questions) application.MapPost($"/api/{question}", (RequestDelegate)(context => endpoint.Answer(context, question)));
        application.MapGet("/health", (RequestDelegate)endpoint.Health);
        foreach (var asset in Asset.All) application.MapMethods(asset.Path, [HttpMethods.Get, HttpMethods.Head], (RequestDelegate)asset.Send);
        // What is compiled in advance is not part of the first request's time.
        new Thread(engine.WarmUp, 16 << 20) { IsBackground = true, Name = "nabla warm-up" }.Start();
        return new(application, desk);
    }

    /// <summary>Starts to listen.</summary>
    /// <exception cref="IOException">An address is in use.</exception>
    public Task Start(CancellationToken cancellation = default) => _application.StartAsync(cancellation);

    /// <summary>Ends when the process is asked to.</summary>
    public Task WaitForEnd() => _application.WaitForShutdownAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync().ConfigureAwait(false);
        _desk.Dispose();
    }

    private static WebApplication Build(ServerOptions options)
    {
        // No settings from files or the environment: what the server does is what the command line says.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "Nabla.Web" });
        builder.Services.AddRoutingCore();
        builder.Logging.SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning);
        if (options.Log is { } provider) builder.Logging.AddProvider(provider);
        else builder.Logging.AddJsonConsole(json => json.UseUtcTimestamp = true).Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.BodyBytes;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            kestrel.Limits.RequestHeadersTimeout = s_headersTime;
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(240, TimeSpan.FromSeconds(5));
            foreach (string url in options.Urls) Listen(kestrel, new Uri(url.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal)));
        });
        // Ctrl+C and the signal of the system end the server in order.
        builder.Services.AddSingleton<IHostLifetime, ConsoleLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        return builder.Build();
    }

    private static void Listen(KestrelServerOptions kestrel, Uri url)
    {
        if (url.Host == "localhost") kestrel.ListenLocalhost(url.Port);
        else kestrel.Listen(IPAddress.Parse(url.Host.Trim('[', ']')), url.Port);
    }
}
