using Nabla.Cli.Terminal;
using Nabla.Expressions.Notation;

namespace Nabla.Cli.Tests.Terminal;

public class ErrorTextTests
{
    private static string Text(string program, Place? place, params string[] declarations)
    {
        var output = new StringWriter();
        ErrorText.Write(new StyledWriter(output, false), new NablaException(ErrorCode.Syntax, "no", place), program, declarations);
        return output.ToString();
    }

    [Theory]
    [InlineData("x + * 3", 1, 5, "program:1:5: no\n  x + * 3\n      ^\n")]
    [InlineData("y = 2*x\r\nsin(y))\r\n", 2, 7, "program:2:7: no\n  sin(y))\n        ^\n")]
    [InlineData("x'*x +", 1, 7, "program:1:7: no\n  x'*x +\n        ^\n")]
    [InlineData("\tx $ y", 1, 4, "program:1:4: no\n  \tx $ y\n  \t  ^\n")]
    [InlineData("α*\U0001D7D8 $ 2", 1, 5, "program:1:5: no\n  α*\U0001D7D8 $ 2\n      ^\n")]
    [InlineData("x\0+ 1", 1, 2, "program:1:2: no\n  x\uFFFD+ 1\n   ^\n")]
    [InlineData("", 1, 1, "program:1:1: no\n  \n  ^\n")]
    [InlineData("x", 9, 9, "program:9:9: no\n")]
    public void TheCaretStandsUnderThePlace(string program, int line, int column, string expected) => Assert.Equal(expected, Text(program, new(line, column)));

    [Fact]
    public void LongLinesAreCut()
    {
        string[] lines = Text(new string('x', 5000) + "$" + new string('y', 5000), new(1, 5001)).Split('\n');
        Assert.InRange(lines[1].Length, 50, 110);
        Assert.Equal('$', lines[1][lines[2].IndexOf('^')]);
    }

    [Fact]
    public void DeclarationsAreNamedByTheirIndex() =>
        Assert.Equal("declare[1]:1:3: no\n  y on R\n    ^\n", Text("x'*y", new(1, 3, 1), "x in R", "y on R"));

    [Fact]
    public void ErrorsWithoutAPlaceNameTheTool() => Assert.Equal("nabla: no (syntax)\n", Text("x", null));
}
