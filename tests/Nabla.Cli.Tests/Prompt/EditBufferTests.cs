using Nabla.Cli.Prompt;

namespace Nabla.Cli.Tests.Prompt;

public class EditBufferTests
{
    private static ConsoleKeyInfo Key(ConsoleKey key, bool control = false) => new('\0', key, false, false, control);

    private static EditBuffer Type(EditBuffer line, string text)
    {
        foreach (char sign in text) line.Press(new(sign, ConsoleKey.None, false, false, false));
        return line;
    }

    private static EditBuffer Press(EditBuffer line, params ConsoleKey[] keys)
    {
        foreach (var key in keys) line.Press(Key(key));
        return line;
    }

    [Fact]
    public void SignsGoWhereTheCursorStands()
    {
        var line = Type(new EditBuffer([]), "a+c");
        Press(line, ConsoleKey.LeftArrow);
        Type(line, "b*");
        Assert.Equal(("a+b*c", 4), (line.Text, line.Cursor));
        Press(line, ConsoleKey.Home, ConsoleKey.Delete, ConsoleKey.End, ConsoleKey.Backspace);
        Assert.Equal(("+b*", 3), (line.Text, line.Cursor));
    }

    [Fact]
    public void TheCursorStaysWithinTheLine()
    {
        var line = Press(Type(new EditBuffer([]), "x"), ConsoleKey.RightArrow, ConsoleKey.RightArrow, ConsoleKey.Delete);
        Assert.Equal(("x", 1), (line.Text, line.Cursor));
        Press(line, ConsoleKey.LeftArrow, ConsoleKey.LeftArrow, ConsoleKey.Backspace);
        Assert.Equal(("x", 0), (line.Text, line.Cursor));
    }

    [Fact]
    public void SurrogatePairsAreOneSign()
    {
        var line = Press(Type(new EditBuffer([]), "a\U0001D7D8"), ConsoleKey.LeftArrow);
        Assert.Equal(1, line.Cursor);
        Press(line, ConsoleKey.Delete);
        Assert.Equal("a", line.Text);
    }

    [Fact]
    public void WordsAreStruckOutAndPassed()
    {
        var line = Type(new EditBuffer([]), "sin(alpha*x)");
        line.Press(Key(ConsoleKey.LeftArrow, control: true));
        line.Press(Key(ConsoleKey.LeftArrow, control: true));
        Assert.Equal(4, line.Cursor);
        line.Press(Key(ConsoleKey.RightArrow, control: true));
        line.Press(Key(ConsoleKey.W, control: true));
        Assert.Equal("sin(*x)", line.Text);
        line.Press(Key(ConsoleKey.K, control: true));
        line.Press(Key(ConsoleKey.U, control: true));
        Assert.Equal("", line.Text);
    }

    [Fact]
    public void TheArrowsRecallLinesAndTheDraft()
    {
        var line = Type(new EditBuffer(["one", "two"]), "draft");
        string[] seen = [.. new[] { ConsoleKey.UpArrow, ConsoleKey.UpArrow, ConsoleKey.UpArrow, ConsoleKey.DownArrow, ConsoleKey.DownArrow, ConsoleKey.DownArrow }.Select(key => Press(line, key).Text)];
        Assert.Equal(["two", "one", "one", "two", "draft", "draft"], seen);
    }

    [Theory]
    [InlineData(ConsoleKey.Enter, false, EditOutcome.Entered)]
    [InlineData(ConsoleKey.C, true, EditOutcome.Abandoned)]
    [InlineData(ConsoleKey.L, true, EditOutcome.Cleared)]
    [InlineData(ConsoleKey.D, true, EditOutcome.Editing)]
    [InlineData(ConsoleKey.F5, false, EditOutcome.Editing)]
    internal void KeysEndTheLine(ConsoleKey key, bool control, EditOutcome expected) => Assert.Equal(expected, Type(new EditBuffer([]), "x").Press(Key(key, control)));

    [Fact]
    public void ControlDEndsAnEmptyLine() => Assert.Equal(EditOutcome.Ended, new EditBuffer([]).Press(Key(ConsoleKey.D, control: true)));

    [Theory]
    [InlineData("abc", 3, 10, "abc", 3)]
    [InlineData("abcdefghij", 10, 5, "ghij", 4)]
    [InlineData("abcdefghij", 0, 5, "abcde", 0)]
    public void LongLinesAreSeenThroughAWindow(string text, int cursor, int width, string shown, int column) =>
        Assert.Equal((shown, column), LineEditor.View(text, cursor, width));
}
