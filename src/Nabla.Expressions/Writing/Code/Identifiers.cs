namespace Nabla.Expressions.Writing.Code;

/// <summary>The identifiers of a function that is written: each stands for one thing, and none is a word of the language.</summary>
internal sealed class Identifiers
{
    private static readonly string[] s_indices = ["i", "j", "k", "l", "p", "q", "r", "s"];

    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly Vocabulary _vocabulary;
    private int _temporaries;

    /// <param name="vocabulary">The words of the language.</param>
    /// <param name="name">The name of the function.</param>
    /// <exception cref="ArgumentException">The function's name is none in the language.</exception>
    public Identifiers(Vocabulary vocabulary, string name)
    {
        _vocabulary = vocabulary;
        if (New(name) != name) throw new ArgumentException($"The name of the function must be an identifier of {vocabulary.Language} and none of the words that its code needs, but it is '{name}'.", nameof(name));
    }

    /// <summary>The identifier of a name of the notation.</summary>
    public string New(string name)
    {
        string text = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c == '_' ? c.ToString() : char.IsLetter(c) ? _vocabulary.Letter(c) : "_"));
        if (text.Length == 0 || !char.IsLetter(text[0])) text = "n" + text;
        if (text.Length > _vocabulary.Longest) text = text[.._vocabulary.Longest];
        while (!IsFree(text)) text += "_";
        Take(text);
        return text;
    }

    /// <summary>The identifier of a value on the way.</summary>
    public string Temporary() => New($"t{++_temporaries}");

    /// <summary>The identifier of an index of a loop.</summary>
    public string Index() => New(Array.Find(s_indices, IsFree) ?? s_indices[0]);

    /// <summary>Lets an identifier be used again.</summary>
    public void Release(string identifier)
    {
        _taken.Remove(identifier);
        foreach (string companion in _vocabulary.Companions) _taken.Remove(identifier + companion);
    }

    private bool IsFree(string text) => !_vocabulary.Has(text) && !_taken.Contains(text) && _vocabulary.Companions.All(c => !_taken.Contains(text + c));

    private void Take(string text)
    {
        _taken.Add(text);
        foreach (string companion in _vocabulary.Companions) _taken.Add(text + companion);
    }
}
