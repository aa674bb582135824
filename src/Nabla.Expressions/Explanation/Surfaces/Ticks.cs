using System.Globalization;

namespace Nabla.Expressions.Explanation.Surfaces;

/// <summary>Round numbers along an axis.</summary>
internal static class Ticks
{
    /// <summary>Four to nine round numbers of a range: multiples of 1, 2 or 5 times a power of ten.</summary>
    public static IEnumerable<double> Of(double low, double high)
    {
        double raw = (high - low) / 6, power = Math.Pow(10, Math.Floor(Math.Log10(raw))), rest = raw / power;
        double step = power * (rest < 1.5 ? 1 : rest < 3.5 ? 2 : rest < 7.5 ? 5 : 10);
        for (double k = Math.Ceiling(low / step); k * step <= high + step * 1e-9; k++) yield return k == 0 ? 0 : k * step;
    }

    /// <summary>A number beside its tick.</summary>
    public static string Text(double x) => x.ToString("G6", CultureInfo.InvariantCulture).Replace("E+", "e", StringComparison.Ordinal).Replace("E-", "e-", StringComparison.Ordinal).Replace('-', '−');
}
