using System.Text;

namespace Nabla.Cli.Prompt;

/// <summary>A line that is being edited, key by key, with the lines before it at hand.</summary>
/// <param name="history">The lines before, oldest first.</param>
internal sealed class EditBuffer(IReadOnlyList<string> history)
{
    private readonly StringBuilder _text = new();
    private int _at = history.Count;
    private string _draft = "";

    /// <summary>The line.</summary>
    public string Text => _text.ToString();

    /// <summary>Where the cursor stands, in UTF-16 units from 0; never within a sign.</summary>
    public int Cursor { get; private set; }

    /// <summary>Takes a key.</summary>
    public EditOutcome Press(ConsoleKeyInfo key)
    {
        if (key.Modifiers.HasFlag(ConsoleModifiers.Control) && OnControl(key.Key) is { } outcome) return outcome;
        switch (key.Key)
        {
            case ConsoleKey.Enter: return EditOutcome.Entered;
            case ConsoleKey.LeftArrow: Cursor = key.Modifiers.HasFlag(ConsoleModifiers.Control) ? WordBefore() : Before(); break;
            case ConsoleKey.RightArrow: Cursor = key.Modifiers.HasFlag(ConsoleModifiers.Control) ? WordAfter() : After(); break;
            case ConsoleKey.Home: Cursor = 0; break;
            case ConsoleKey.End: Cursor = _text.Length; break;
            case ConsoleKey.UpArrow: Recall(_at - 1); break;
            case ConsoleKey.DownArrow: Recall(_at + 1); break;
            case ConsoleKey.Backspace: Remove(Before(), Cursor); break;
            case ConsoleKey.Delete: Remove(Cursor, After()); break;
            default: Insert(key.KeyChar); break;
        }
        return EditOutcome.Editing;
    }

    private EditOutcome? OnControl(ConsoleKey key)
    {
        switch (key)
        {
            case ConsoleKey.A: Cursor = 0; break;
            case ConsoleKey.B: Cursor = Before(); break;
            case ConsoleKey.C: return EditOutcome.Abandoned;
            case ConsoleKey.D when _text.Length == 0: return EditOutcome.Ended;
            case ConsoleKey.D: Remove(Cursor, After()); break;
            case ConsoleKey.E: Cursor = _text.Length; break;
            case ConsoleKey.F: Cursor = After(); break;
            case ConsoleKey.H: Remove(Before(), Cursor); break;
            case ConsoleKey.J or ConsoleKey.M: return EditOutcome.Entered;
            case ConsoleKey.K: Remove(Cursor, _text.Length); break;
            case ConsoleKey.L: return EditOutcome.Cleared;
            case ConsoleKey.N: Recall(_at + 1); break;
            case ConsoleKey.P: Recall(_at - 1); break;
            case ConsoleKey.U: Remove(0, Cursor); break;
            case ConsoleKey.W: Remove(WordBefore(), Cursor); break;
            default: return null;
        }
        return EditOutcome.Editing;
    }

    private void Insert(char sign)
    {
        if (char.IsControl(sign) && sign != '\t') return;
        _text.Insert(Cursor++, sign == '\t' ? ' ' : sign);
    }

    private void Remove(int start, int end)
    {
        _text.Remove(start, end - start);
        Cursor = start;
    }

    private void Recall(int index)
    {
        if (index < 0 || index > history.Count) return;
        if (_at == history.Count) _draft = Text;
        _at = index;
        _text.Clear().Append(index == history.Count ? _draft : history[index]);
        Cursor = _text.Length;
    }

    private int Before() => Cursor == 0 ? 0 : Cursor > 1 && char.IsLowSurrogate(_text[Cursor - 1]) && char.IsHighSurrogate(_text[Cursor - 2]) ? Cursor - 2 : Cursor - 1;

    private int After() => Cursor == _text.Length ? Cursor : Cursor + (char.IsHighSurrogate(_text[Cursor]) && Cursor + 1 < _text.Length ? 2 : 1);

    private int WordBefore()
    {
        int i = Cursor;
        while (i > 0 && !IsWord(_text[i - 1])) i--;
        while (i > 0 && IsWord(_text[i - 1])) i--;
        return i;
    }

    private int WordAfter()
    {
        int i = Cursor;
        while (i < _text.Length && !IsWord(_text[i])) i++;
        while (i < _text.Length && IsWord(_text[i])) i++;
        return i;
    }

    private static bool IsWord(char sign) => char.IsLetterOrDigit(sign) || sign == '_';
}
