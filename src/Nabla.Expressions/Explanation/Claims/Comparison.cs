using Nabla.Expressions.Evaluation;

namespace Nabla.Expressions.Explanation.Claims;

/// <summary>Compares values entry by entry.</summary>
internal static class Comparison
{
    private const double Tolerance = 1e-8;

    /// <summary>Whether a value is the derivative's at a point.</summary>
    public static bool Agrees(Value? found, SamplePoint point) => found is not null && AreEqual(found, point.Expected, point.Noise);

    /// <summary>Whether two values have the same sizes and, to rounding, the same entries.</summary>
    public static bool AreEqual(Value x, Value y, double noise)
    {
        if (x.IsComplex || y.IsComplex || x.Rows != y.Rows || x.Columns != y.Columns) return false;
        double top = Largest(x, y);
        for (int k = 0; k < x.Count; k++) if (!(Math.Abs(x.Real[k] - y.Real[k]) <= Tolerance * top + noise + 1e-300)) return false;
        return true;
    }

    /// <summary>The largest difference of an entry, relative to the largest entry, and where it is.</summary>
    public static (double Error, int Entry) Difference(Value x, Value y)
    {
        if (x.Rows != y.Rows || x.Columns != y.Columns) return (double.PositiveInfinity, 0);
        double top = Largest(x, y), worst = 0;
        int at = 0;
        for (int k = 0; k < x.Count; k++)
            if (Math.Abs(x.Real[k] - y.Real[k]) is var d && !(d <= worst)) (worst, at) = (d, k);
        return (top == 0 ? 0 : worst / top, at);
    }

    /// <summary>The number that x is of y, where all entries agree on one; null where there is none.</summary>
    public static double? Ratio(Value x, Value y)
    {
        if (x.Rows != y.Rows || x.Columns != y.Columns) return null;
        int at = 0;
        for (int k = 1; k < y.Count; k++) if (Math.Abs(y.Real[k]) > Math.Abs(y.Real[at])) at = k;
        if (y.Count == 0 || y.Real[at] == 0 || x.Real[at] == 0) return null;
        double ratio = x.Real[at] / y.Real[at], top = Math.Abs(x.Real[at]);
        for (int k = 0; k < y.Count; k++) if (!(Math.Abs(x.Real[k] - ratio * y.Real[k]) <= 1e-8 * top)) return null;
        return ratio;
    }

    private static double Largest(Value x, Value y)
    {
        double top = 0;
        foreach (double e in x.Real) top = Math.Max(top, Math.Abs(e));
        foreach (double e in y.Real) top = Math.Max(top, Math.Abs(e));
        return top;
    }
}
