using System.Buffers;
using System.Globalization;
using System.Text;

namespace Nabla.Numerics;

/// <summary>Numbers as the text formats of files write them.</summary>
public static class NumberText
{
    private const int Shown = 40;
    private static readonly SearchValues<byte> OfIntegers = SearchValues.Create("0123456789+-"u8);
    private static readonly SearchValues<byte> OfNumbers = SearchValues.Create("0123456789+-.eE"u8);

    /// <summary>Reads a number, <c>nan</c> and <c>inf</c> included; says what is wrong with it otherwise.</summary>
    /// <param name="text">The text in UTF-8, without blanks around it.</param>
    /// <param name="value">The double that is nearest to the number.</param>
    /// <param name="fault">What is wrong, as the end of a sentence; empty when nothing is.</param>
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
    internal static bool IsInteger(ReadOnlySpan<byte> text) => !text.ContainsAnyExcept(OfIntegers);

    /// <summary>The text in quotes, shortened, with a mark for every byte that is not of UTF-8.</summary>
    internal static string Quote(ReadOnlySpan<byte> text) =>
        text.Length <= Shown ? $"'{Encoding.UTF8.GetString(text)}'" : $"'{Encoding.UTF8.GetString(text[..Shown])}...'";

    private static bool IsFiniteNumber(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        if (text.IsEmpty || text.ContainsAnyExcept(OfNumbers)) return false;
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
