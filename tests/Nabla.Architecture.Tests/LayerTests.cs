using System.Reflection;

namespace Nabla.Architecture.Tests;

/// <summary>References run one way: Numerics, Expressions, Web, Cli.</summary>
public class LayerTests
{
    private static readonly string[] s_layers = ["Nabla.Numerics", "Nabla.Expressions", "Nabla.Optimization", "Nabla.Learning", "Nabla.Web", "Nabla.Cli"];

    [Fact]
    public void EveryProjectHasItsPlace() =>
        Assert.Empty(Repository.Projects.Keys.Except(["Nabla.Generators", .. s_layers]));

    [Fact]
    public void ProjectsReferDownwards()
    {
        foreach (var (project, references) in Repository.Projects)
            foreach (string reference in references.Where(r => r != "Nabla.Generators"))
                Assert.True(Array.IndexOf(s_layers, reference) < Array.IndexOf(s_layers, project), $"{project} must refer to lower layers only, but it refers to {reference}.");
    }

    [Fact]
    public void AssembliesReferDownwards()
    {
        Assert.Empty(Ours(typeof(Numerics.NDArray).Assembly));
        Assert.Equal(["Nabla.Numerics"], Ours(typeof(Expressions.Limits).Assembly));
    }

    [Fact]
    public void TheLibraryNeedsNothingInstalled()
    {
        foreach (string project in new[] { "Nabla.Numerics", "Nabla.Expressions" })
        {
            string text = File.ReadAllText(Path.Combine(Repository.Root, "src", project, project + ".csproj"));
            foreach (string package in new[] { "System.CommandLine", "Spectre.Console", "CsvHelper" }) Assert.DoesNotContain(package, text);
        }
    }

    private static string[] Ours(Assembly assembly) =>
        [.. assembly.GetReferencedAssemblies().Select(a => a.Name!).Where(name => name.StartsWith("Nabla", StringComparison.Ordinal))];
}
