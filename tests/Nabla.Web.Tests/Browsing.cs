using Microsoft.Playwright;

namespace Nabla.Web.Tests;

/// <summary>A server and a browser for the tests of the pages.</summary>
/// <remarks>The browser is Debian's Chromium, or the one that the environment variable NABLA_CHROMIUM names.</remarks>
public sealed class Browsing : IAsyncLifetime
{
    private RunningServer? _server;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Where pictures of the pages are kept.</summary>
    public static string Pictures { get; } = Path.Combine(Root(), "artifacts", "screenshots");

    /// <summary>Where the server listens.</summary>
    public Uri Address => _server!.Address;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        string chromium = Environment.GetEnvironmentVariable("NABLA_CHROMIUM") ?? "/usr/bin/chromium";
        Assert.True(File.Exists(chromium), $"The tests of the pages need a Chromium, but there is none at {chromium}: install it (Debian: apt-get install chromium) or name it in the environment variable NABLA_CHROMIUM.");
        _server = await RunningServer.Start(new ServerOptions { Seconds = 20 });
        _playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(30_000);
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = ["--no-sandbox"] });
        Directory.CreateDirectory(Pictures);
    }

    /// <summary>Opens a page of its own; what goes wrong in it is noted and must be nothing in the end.</summary>
    /// <param name="address">The page and its state.</param>
    /// <param name="width">The width of the window.</param>
    /// <param name="height">Its height.</param>
    /// <param name="dark">Whether the system prefers dark colours.</param>
    public async Task<Visit> Open(string address = "/", int width = 1280, int height = 900, bool dark = false)
    {
        var context = await _browser!.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height }, ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light, Permissions = ["clipboard-read", "clipboard-write"] });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(30_000);
        var visit = new Visit(page);
        await page.GotoAsync(new Uri(Address, address).ToString());
        return visit;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_server is not null) await _server.DisposeAsync();
    }

    private static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Nabla.slnx"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("The tests must run within the repository.");
    }
}
