using System.Buffers;
using System.Globalization;
using System.Text;

namespace Nabla.Cli.Files;

/// <summary>Numbers as the text formats write them.</summary>
internal static class NumberText
{
    private const int Shown = 40;
    private static readonly SearchValues<byte> s_ofIntegers = SearchValues.Create("0123456789+-"u8);
    private static readonly SearchValues<byte> s_ofNumbers = SearchValues.Create("0123456789+-.eE"u8);

    /// <summary>Reads a number; says what is wrong with it otherwise.</summary>
    /// <param name="text">The text, without blanks around it.</param>
    /// <param name="value">The number.</param>
    /// <param name="fault">What is wrong, as the end of a sentence.</param>
    public static bool TryRead(ReadOnlySpan<byte> text, out double value, out string fault)
    {
        fault = "";
        if (IsFiniteNumber(text, out value)) return true;
        if (double.IsInfinity(value)) fault = $"{Quote(text)} is beyond the range of a double";
        else if (NonFinite(text) is { } nonFinite) value = nonFinite;
        else fault = text.IsEmpty ? "a number is missing" : $"{Quote(text)} is not a number";
        return fault.Length == 0;
    }

    /// <summary>Whether the text has nothing but digits and signs.</summary>
    public static bool IsInteger(ReadOnlySpan<byte> text) => !text.ContainsAnyExcept(s_ofIntegers);

    /// <summary>The text in quotes, shortened, with a mark for every byte that is not of UTF-8.</summary>
    public static string Quote(ReadOnlySpan<byte> text) =>
        text.Length <= Shown ? $"'{Encoding.UTF8.GetString(text)}'" : $"'{Encoding.UTF8.GetString(text[..Shown])}...'";

    private static bool IsFiniteNumber(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        if (text.IsEmpty || text.ContainsAnyExcept(s_ofNumbers)) return false;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
    }

    private static double? NonFinite(ReadOnlySpan<byte> text)
    {
        if (text.Length > 9) return null;
        return Encoding.UTF8.GetString(text).ToLowerInvariant() switch
        {
            "nan" or "+nan" or "-nan" => double.NaN,
            "inf" or "+inf" or "infinity" or "+infinity" => double.PositiveInfinity,
            "-inf" or "-infinity" => double.NegativeInfinity,
            _ => null,
        };
    }
}
