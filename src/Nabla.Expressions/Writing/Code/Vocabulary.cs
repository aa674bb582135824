namespace Nabla.Expressions.Writing.Code;

/// <summary>What a name may not be in a language: its words, and those that written code calls.</summary>
/// <param name="language">The language, as messages name it.</param>
/// <param name="words">The words, with blanks between them.</param>
internal sealed class Vocabulary(string language, string words)
{
    private readonly HashSet<string> _words = [.. words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>The language, as messages name it.</summary>
    public string Language => language;

    /// <summary>How a Greek letter is spelled; as itself where nothing is said.</summary>
    public Func<char, string> Letter { get; init; } = static c => c.ToString();

    /// <summary>What is appended to a name to have more names that go with it.</summary>
    public IReadOnlyList<string> Companions { get; init; } = [];

    /// <summary>The most characters of a name that the language tells apart.</summary>
    public int Longest { get; init; } = int.MaxValue;

    /// <summary>Whether a text is a word of the language.</summary>
    public bool Has(string text) => _words.Contains(text);
}
