namespace Nabla.Expressions.Tests.Fuzz;

/// <summary>Differences of a function of one step, extrapolated to step zero, entry by entry.</summary>
/// <remarks>Romberg's scheme over halved central differences; the error of an entry is estimated by the smallest change in its tableau.</remarks>
internal static class Extrapolation
{
    private const int Levels = 8;

    /// <summary>The derivative at zero and the estimated error of every entry; null where the function is not defined nearby.</summary>
    public static (double[] Value, double[] Error)? Derivative(Func<double, double[]?> f, double step) =>
        Of(h => f(h) is { } up && f(-h) is { } down ? [.. up.Zip(down, (a, b) => (a - b) / (2 * h))] : null, step);

    /// <summary>The second derivative at zero.</summary>
    public static (double[] Value, double[] Error)? SecondDerivative(Func<double, double[]?> f, double step) =>
        f(0) is not { } middle ? null : Of(h => f(h) is { } up && f(-h) is { } down ? [.. middle.Select((m, i) => (up[i] - 2 * m + down[i]) / (h * h))] : null, step);

    private static (double[] Value, double[] Error)? Of(Func<double, double[]?> difference, double step)
    {
        double[][] before = [];
        double[]? value = null;
        double[] error = [];
        for (int level = 0; level < Levels; level++, step /= 2)
        {
            if (difference(step) is not { } first || Array.Exists(first, x => !double.IsFinite(x)))
            {
                before = [];
                continue;
            }
            value ??= [.. first];
            if (error.Length == 0) Array.Fill(error = new double[first.Length], double.PositiveInfinity);
            var row = new double[before.Length + 1][];
            row[0] = first;
            double power = 4;
            for (int k = 0; k < before.Length; k++, power *= 4)
            {
                row[k + 1] = new double[first.Length];
                for (int i = 0; i < first.Length; i++)
                {
                    row[k + 1][i] = row[k][i] + (row[k][i] - before[k][i]) / (power - 1);
                    double change = Math.Max(Math.Abs(row[k + 1][i] - row[k][i]), Math.Abs(row[k + 1][i] - before[k][i]));
                    if (change < error[i]) (value[i], error[i]) = (row[k + 1][i], change);
                }
            }
            before = row;
        }
        return value is null ? null : (value, error);
    }
}
