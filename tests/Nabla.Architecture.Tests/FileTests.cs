using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Nabla.Architecture.Tests;

/// <summary>The rules of the house that the compiler does not know.</summary>
public class FileTests
{
    private const int MostLines = 500;
    private static readonly string[] s_vagueWords = ["Manager", "Helper", "Util", "Utils", "Utilities", "Impl"];

    public static TheoryData<string> Files => [.. Repository.Sources("src").Concat(Repository.Sources("tests")).Select(Repository.Relative).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void AFileHoldsOneTypeAndIsNamedAfterIt(string file)
    {
        var tree = CSharpSyntaxTree.ParseText(File.ReadAllText(Path.Combine(Repository.Root, file)), cancellationToken: TestContext.Current.CancellationToken);
        string[] types = [.. tree.GetRoot(TestContext.Current.CancellationToken).DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
            .OfType<MemberDeclarationSyntax>().Select(NameOf).OfType<string>()];
        if (types.Length == 0) return;
        string name = Path.GetFileNameWithoutExtension(file).Split('.', '{')[0];
        Assert.Equal([name], types);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void AFileIsShort(string file) => Assert.InRange(File.ReadLines(Path.Combine(Repository.Root, file)).Count(), 0, MostLines);

    [Theory]
    [MemberData(nameof(Files))]
    public void NamesAreTermsOfTheField(string file)
    {
        string name = Path.GetFileNameWithoutExtension(file).Split('.', '{')[0];
        Assert.All(s_vagueWords, word => Assert.False(name.EndsWith(word, StringComparison.Ordinal), $"The name '{name}' must say what the type is, but it ends in '{word}'."));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void ThereAreNoRegionsAndNoPathsOfOneMachine(string file)
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, file));
        foreach (string forbidden in new[] { "#" + "region", "/wo" + "rk/", "/tm" + "p/", "C:" + "\\" }) Assert.DoesNotContain(forbidden, text);
    }

    private static string? NameOf(MemberDeclarationSyntax member) => member switch
    {
        BaseTypeDeclarationSyntax type => type.Identifier.Text,
        DelegateDeclarationSyntax type => type.Identifier.Text,
        _ => null,
    };
}
