namespace Nabla.Expressions.Writing.Code;

/// <summary>Brackets round pieces of code.</summary>
internal static class Brackets
{
    /// <summary>Whether a text is a name, a number, a call or an index, or stands in brackets as a whole.</summary>
    public static bool IsClosed(string text)
    {
        int depth = 0;
        foreach (char c in text)
        {
            if (c is '(' or '[') depth++;
            else if (c is ')' or ']') depth--;
            else if (depth == 0 && !(char.IsLetterOrDigit(c) || c is '_' or '.')) return false;
        }
        return true;
    }

    /// <summary>A text that an index, a power or a transposition may follow.</summary>
    public static string Closed(string text) => IsClosed(text) ? text : $"({text})";

    /// <summary>A text that stands in brackets without them.</summary>
    public static string Bare(string text)
    {
        if (text is not ['(', .., ')']) return text;
        int depth = 0;
        for (int i = 0; i < text.Length - 1; i++)
        {
            if (text[i] is '(' or '[') depth++;
            else if (text[i] is ')' or ']') depth--;
            if (depth == 0) return text;
        }
        return text[1..^1];
    }
}
