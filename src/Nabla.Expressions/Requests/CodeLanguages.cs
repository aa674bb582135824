namespace Nabla.Expressions.Requests;

/// <summary>The names of the languages that a derivative can be written in as a function.</summary>
internal static class CodeLanguages
{
    private static readonly Dictionary<string, CodeTarget> s_targets = new(StringComparer.Ordinal)
    {
        ["csharp"] = CodeTarget.CSharp,
        ["numpy"] = CodeTarget.NumPy,
        ["pytorch"] = CodeTarget.PyTorch,
        ["jax"] = CodeTarget.Jax,
        ["julia"] = CodeTarget.Julia,
        ["matlab"] = CodeTarget.Matlab,
    };

    /// <summary>All names.</summary>
    public static IReadOnlyCollection<string> Names => s_targets.Keys;

    /// <summary>The language of a name; null where there is none.</summary>
    public static CodeTarget? Find(string name) => s_targets.TryGetValue(name, out var target) ? target : null;

    /// <summary>The name of a language.</summary>
    public static string NameOf(CodeTarget target) => s_targets.First(t => t.Value == target).Key;
}
