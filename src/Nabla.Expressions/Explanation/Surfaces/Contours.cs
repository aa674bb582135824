namespace Nabla.Expressions.Explanation.Surfaces;

/// <summary>Contour lines of a grid of values.</summary>
/// <remarks>Marching squares: every cell is cut along its sides by linear interpolation; in an ambiguous one the mean of the corners decides. Lorensen and Cline (1987), in the plane.</remarks>
internal static class Contours
{
    /// <summary>Levels that split the values into equally many.</summary>
    public static double[] Levels(double[,] values, int count)
    {
        double[] sorted = [.. values.Cast<double>().Where(double.IsFinite).Order()];
        if (sorted.Length == 0 || sorted[0] == sorted[^1]) return [];
        return [.. Enumerable.Range(1, count).Select(k => sorted[Math.Min(sorted.Length - 1, (int)((double)k * sorted.Length / (count + 1)))]).Distinct()];
    }

    /// <summary>The segments of the line of a level.</summary>
    /// <param name="values">The values: first index across, second upwards; cells with a corner that is not finite are left out.</param>
    /// <param name="window">Where they stand.</param>
    /// <param name="level">The level.</param>
    public static IEnumerable<(double X1, double Y1, double X2, double Y2)> Of(double[,] values, Window window, double level)
    {
        int m = values.GetLength(0), n = values.GetLength(1);
        double dx = (window.Right - window.Left) / (m - 1), dy = (window.Top - window.Bottom) / (n - 1);
        for (int i = 0; i + 1 < m; i++)
            for (int j = 0; j + 1 < n; j++)
            {
                double a = values[i, j] - level, b = values[i + 1, j] - level, c = values[i + 1, j + 1] - level, d = values[i, j + 1] - level;
                if (!double.IsFinite(a + b + c + d)) continue;
                var (x, y) = (window.Left + i * dx, window.Bottom + j * dy);
                var cuts = new List<(double X, double Y)>(4);
                bool isLower = a < 0 != b < 0, isRight = b < 0 != c < 0, isUpper = c < 0 != d < 0, isLeft = d < 0 != a < 0;
                if (isLower) cuts.Add((x + dx * a / (a - b), y));
                if (isRight) cuts.Add((x + dx, y + dy * b / (b - c)));
                if (isUpper) cuts.Add((x + dx * d / (d - c), y + dy));
                if (isLeft) cuts.Add((x, y + dy * a / (a - d)));
                if (cuts.Count == 2) yield return (cuts[0].X, cuts[0].Y, cuts[1].X, cuts[1].Y);
                if (cuts.Count < 4) continue;
                bool joins = a + b + c + d < 0 == a < 0;
                yield return joins ? (cuts[0].X, cuts[0].Y, cuts[1].X, cuts[1].Y) : (cuts[0].X, cuts[0].Y, cuts[3].X, cuts[3].Y);
                yield return joins ? (cuts[2].X, cuts[2].Y, cuts[3].X, cuts[3].Y) : (cuts[1].X, cuts[1].Y, cuts[2].X, cuts[2].Y);
            }
    }
}
