using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Nabla.Web.Tests;

/// <summary>The function page in a real browser.</summary>
public class FunctionPageTests(Browsing browsing) : IClassFixture<Browsing>
{
    [Fact]
    public async Task TheMainPath()
    {
        await using var visit = await browsing.Open("/function");
        await Expect(visit.Page.Locator("#picture svg path.contour").First).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("#picture svg path.gradient").First).ToBeAttachedAsync();
        await Expect(visit.Of("derivatives").Locator("math")).ToHaveCountAsync(2);
        await visit.Wait("verdict", "Not stationary");
        await visit.Picture("function-desktop");
        await visit.Of("program").FillAsync("x^2 - y^2");
        await visit.Of("start").GetByLabel("Start x").FillAsync("0");
        await visit.Of("start").GetByLabel("Start x").PressAsync("Tab");
        await visit.Of("start").GetByLabel("Start y").FillAsync("0");
        await visit.Of("start").GetByLabel("Start y").PressAsync("Tab");
        await visit.Wait("verdict", "A saddle");
    }

    [Fact]
    public async Task OneVariableMakesACurve()
    {
        await using var visit = await browsing.Open("/function#p=x%5E4%2F4-x%5E2%2F2&ranges=[[-2,2]]&start=[1]");
        foreach (string kind in new[] { "curve", "derivative", "tangent" }) await Expect(visit.Page.Locator($"#picture svg path.{kind}").First).ToBeAttachedAsync();
        await visit.Wait("verdict", "A minimum");
        await visit.Wait("facts", "-0.25");
        await visit.Picture("function-curve");
    }

    [Fact]
    public async Task AClickChoosesThePoint()
    {
        await using var visit = await browsing.Open("/function#p=x%5E2%2By%5E2&ranges=[[-1,1],[-1,1]]&start=[0.5,0.5]");
        var inner = visit.Page.Locator("#picture svg svg");
        await inner.WaitForAsync();
        var frame = (await visit.Page.EvaluateAsync<double[]>("() => { const r = document.querySelector('#picture svg rect:last-of-type, #picture svg rect').getBoundingClientRect(); return [r.x, r.y, r.width, r.height]; }"))!;
        await visit.Page.Mouse.ClickAsync((float)(frame[0] + (0.25 * frame[2])), (float)(frame[1] + (0.25 * frame[3])));
        await Expect(visit.Of("start").GetByLabel("Start x")).ToHaveValueAsync(NearHalf(true));
        await Expect(visit.Of("start").GetByLabel("Start y")).ToHaveValueAsync(NearHalf(false));
    }

    [Fact]
    public async Task TheDescentIsPlayed()
    {
        await using var visit = await browsing.Open("/function#p=x%5E2%2By%5E2&ranges=[[-1,1],[-1,1]]&start=[0.8,0.5]&iterations=8&rate=-1");
        await visit.Page.Locator("#picture svg path.path").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        string whole = (await visit.Page.Locator("#picture svg path.path").GetAttributeAsync("d"))!;
        await visit.Of("play").ClickAsync();
        await Expect(visit.Page.Locator("#picture .ball")).ToHaveCountAsync(1);
        await visit.Wait("descent", "step 8");
        Assert.Equal(whole.Split('L').Length, (await visit.Page.Locator("#picture svg path.path").GetAttributeAsync("d"))!.Split('L').Length - 1);
        await visit.Of("rate").FillAsync("0.4");
        await visit.Wait("rate-shown", "2.51");
    }

    [Theory]
    [InlineData("x*y*z", "x, y, z")]
    [InlineData("3", "needs a variable")]
    [InlineData("sigmod(x)", "sigmoid")]
    public async Task WhatHasNoPictureIsTold(string program, string mention)
    {
        await using var visit = await browsing.Open("/function");
        await visit.Of("program").FillAsync(program);
        await visit.Wait("error", mention);
    }

    [Theory]
    [InlineData(390, 844, false, "function-telephone")]
    [InlineData(1280, 900, true, "function-desktop-dark")]
    public async Task NothingIsWiderThanTheWindow(int width, int height, bool dark, string picture)
    {
        await using var visit = await browsing.Open("/function", width, height, dark);
        await Expect(visit.Page.Locator("#picture svg path.contour").First).ToBeVisibleAsync();
        await visit.Wait("verdict", "stationary");
        Assert.InRange(await visit.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"), 1, width);
        string tree = await visit.Tree();
        foreach (string part in new[] { "textbox \"Function of one or two variables\"", "slider \"step size\"", "slider \"steps\"", "img \"Contour lines", "button \"▶ Play\"" }) Assert.Contains(part, tree);
        await visit.Picture(picture);
    }

    private static Regex NearHalf(bool isNegative) => new($"^{(isNegative ? "-" : "")}0\\.(48|49|5|50|51)[0-9]*$");
}
