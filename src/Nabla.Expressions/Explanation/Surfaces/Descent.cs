namespace Nabla.Expressions.Explanation.Surfaces;

/// <summary>Gradient descent: x minus a multiple of the gradient, again and again.</summary>
internal static class Descent
{
    /// <summary>The path from a start.</summary>
    /// <param name="function">The function.</param>
    /// <param name="start">The start.</param>
    /// <param name="stepSize">The multiple of the gradient; null halves 1 until the function falls by a ten-thousandth of what the slope promises (Armijo 1966).</param>
    /// <param name="most">The most steps.</param>
    /// <param name="work">The budget.</param>
    /// <returns>The points with the start, and how it ended.</returns>
    public static (IReadOnlyList<(double[] Point, double Value)> Points, string End) From(ScalarFunction function, double[] start, double? stepSize, int most, Work work)
    {
        var points = new List<(double[], double)> { (start, function.Value(start)) };
        if (!double.IsFinite(points[0].Item2)) return (points, "the function has no value at the start");
        for (int k = 0; k < most; k++)
        {
            work.Check();
            var (x, f) = points[^1];
            double[] g = function.Gradient(x);
            double square = g.Sum(v => v * v);
            if (!double.IsFinite(square)) return (points, $"the gradient has no value after {Steps(k)}");
            // Below the root of the precision the values no longer tell a lower point from a higher one.
            if (Math.Sqrt(square) <= 1e-7 * Math.Max(1, Math.Abs(f))) return (points, $"the gradient is zero to seven digits after {Steps(k)}");
            double[]? next = null;
            double value = double.NaN;
            for (double a = stepSize ?? 1; a > 1e-14; a /= 2)
            {
                next = [.. x.Select((v, i) => v - a * g[i])];
                value = function.Value(next);
                if (stepSize is not null || value <= f - 1e-4 * a * square) break;
                next = null;
            }
            if (next is null) return (points, $"no step leads further down after {Steps(k)}");
            if (!double.IsFinite(value) || next.Any(v => Math.Abs(v) > 1e12)) return (points, $"it leaves the domain or diverges after {Steps(k)}: the step size is too large, or there is no minimum");
            points.Add((next, value));
        }
        return (points, $"it was stopped after {Steps(most)}{(points[^1].Item2 > points[0].Item2 ? ", higher than it started: the step size is too large" : "")}");
    }

    private static string Steps(int k) => k == 1 ? "1 step" : $"{k} steps";
}
