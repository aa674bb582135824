namespace Nabla.Expressions.Notation;

/// <summary>The kind of a name that nobody declares, by its first letter: <c>a</c> to <c>g</c> scalar, <c>h</c> to <c>z</c> vector, capitals matrix.</summary>
internal static class DefaultKinds
{
    private static readonly HashSet<string> s_greek = new(StringComparer.Ordinal)
    {
        "alpha", "beta", "gamma", "delta", "epsilon", "varepsilon", "zeta", "eta", "theta", "vartheta", "iota", "kappa", "lambda", "mu", "nu", "xi",
        "omicron", "pi", "varpi", "rho", "varrho", "sigma", "varsigma", "tau", "upsilon", "phi", "varphi", "chi", "psi", "omega",
    };

    /// <summary>The kind; small Greek letters, also spelled out, are scalars.</summary>
    public static Kind Of(string name)
    {
        char first = name[0];
        if (first >= 'Α') return first <= 'Ω' ? Kind.Matrix : Kind.Scalar;
        if (char.IsAsciiLetterUpper(first)) return Kind.Matrix;
        return first <= 'g' || IsGreekWord(name) ? Kind.Scalar : Kind.Column;
    }

    /// <summary>Whether a name is a spelled-out Greek letter, perhaps with a number: <c>mu</c>, <c>theta_1</c>.</summary>
    public static bool IsGreekWord(string name)
    {
        int end = 0;
        while (end < name.Length && char.IsAsciiLetter(name[end])) end++;
        return end is >= 2 and <= 10 && s_greek.Contains(name[..end]);
    }
}
