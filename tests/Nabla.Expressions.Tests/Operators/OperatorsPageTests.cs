using System.Runtime.CompilerServices;

namespace Nabla.Expressions.Tests.Operators;

public class OperatorsPageTests
{
    [Fact]
    public void The_page_is_that_of_the_table()
    {
        string path = Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "..", "docs", "operators.md");
        string text = OperatorsPage.Text();
        if (Environment.GetEnvironmentVariable("NABLA_WRITE_DOCS") == "1") File.WriteAllText(path, text);
        Assert.Equal(text, File.ReadAllText(path));
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
