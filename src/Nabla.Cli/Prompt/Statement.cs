using System.Text.RegularExpressions;

namespace Nabla.Cli.Prompt;

/// <summary>What the prompt needs to know of a line of the notation, before the parser sees it.</summary>
internal static partial class Statement
{
    /// <summary>The pieces between semicolons that stand outside brackets; a comment ends the line.</summary>
    public static IEnumerable<string> Split(string line)
    {
        int depth = 0, start = 0;
        for (int i = 0; i <= line.Length; i++)
        {
            char sign = i < line.Length ? line[i] : '\n';
            if (sign is '(' or '[' or '{') depth++;
            if (sign is ')' or ']' or '}') depth--;
            bool isComment = sign == '#';
            if (!isComment && sign != '\n' && !(sign == ';' && depth <= 0)) continue;
            string piece = line[start..i].Trim();
            if (piece.Length > 0) yield return piece;
            start = i + 1;
            if (isComment) yield break;
        }
    }

    /// <summary>The name that a declaration declares; null for anything else.</summary>
    public static string? DeclaredName(string statement) => Declaration().Match(statement) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>The names that a binding binds and what they are bound to; null for anything else.</summary>
    public static (string[] Names, string Value)? Binding(string statement) => BindingForm().Match(statement) is { Success: true } match
        ? (match.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries), match.Groups[2].Value)
        : null;

    /// <summary>The parts of <c>diff EXPRESSION by x order 2</c>; null for anything else.</summary>
    public static (string Expression, string? Wrt, int Order)? Derivative(string statement) => DerivativeForm().Match(statement) is { Success: true } match
        ? (match.Groups[1].Value, match.Groups[2].Success ? match.Groups[2].Value : null, match.Groups[3].Success && int.TryParse(match.Groups[3].Value, out int order) ? order : 1)
        : null;

    /// <summary>The names of values that occur: those of functions, which a bracket follows, do not count.</summary>
    public static HashSet<string> Names(string statement) => [.. Name().Matches(statement).Select(m => m.Value)];

    private const string NamePattern = @"[A-Za-z\u0370-\u03FF][A-Za-z\u0370-\u03FF0-9_]*";

    [GeneratedRegex(@"^(" + NamePattern + @")\s*(?:in\s|∈)")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^(" + NamePattern + @"(?:\s*,\s*" + NamePattern + @")*)\s*=\s*(.+)$", RegexOptions.Singleline)]
    private static partial Regex BindingForm();

    [GeneratedRegex(@"^diff\s+(.+?)(?:\s+by\s+(" + NamePattern + @"))?(?:\s+order\s+([0-9]+))?$", RegexOptions.Singleline)]
    private static partial Regex DerivativeForm();

    [GeneratedRegex(@"(?<![A-Za-z\u0370-\u03FF0-9_])" + NamePattern + @"(?![A-Za-z\u0370-\u03FF0-9_]|\s*\()")]
    private static partial Regex Name();
}
