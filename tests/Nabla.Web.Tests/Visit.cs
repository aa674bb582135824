using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Nabla.Web.Tests;

/// <summary>A page that is open in the browser.</summary>
public sealed class Visit : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _faults = [];

    /// <summary>Watches a page.</summary>
    public Visit(IPage page)
    {
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") _faults.Enqueue(message.Text);
        };
        page.PageError += (_, error) => _faults.Enqueue(error);
        // A question that a newer one replaces is given up: no fault.
        page.RequestFailed += (_, request) =>
        {
            if (request.Failure != "net::ERR_ABORTED") _faults.Enqueue($"{request.Url}: {request.Failure}");
        };
        page.Request += (_, request) =>
        {
            if (new Uri(request.Url).Host != "127.0.0.1") _faults.Enqueue($"The page asked {request.Url}.");
        };
    }

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>An element by its identity.</summary>
    public ILocator Of(string id) => Page.Locator($"#{id}");

    /// <summary>Types a program in the place of the one that stands there.</summary>
    public Task Write(string program) => Of("program").FillAsync(program);

    /// <summary>Waits until an element has a text.</summary>
    public Task Wait(string id, string text) => Assertions.Expect(Of(id)).ToContainTextAsync(text);

    /// <summary>Waits until the derivative is the one in the notation.</summary>
    public Task WaitForDerivative(string text) => Assertions.Expect(Of("derivative")).ToHaveAttributeAsync("aria-label", $"Derivative: {text}");

    /// <summary>Keeps a picture.</summary>
    public Task Picture(string name) => Page.ScreenshotAsync(new() { Path = Path.Combine(Browsing.Pictures, name + ".png"), FullPage = true });

    /// <summary>The page's accessibility tree.</summary>
    public Task<string> Tree() => Page.Locator("body").AriaSnapshotAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Page.Context.DisposeAsync();
        Assert.Empty(_faults);
    }
}
