using System.Globalization;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Explanation.Surfaces;

/// <summary>Rise over run to the limit.</summary>
internal static class Slopes
{
    private const int Decades = 12;

    /// <summary>The table.</summary>
    /// <exception cref="NablaException">The question does not fit.</exception>
    public static SlopeTable Of(SurfaceRequest request, IReadOnlyList<double>? direction)
    {
        if (request.Wrt.Count > 1) throw new NablaException(ErrorCode.Request, $"A slope belongs to one variable, but {request.Wrt.Count} are given.");
        var question = new DerivativeRequest { Expression = request.Expression, Declare = request.Declare, Wrt = request.Wrt.Count == 0 ? null : request.Wrt[0], At = request.At, Work = request.Work };
        var derived = Questions.Derive(question);
        var answer = Questions.Derivative(question);
        if (!answer.Function.Shape.IsScalar) throw new NablaException(ErrorCode.Kind, "A slope belongs to a scalar function, but the function has entries: take one of them.");
        string[] missing = [.. answer.Variables.Where(v => !request.At.ContainsKey(v.Name)).Select(v => v.Name)];
        if (missing.Length > 0) throw new NablaException(ErrorCode.Request, $"A slope is taken where all variables have values: a value is needed for {string.Join(", ", missing)}.");
        var variable = derived.Variable;
        double[] x = request.At[variable.Name].ToArray();
        if (direction is null && !variable.Shape.IsScalar) throw new NablaException(ErrorCode.Request, $"{variable.Name} has {x.Length} entries: say along which direction the slope is taken.");
        double[] v = direction is null ? [1] : [.. direction];
        if (v.Length != x.Length) throw new NablaException(ErrorCode.Shape, $"The direction must have {x.Length} entries, as {variable.Name} has, but it has {v.Length}.");
        if (v.All(e => e == 0) || v.Any(e => !double.IsFinite(e))) throw new NablaException(ErrorCode.Request, "The direction must be finite and not zero.");
        var function = new ScalarFunction([(variable, derived)], request.At, request.Work);
        double f = answer.Function.Value!.Real[0], slope = answer.Derivative.Value!.ToArray().Zip(v, (g, e) => g * e).Sum();
        double At(double h) => function.Value([.. x.Select((e, i) => e + h * v[i])]);
        var quotients = new List<DifferenceQuotient>();
        for (int k = 0; k <= Decades; k++)
        {
            double h = Math.Pow(10, -k), up = At(h), down = At(-h);
            quotients.Add(new(h, Finite((up - f) / h), Finite((up - down) / (2 * h))));
        }
        return new(f, slope, answer.Derivative.Text ?? answer.Derivative.Index ?? "", quotients, Conclusion(quotients, slope, At, f), Picture(At, f, slope), answer.Notes);
    }

    private static double? Finite(double x) => double.IsFinite(x) ? x : null;

    private static string Conclusion(List<DifferenceQuotient> quotients, double slope, Func<double, double> at, double f)
    {
        var known = quotients.Where(q => q.Central is not null).ToArray();
        if (known.Length == 0) return "The function has no values on both sides of the point: there is no central quotient.";
        var best = known.MinBy(q => Math.Abs(q.Central!.Value - slope))!;
        double error = Math.Abs(best.Central!.Value - slope), scale = Math.Max(Math.Abs(slope), 1e-12 * Math.Abs(f));
        string Number(double x) => x.ToString("G6", CultureInfo.InvariantCulture);
        // From both sides another slope: a kink.
        double right = (at(1e-6) - f) / 1e-6, left = (f - at(-1e-6)) / 1e-6;
        if (Math.Abs(right - left) > 1e-3 * Math.Max(1, Math.Abs(slope)))
            return $"From the right the quotients tend to {Number(Math.Round(right, 4))}, from the left to {Number(Math.Round(left, 4))}: the function has a kink there, and {Number(slope)} is a subgradient.";
        if (best.Step == 1 && error <= 1e-9 * Math.Max(scale, 1))
            return $"The quotients tend to {Number(slope)}, the value of the derivative. The central one is exact for every h but for rounding, as it is for quadratic functions; rounding grows as h shrinks: f(x + h) - f(x) loses its digits.";
        return error <= 1e-6 * Math.Max(scale, 1)
            ? $"The quotients tend to {Number(slope)}, the value of the derivative: the forward error shrinks with h, the central one with h². Below h = {best.Step.ToString("0e0", CultureInfo.InvariantCulture)} rounding takes over: f(x + h) - f(x) loses its digits."
            : $"The best quotient, {Number(best.Central.Value)} for h = {best.Step.ToString("0e0", CultureInfo.InvariantCulture)}, differs from the derivative {Number(slope)} by {error.ToString("0e0", CultureInfo.InvariantCulture)}.";
    }

    private static string? Picture(Func<double, double> at, double f, double slope)
    {
        double[] across = [.. Enumerable.Range(0, 241).Select(k => -1.2 + k * 0.01)];
        double[] values = [.. across.Select(at)];
        if (Plots.Range(values) is not { } range) return null;
        double low = Math.Min(range.Low, f - 0.2 * Math.Abs(slope)), high = Math.Max(range.High, f + 0.2 * Math.Abs(slope));
        var canvas = new Canvas(new(-1.2, 1.2, low, high), 640, 440);
        canvas.Path(across.Zip(values), "curve", "#1f6fb4", 2);
        (double H, string Colour)[] steps = [(1, "#e0a030"), (0.5, "#d07828"), (0.25, "#c05020")];
        foreach (var (h, colour) in steps)
        {
            double secant = (at(h) - f) / h;
            if (!double.IsFinite(secant)) continue;
            canvas.Path([(-1.2, f - 1.2 * secant), (1.2, f + 1.2 * secant)], "secant", colour, 1, "5 3");
            canvas.Dot(h, at(h), 3, "secant", colour);
        }
        canvas.Path([(-1.2, f - 1.2 * slope), (1.2, f + 1.2 * slope)], "tangent", "#2a8a3e", 1.8);
        canvas.Dot(0, f, 4, "start", "#2a8a3e");
        return canvas.Write("The secants through the point turn into the tangent as their step h shrinks", "h", "f(x + h)", [("function", "#1f6fb4"), ("secants, h = 1, 1/2, 1/4", "#d07828"), ("tangent", "#2a8a3e")]);
    }
}
