using System.Globalization;
using System.Numerics;
using Nabla.Expressions.Core;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Writing;

/// <summary>How a number is written without its sign: <c>0.25</c>, <c>3</c>, <c>1e-8</c>, or as a fraction where its decimals do not end.</summary>
/// <param name="Digits">The number, or the numerator of a fraction.</param>
/// <param name="Denominator">The denominator of a fraction; null if it is none.</param>
internal readonly record struct Numeral(string Digits, string? Denominator)
{
    private const int LongestDecimal = 20;

    /// <summary>The numeral of the absolute value of a number.</summary>
    public static Numeral Of(Coefficient value)
    {
        double nearest = Math.Abs(value.ToDouble());
        if (!value.IsExact) return OfDouble(nearest);
        var numerator = BigInteger.Abs(value.Numerator);
        if (value.IsInteger && numerator.GetBitLength() < 50) return new(numerator.ToString(CultureInfo.InvariantCulture), null);
        var (digits, denominator) = OfDouble(nearest);
        if (denominator is null && Lexer.Number(digits) is { IsExact: true } read && read == Coefficient.Rational(numerator, value.Denominator)) return new(digits, null);
        if (value.IsInteger) return new(Integer(numerator), null);
        return Decimal(numerator, value.Denominator) is { } text ? new(text, null) : new(Integer(numerator), Integer(value.Denominator));
    }

    /// <summary>The numeral of a double that is not negative.</summary>
    public static Numeral OfDouble(double value)
    {
        if (double.IsNaN(value)) return new("0", "0");
        if (double.IsInfinity(value)) return new("1", "0");
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        int exponent = text.IndexOf('E');
        return new(exponent < 0 ? text : $"{text[..exponent]}e{(text[exponent + 1] == '-' ? "-" : "")}{text[(exponent + 2)..].TrimStart('0')}", null);
    }

    private static string Integer(BigInteger value)
    {
        string digits = value.ToString(CultureInfo.InvariantCulture);
        if (digits.Length <= 15) return digits;
        string significant = digits.TrimEnd('0');
        int zeros = digits.Length - significant.Length;
        return zeros > 6 && digits.Length <= 40 ? Scientific(significant, digits.Length - 1) : digits;
    }

    private static string Scientific(string significant, int exponent) =>
        significant.Length == 1 ? $"{significant}e{exponent}" : $"{significant[0]}.{significant[1..]}e{exponent}";

    // Null unless the denominator has no prime factors but 2 and 5 and the decimal is short.
    private static string? Decimal(BigInteger numerator, BigInteger denominator)
    {
        int twos = 0, fives = 0;
        if (denominator.GetBitLength() > 400) return null;
        for (; denominator.IsEven; denominator >>= 1) twos++;
        while (BigInteger.Remainder(denominator, 5).IsZero)
        {
            denominator /= 5;
            fives++;
        }
        if (!denominator.IsOne) return null;
        int places = Math.Max(twos, fives);
        string digits = (numerator * BigInteger.Pow(2, places - twos) * BigInteger.Pow(5, places - fives)).ToString(CultureInfo.InvariantCulture);
        if (digits.Length > LongestDecimal) return null;
        if (places - digits.Length > 4) return Scientific(digits.TrimEnd('0'), digits.Length - places - 1);
        return digits.Length > places ? $"{digits[..^places]}.{digits[^places..]}" : "0." + digits.PadLeft(places, '0');
    }
}
