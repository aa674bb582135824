using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Nabla.Web.Tests;

/// <summary>The matrix page in a real browser.</summary>
public class MatrixPageTests(Browsing browsing) : IClassFixture<Browsing>
{
    private static readonly string[] s_tabs = ["reduction", "solve", "inverse", "determinant", "lu", "qr", "cholesky", "eigen", "svd", "subspaces"];

    private static Task Fact(Visit visit, string name, string value) =>
        Expect(visit.Of("facts").Locator("div").Filter(new() { Has = visit.Page.GetByText(name, new() { Exact = true }) }).Locator("dd")).ToHaveTextAsync(value);

    [Fact]
    public async Task TheMainPath()
    {
        await using var visit = await browsing.Open("/matrix");
        await Fact(visit, "determinant", "5");
        await Fact(visit, "rank", "2");
        await Fact(visit, "properties", "symmetric, positive definite");
        await Expect(visit.Page.Locator("#picture svg .eigen.arrow")).ToHaveCountAsync(2);
        foreach (string tab in s_tabs)
        {
            await visit.Of($"tab-{tab}").ClickAsync();
            await Expect(visit.Of("results").Locator("table").First).ToBeVisibleAsync();
            await Expect(visit.Of("results").Locator(".error")).ToHaveCountAsync(0);
        }
        await visit.Of("tab-reduction").ClickAsync();
        await visit.Wait("steps", "Step by step");
        await visit.Picture("matrix-desktop");
        await visit.Of("matrix").GetByLabel("A, row 1, column 1").FillAsync("0.5");
        await Fact(visit, "determinant", "0.5");
        await Fact(visit, "properties", "symmetric, positive definite");
    }

    [Fact]
    public async Task ASystemIsSolved()
    {
        await using var visit = await browsing.Open("/matrix#a=[[4,1],[1,3]]&b=[[1],[2]]&tab=solve");
        await Expect(visit.Of("results").Locator("table")).ToHaveTextAsync("0.0909090.63636");
        await visit.Of("right").GetByLabel("b, row 1, column 1").FillAsync("5");
        await Expect(visit.Of("results").Locator("table")).ToHaveTextAsync("1.18180.27273");
    }

    [Fact]
    public async Task ASingularMatrixIsToldAsSuch()
    {
        await using var visit = await browsing.Open("/matrix#a=[[1,2],[2,4]]&tab=inverse");
        await Fact(visit, "rank", "1");
        await Fact(visit, "determinant", "0");
        await Expect(visit.Of("results").Locator(".error")).ToContainTextAsync("singular");
        await visit.Of("tab-subspaces").ClickAsync();
        await Expect(visit.Of("results").Locator("table")).ToHaveCountAsync(4);
    }

    [Theory]
    [InlineData("table.csv", "1,2,3\n4,5,6\n", "2 × 3")]
    [InlineData("table.tsv", "1\t2\n3\t4\n", "2 × 2")]
    public async Task ATableIsOpened(string name, string content, string size)
    {
        await using var visit = await browsing.Open("/matrix");
        await visit.Of("file").SetInputFilesAsync(new FilePayload { Name = name, MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(content) });
        await Fact(visit, "size", size);
    }

    [Theory]
    [InlineData("<f8", false)]
    [InlineData("<f8", true)]
    [InlineData(">f8", false)]
    public async Task AnNpyFileIsOpened(string type, bool isFortran)
    {
        string header = $"{{'descr': '{type}', 'fortran_order': {(isFortran ? "True" : "False")}, 'shape': (2, 3), }}".PadRight(117) + "\n";
        double[] entries = isFortran ? [1, 4, 2, 5, 3, 6.5] : [1, 2, 3, 4, 5, 6.5];
        byte[] content = [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. System.Text.Encoding.ASCII.GetBytes(header), .. entries.SelectMany(e => type[0] == '<' ? BitConverter.GetBytes(e) : [.. BitConverter.GetBytes(e).Reverse()])];
        await using var visit = await browsing.Open("/matrix");
        await visit.Of("file").SetInputFilesAsync(new FilePayload { Name = "a.npy", MimeType = "application/octet-stream", Buffer = content });
        await Fact(visit, "size", "2 × 3");
        await Expect(visit.Of("matrix").GetByLabel("A, row 1, column 2")).ToHaveValueAsync("2");
        await Expect(visit.Of("matrix").GetByLabel("A, row 2, column 3")).ToHaveValueAsync("6.5");
    }

    [Fact]
    public async Task AFileThatIsNoTableIsRefused()
    {
        await using var visit = await browsing.Open("/matrix");
        await Fact(visit, "determinant", "5");
        await visit.Of("file").SetInputFilesAsync(new FilePayload { Name = "a.csv", MimeType = "text/csv", Buffer = "one,two"u8.ToArray() });
        await Expect(visit.Page.Locator(".toast")).ToContainTextAsync("no table of numbers");
        await Fact(visit, "determinant", "5");
    }

    [Fact]
    public async Task ALinkBringsEverythingBack()
    {
        await using var visit = await browsing.Open("/matrix");
        await visit.Of("columns").FillAsync("3");
        await visit.Of("columns").PressAsync("Tab");
        await visit.Of("tab-svd").ClickAsync();
        await visit.Page.WaitForFunctionAsync("() => location.hash.includes('svd')");
        await using var again = await browsing.Open(new Uri(visit.Page.Url).PathAndQuery + new Uri(visit.Page.Url).Fragment);
        await Fact(again, "size", "2 × 3");
        await Expect(again.Of("tab-svd")).ToHaveAttributeAsync("aria-selected", "true");
    }

    [Fact]
    public async Task SpaceIsDrawnAndTurned()
    {
        await using var visit = await browsing.Open("/matrix#a=[[4,2,1],[2,5,3],[1,3,6]]&tab=eigen");
        await Expect(visit.Page.Locator("#picture svg .grid.after")).ToHaveCountAsync(13);
        string before = (await visit.Page.Locator("#picture svg .grid.after").First.GetAttributeAsync("d"))!;
        var box = (await visit.Of("picture").BoundingBoxAsync())!;
        await visit.Page.Mouse.MoveAsync(box.X + 100, box.Y + 100);
        await visit.Page.Mouse.DownAsync();
        await visit.Page.Mouse.MoveAsync(box.X + 180, box.Y + 100);
        await visit.Page.Mouse.UpAsync();
        Assert.NotEqual(before, await visit.Page.Locator("#picture svg .grid.after").First.GetAttributeAsync("d"));
    }

    [Theory]
    [InlineData(390, 844, false, "matrix-telephone")]
    [InlineData(1280, 900, true, "matrix-desktop-dark")]
    public async Task NothingIsWiderThanTheWindow(int width, int height, bool dark, string picture)
    {
        await using var visit = await browsing.Open("/matrix#a=[[1,2,3],[4,5,6],[7,8,10]]&tab=lu", width, height, dark);
        await Expect(visit.Of("results").Locator("table")).ToHaveCountAsync(3);
        Assert.InRange(await visit.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"), 1, width);
        string tree = await visit.Tree();
        foreach (string part in new[] { "textbox \"A, row 1, column 1\"", "tab \"LU\" [selected]", "img \"The unit sphere", "heading \"Everything about a matrix\"" }) Assert.Contains(part, tree);
        await visit.Picture(picture);
    }
}
