namespace Nabla.Expressions.Writing;

/// <summary>Greek letters by name and by character.</summary>
internal static class Greek
{
    private static readonly (string Name, char Letter)[] s_letters =
    [
        ("alpha", 'α'), ("beta", 'β'), ("gamma", 'γ'), ("delta", 'δ'), ("epsilon", 'ϵ'), ("varepsilon", 'ε'), ("zeta", 'ζ'), ("eta", 'η'), ("theta", 'θ'), ("vartheta", 'ϑ'),
        ("iota", 'ι'), ("kappa", 'κ'), ("varkappa", 'ϰ'), ("lambda", 'λ'), ("mu", 'μ'), ("nu", 'ν'), ("xi", 'ξ'), ("pi", 'π'), ("varpi", 'ϖ'), ("rho", 'ρ'), ("varrho", 'ϱ'),
        ("sigma", 'σ'), ("varsigma", 'ς'), ("tau", 'τ'), ("upsilon", 'υ'), ("phi", 'ϕ'), ("varphi", 'φ'), ("chi", 'χ'), ("psi", 'ψ'), ("omega", 'ω'),
        ("Gamma", 'Γ'), ("Delta", 'Δ'), ("Theta", 'Θ'), ("Lambda", 'Λ'), ("Xi", 'Ξ'), ("Pi", 'Π'), ("Sigma", 'Σ'), ("Upsilon", 'Υ'), ("Phi", 'Φ'), ("Psi", 'Ψ'), ("Omega", 'Ω'),
    ];

    // Greek letters that look like Latin ones have no command of their own.
    private static readonly Dictionary<char, string> s_latin = new()
    {
        ['Α'] = "A",
        ['Β'] = "B",
        ['Ε'] = "E",
        ['Ζ'] = "Z",
        ['Η'] = "H",
        ['Ι'] = "I",
        ['Κ'] = "K",
        ['Μ'] = "M",
        ['Ν'] = "N",
        ['Ο'] = "O",
        ['Ρ'] = "P",
        ['Τ'] = "T",
        ['Χ'] = "X",
        ['ο'] = "o",
    };

    private static readonly Dictionary<string, char> s_byName = s_letters.ToDictionary(l => l.Name, l => l.Letter, StringComparer.Ordinal);

    private static readonly Dictionary<char, string> s_byLetter = s_letters.ToDictionary(l => l.Letter, l => "\\" + l.Name);

    /// <summary>The letter that a word spells; null if it spells none.</summary>
    public static char? Letter(string word) => s_byName.TryGetValue(word, out char letter) ? letter : null;

    /// <summary>A Greek letter in ASCII letters: its name, or the Latin letter that it looks like.</summary>
    public static string Spelled(char letter) => s_byLetter.TryGetValue(letter, out string? command) ? command[1..] : s_latin[letter];

    /// <summary>The LaTeX of a Greek letter; null for other characters.</summary>
    public static string? Latex(char letter) => s_byLetter.TryGetValue(letter, out string? command) ? command : s_latin.TryGetValue(letter, out string? latin) ? $"\\mathrm{{{latin}}}" : null;
}
