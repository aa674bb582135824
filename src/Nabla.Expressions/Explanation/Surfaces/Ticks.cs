using System.Globalization;

namespace Nabla.Expressions.Explanation.Surfaces;

/// <summary>Round numbers along an axis.</summary>
internal static class Ticks
{
    // Beside numbers so large that a step is lost in rounding there is no next tick.
    private const int Most = 12;

    /// <summary>Four to nine round numbers of a range: multiples of 1, 2 or 5 times a power of ten.</summary>
    public static IEnumerable<double> Of(double low, double high)
    {
        double raw = (high - low) / 6, power = Math.Pow(10, Math.Floor(Math.Log10(raw))), rest = raw / power;
        double step = power * (rest < 1.5 ? 1 : rest < 3.5 ? 2 : rest < 7.5 ? 5 : 10);
        double first = Math.Ceiling(low / step);
        for (int i = 0; i <= Most && (first + i) * step <= high + step * 1e-9; i++) yield return first + i == 0 ? 0 : (first + i) * step;
    }

    /// <summary>A number beside its tick.</summary>
    public static string Text(double x) => x.ToString("G6", CultureInfo.InvariantCulture).Replace("E+", "e", StringComparison.Ordinal).Replace("E-", "e-", StringComparison.Ordinal).Replace('-', '−');
}
