using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Nabla.Web.Tests;

/// <summary>The derivative page in a real browser.</summary>
public partial class DerivativePageTests(Browsing browsing) : IClassFixture<Browsing>
{
    [Fact]
    public async Task TheMainPath()
    {
        await using var visit = await browsing.Open();
        await visit.WaitForDerivative("2*X'*(X*w - y)");
        await visit.Wait("proof", "proved at 3 points");
        await visit.Wait("function-shape", "scalar");
        await visit.Wait("derivative-shape", "n");
        Assert.Equal(3, await visit.Of("variables").Locator("li").CountAsync());
        await visit.Wait("steps", "Partial derivatives");
        await visit.Picture("derivative-desktop");
        await visit.Write("lse(A*x)");
        await visit.WaitForDerivative("A'*softmax(A*x)");
        await visit.Of("order").SelectOptionAsync("2");
        await Expect(visit.Of("derivative-shape")).ToHaveTextAsync("n × n");
    }

    [Fact]
    public async Task AnErrorIsUnderlinedAtItsPlace()
    {
        await using var visit = await browsing.Open();
        await visit.WaitForDerivative("2*X'*(X*w - y)");
        await visit.Write("# two lines\nA*x + sigmod(b)");
        await visit.Wait("error", "Line 2, column 7");
        await visit.Wait("error", "did you mean sigmoid?");
        await Expect(visit.Page.Locator("#marks mark")).ToHaveTextAsync("sigmod");
        await Expect(visit.Of("program")).ToHaveAttributeAsync("aria-invalid", "");
        await visit.Picture("derivative-error");
        await visit.Write("A*x + sigmoid(b)");
        await Expect(visit.Of("error")).ToBeHiddenAsync();
        await Expect(visit.Page.Locator("#marks mark")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("x'*")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("((((((")]
    [InlineData("x\n\n\n  # only\n$")]
    [InlineData("𝔄 + 1")]
    public async Task HalfTypedProgramsAreToldNotThrown(string program)
    {
        await using var visit = await browsing.Open();
        await visit.WaitForDerivative("2*X'*(X*w - y)");
        await visit.Write(program);
        await Expect(visit.Of("error")).ToBeVisibleAsync();
        await visit.Write("x'*x");
        await visit.WaitForDerivative("2*x");
    }

    [Fact]
    public async Task AKindIsChangedByAClick()
    {
        await using var visit = await browsing.Open("/#p=x%27*A*x&wrt=x");
        await visit.WaitForDerivative("A'*x + A*x");
        await visit.Of("variables").Locator("button", new() { HasText = "matrix" }).ClickAsync();
        await visit.Of("declare").GetByLabel("Property").SelectOptionAsync("symmetric");
        await visit.WaitForDerivative("2*A*x");
        await Expect(visit.Of("program")).ToHaveValueAsync(SymmetricDeclaration());
        await visit.Picture("derivative-declare");
        await visit.Of("declare").GetByRole(AriaRole.Button, new() { Name = "Remove the declaration" }).ClickAsync();
        await visit.WaitForDerivative("A'*x + A*x");
    }

    [Fact]
    public async Task ALinkBringsEverythingBack()
    {
        string link;
        await using (var first = await browsing.Open())
        {
            await first.Write("z = A*x + b\nsum(exp(z))");
            await first.Of("wrt").SelectOptionAsync("A");
            await first.Of("layout").SelectOptionAsync("denominator");
            await first.Of("tab-values").ClickAsync();
            await first.Of("inputs").GetByLabel("b, row 1, column 1").FillAsync("1.25");
            await first.Of("outputs").Locator("table").Nth(1).WaitForAsync();
            await first.Page.Locator("[data-copy=link]").ClickAsync();
            link = await first.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()");
        }
        await using var second = await browsing.Open(new Uri(link).PathAndQuery + new Uri(link).Fragment);
        await Expect(second.Of("program")).ToHaveValueAsync("z = A*x + b\nsum(exp(z))");
        await Expect(second.Of("wrt")).ToHaveValueAsync("A");
        await Expect(second.Of("layout")).ToHaveValueAsync("denominator");
        await Expect(second.Of("inputs").GetByLabel("b, row 1, column 1")).ToHaveValueAsync("1.25");
        await Expect(second.Of("tab-values")).ToHaveAttributeAsync("aria-selected", "true");
        Assert.Equal(new Uri(link).Fragment, new Uri(second.Page.Url).Fragment);
    }

    [Fact]
    public async Task StepsAreToldInEveryView()
    {
        await using var visit = await browsing.Open();
        await visit.Wait("steps", "Chain rule");
        await visit.Of("view").SelectOptionAsync("differential");
        await visit.Wait("steps", "Differentials");
        await visit.Of("view").SelectOptionAsync("element");
        await visit.Wait("steps", "Entries");
        await visit.Of("fold").ClickAsync();
        await Expect(visit.Page.Locator("#steps details[open]")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("csharp", "NDArray<double>")]
    [InlineData("numpy", "import numpy as np")]
    [InlineData("pytorch", "import torch")]
    [InlineData("jax", "import jax")]
    [InlineData("julia", "function derivative")]
    [InlineData("matlab", "function")]
    [InlineData("latex", "\\top")]
    public async Task CodeIsWrittenAndCopied(string language, string mention)
    {
        await using var visit = await browsing.Open($"/#tab=code&lang={language}");
        await visit.Wait("code", mention);
        await visit.Page.Locator("[data-copy=code]").ClickAsync();
        Assert.Equal(await visit.Of("code").TextContentAsync(), await visit.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()"));
    }

    [Fact]
    public async Task ValuesArePastedFromASpreadsheet()
    {
        await using var visit = await browsing.Open("/#p=x%27*A*x&wrt=x&tab=values");
        await visit.Of("inputs").GetByLabel("A, row 1, column 1").WaitForAsync();
        await visit.Page.EvaluateAsync("() => navigator.clipboard.writeText('4\\t1\\n1\\t3')");
        await visit.Of("inputs").GetByLabel("A, row 1, column 1").FocusAsync();
        await visit.Page.Keyboard.PressAsync("Control+V");
        await visit.Page.EvaluateAsync("() => navigator.clipboard.writeText('1\\n2')");
        await visit.Of("inputs").GetByLabel("x, row 1, column 1").FocusAsync();
        await visit.Page.Keyboard.PressAsync("Control+V");
        await Expect(visit.Of("outputs").Locator("table").Nth(0)).ToHaveTextAsync("20");
        await Expect(visit.Of("outputs").Locator("table").Nth(1)).ToHaveTextAsync(Entries(12, 14));
    }

    [Fact]
    public async Task ATensorStandsBesideItsMatrix()
    {
        await using var visit = await browsing.Open("/#p=A*X&wrt=X&tab=values");
        await visit.Wait("outputs", "a block for each entry of the function");
        await visit.Wait("outputs", "vec of the function by vec of the variable");
        await visit.Wait("derivative-shape", "m × p × n × p");
        await visit.Picture("derivative-tensor");
    }

    [Fact]
    public async Task AnAnswerIsJudged()
    {
        await using var visit = await browsing.Open("/#tab=check");
        await visit.Of("claim").FillAsync("X'*(X*w - y)");
        await visit.Wait("verdict", "factor:");
        await visit.Of("claim").FillAsync("2*X'*(X*w - y)");
        await visit.Wait("verdict", "✓");
    }

    [Fact]
    public async Task EveryExampleHasAProvedDerivative()
    {
        await using var visit = await browsing.Open();
        await visit.Of("open-gallery").ClickAsync();
        var cards = visit.Of("examples").GetByRole(AriaRole.Button);
        int count = await cards.CountAsync();
        Assert.InRange(count, 20, 100);
        await visit.Picture("derivative-gallery");
        for (int k = 0; k < count; k++)
        {
            if (k > 0) await visit.Of("open-gallery").ClickAsync();
            string title = (await cards.Nth(k).Locator("b").TextContentAsync())!;
            await visit.Page.EvaluateAsync("() => { document.getElementById('proof').textContent = ''; }");
            await cards.Nth(k).ClickAsync();
            await Expect(visit.Of("proof")).ToHaveTextAsync(Proved());
            await Expect(visit.Of("error")).ToBeHiddenAsync();
        }
    }

    [Fact]
    public async Task TheKeyboardIsEnough()
    {
        await using var visit = await browsing.Open("/#tab=steps");
        await visit.WaitForDerivative("2*X'*(X*w - y)");
        await visit.Page.Keyboard.PressAsync("/");
        await Expect(visit.Of("program")).ToBeFocusedAsync();
        await visit.Page.Keyboard.PressAsync("Control+A");
        await visit.Page.Keyboard.TypeAsync("norm2(x)");
        await visit.WaitForDerivative("x/norm2(x)");
        await visit.Page.Keyboard.PressAsync("Escape");
        await visit.Page.Keyboard.PressAsync("2");
        await Expect(visit.Of("panel-code")).ToBeVisibleAsync();
        await visit.Of("tab-code").FocusAsync();
        await visit.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(visit.Of("tab-values")).ToBeFocusedAsync();
        await Expect(visit.Of("panel-values")).ToBeVisibleAsync();
        await visit.Page.Keyboard.PressAsync("g");
        await Expect(visit.Of("gallery")).ToBeVisibleAsync();
        await visit.Page.Keyboard.PressAsync("Escape");
        await Expect(visit.Of("gallery")).ToBeHiddenAsync();
        await visit.Page.Keyboard.PressAsync("t");
        await Expect(visit.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
    }

    [Fact]
    public async Task WhatWasAskedIsRemembered()
    {
        await using var visit = await browsing.Open();
        await visit.Write("tr(A*X)");
        await visit.WaitForDerivative("A'");
        await visit.Page.WaitForFunctionAsync("() => (localStorage.getItem('nabla-history') ?? '').includes('tr(A*X)')");
        await visit.Write("det(X)");
        await visit.Of("open-history").ClickAsync();
        await visit.Of("past").GetByRole(AriaRole.Button, new() { Name = "tr(A*X)" }).ClickAsync();
        await visit.WaitForDerivative("A'");
    }

    [Fact]
    public async Task TheTreeSaysWhatTheEyeSees()
    {
        await using var visit = await browsing.Open();
        await visit.WaitForDerivative("2*X'*(X*w - y)");
        await visit.Wait("steps", "Chain rule");
        string tree = (await visit.Tree()).Replace("''", "'", StringComparison.Ordinal);
        foreach (string part in new[] { "textbox \"Function\"", "combobox \"Differentiate by\"", "combobox \"Order\"", "combobox \"Layout\"", "navigation \"Pages\"", "group \"Derivative: 2*X'*(X*w - y)\"", "tab \"Steps\" [selected]", "tabpanel \"Steps\"", "heading \"Variables\"", "button \"Dimensions\"" })
            Assert.Contains(part, tree);
        int unnamed = await visit.Page.EvaluateAsync<int>("() => [...document.querySelectorAll('button, select, textarea, input')].filter(e => e.checkVisibility() && !(e.getAttribute('aria-label') || e.textContent.trim() || e.labels?.length)).length");
        Assert.Equal(0, unnamed);
    }

    [Theory]
    [InlineData(390, 844, false, "derivative-telephone")]
    [InlineData(390, 844, true, "derivative-telephone-dark")]
    [InlineData(1280, 900, true, "derivative-desktop-dark")]
    public async Task NothingIsWiderThanTheWindow(int width, int height, bool dark, string picture)
    {
        await using var visit = await browsing.Open("/#p=z+%3D+x+-+y%0Aexp(-z%27*inv(S)*z%2F2)&wrt=x&dims=1", width, height, dark);
        await visit.Wait("proof", "proved");
        await visit.Wait("steps", "Chain rule");
        Assert.InRange(await visit.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"), 1, width);
        await visit.Picture(picture);
    }

    private static Regex Entries(double first, double second) => new($"^\\s*{first}\\s*{second}\\s*$");

    [GeneratedRegex(@"^A in R\^\(n x n\) symmetric\nx'\*A\*x$")]
    private static partial Regex SymmetricDeclaration();

    [GeneratedRegex("^✓ proved at ")]
    private static partial Regex Proved();
}
