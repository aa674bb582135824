using System.Diagnostics;
using Microsoft.Playwright;

namespace Nabla.Web.Bench;

/// <summary>What a person waits for: the first load, and from a key press to the derivative that is painted.</summary>
internal sealed class PageLatency(Uri server)
{
    private const int Presses = 6;

    // From the key press to the frame after the derivative changed.
    private const string Watch = """
        () => {
          window.times = [];
          let begun = 0;
          document.getElementById("program").addEventListener("keydown", () => { begun = performance.now(); }, true);
          new MutationObserver(() => requestAnimationFrame(() => setTimeout(() => {
            if (begun) window.times.push(performance.now() - begun);
            begun = 0;
          }))).observe(document.getElementById("derivative"), { childList: true });
        }
        """;

    /// <summary>Measures and prints.</summary>
    public async Task Run()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Environment.GetEnvironmentVariable("NABLA_CHROMIUM") ?? "/usr/bin/chromium", Args = ["--no-sandbox"] });
        foreach (string path in new[] { "/", "/matrix", "/function" })
        {
            var context = await browser.NewContextAsync();
            var page = await context.NewPageAsync();
            var clock = Stopwatch.StartNew();
            await page.GotoAsync(new Uri(server, path).ToString(), new() { WaitUntil = WaitUntilState.NetworkIdle });
            double[] sizes = await page.EvaluateAsync<double[]>("() => { const all = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]; return [all.reduce((s, e) => s + e.transferSize, 0), all.length, performance.getEntriesByType('navigation')[0].loadEventEnd]; }");
            Console.WriteLine($"{path}: {sizes[0] / 1000:0.0} kB over {sizes[1]} requests, loaded after {sizes[2]:0} ms, quiet after {clock.ElapsedMilliseconds} ms (half a second of which is waiting)");
            await context.CloseAsync();
        }
        var visit = await (await browser.NewContextAsync()).NewPageAsync();
        await visit.GotoAsync(server.ToString());
        int count = await visit.EvaluateAsync<int>("async () => (await import('/assets/gallery.js')).examples.flatMap(e => e.entries).length");
        await visit.EvaluateAsync(Watch);
        var all = new List<double>();
        foreach (bool counts in new[] { false, true })
            for (int k = 0; k < count; k++)
            {
                await visit.EvaluateAsync("k => import('/assets/gallery.js').then(g => { location.hash = new URLSearchParams(g.examples.flatMap(e => e.entries)[k].state).toString(); })", k);
                await visit.WaitForTimeoutAsync(500);
                await visit.FocusAsync("#program");
                await visit.EvaluateAsync("() => { window.times = []; }");
                for (int press = 0; press < Presses; press++)
                {
                    // A blank at the end: the program is another one, and is asked anew.
                    await visit.Keyboard.PressAsync("Space");
                    await visit.WaitForFunctionAsync("n => window.times.length > n", press);
                }
                if (counts) all.AddRange(await visit.EvaluateAsync<double[]>("() => window.times"));
            }
        all.Sort();
        Console.WriteLine($"key press to painted derivative over {count} examples, {all.Count} presses: median {all[all.Count / 2]:0.0} ms, p95 {all[(int)(0.95 * (all.Count - 1))]:0.0} ms, largest {all[^1]:0.0} ms");
    }
}
