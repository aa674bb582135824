using System.Text;

namespace Nabla.Expressions.Requests;

/// <summary>A piece of a text that is short enough for a message.</summary>
internal static class Excerpt
{
    private const int MostCharacters = 60;

    /// <summary>The text, or its beginning and an ellipsis; never half of a surrogate pair.</summary>
    public static string Of(string text)
    {
        if (text.Length <= MostCharacters) return text;
        int length = char.IsHighSurrogate(text[MostCharacters - 1]) ? MostCharacters - 1 : MostCharacters;
        return $"{text.AsSpan(0, length)}…";
    }

    /// <summary>The text in UTF-8, in quotes, or its beginning and an ellipsis.</summary>
    public static string Quote(ReadOnlySpan<byte> text) => $"'{Of(Encoding.UTF8.GetString(text))}'";
}
