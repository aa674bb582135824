namespace Nabla.Expressions.Writing.Code;

/// <summary>Names of the notation as identifiers of programming languages.</summary>
internal static class Identifiers
{
    private static readonly HashSet<string> s_reserved =
    [
        "lambda", "in", "is", "if", "else", "for", "def", "and", "or", "not", "as", "from", "import", "return", "class", "pass", "with", "np", "torch", "jnp", "jax", "math",
        "end", "function", "global", "local", "let", "do", "begin", "base", "break", "case", "char", "const", "double", "float", "int", "long", "new", "out", "ref", "this", "var", "void", "sigmoid", "softmax",
        "logsumexp", "norm_power", "logdet", "product", "eigenprojections", "float64", "range", "None", "True", "False",
    ];

    /// <summary>The identifier of a name, which is then taken.</summary>
    public static string Of(string name, HashSet<string> taken)
    {
        string text = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c == '_' || char.IsLetter(c) ? c : '_'));
        if (text.Length == 0 || char.IsDigit(text[0])) text = "n" + text;
        while (s_reserved.Contains(text) || !taken.Add(text)) text += "_";
        return text;
    }
}
