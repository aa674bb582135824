using System.Globalization;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Explanation.Surfaces;

/// <summary>Draws functions of one and two variables.</summary>
internal static class Plots
{
    private const int AcrossCurve = 480, AcrossGrid = 121, AcrossArrows = 15, Levels = 14;
    private const double Narrowest = 1e-9;

    /// <summary>The picture.</summary>
    /// <exception cref="NablaException">The question does not fit.</exception>
    public static FunctionPlot Of(SurfaceRequest request, PlotOptions options)
    {
        var (parts, values, names, notes) = Parts(request);
        int n = names.Count;
        if (options.Start is { } start && (start.Count != n || start.Any(x => !double.IsFinite(x)))) throw new NablaException(ErrorCode.Request, $"The start must have {n} finite number{(n == 1 ? "" : "s")}, for {string.Join(", ", names)}, but it has {start.Count}.");
        if (options.Ranges.Count > n) throw new NablaException(ErrorCode.Request, $"There are {options.Ranges.Count} ranges for {n} variable{(n == 1 ? "" : "s")}.");
        if (options.StepSize is { } step && !(step > 0 && double.IsFinite(step))) throw new NablaException(ErrorCode.Request, $"The step size must be positive, but it is {step.ToString(CultureInfo.InvariantCulture)}.");
        if (options.Steps is < 0 or > 10_000) throw new NablaException(ErrorCode.Request, $"The number of steps must lie between 0 and 10000, but it is {options.Steps}.");
        if (options.Width is < 160 or > 4000 || options.Height is < 120 or > 4000) throw new NablaException(ErrorCode.Request, $"A picture must have 160 to 4000 by 120 to 4000 pixels, but it is {options.Width} x {options.Height}.");
        var function = new ScalarFunction(parts, values, request.Work);
        var path = new List<DescentPoint>();
        if (options.Start is { } from && options.Steps > 0)
        {
            var (points, end) = Descent.From(function, [.. from], options.StepSize, options.Steps, request.Work);
            path.AddRange(points.Select(p => new DescentPoint(p.Point, p.Value)));
            string last = string.Join(", ", points[^1].Point.Select(Number));
            notes.Add($"descent: {end}, at {(n == 1 ? last : $"[{last}]")}, where f is {Number(points[^1].Value)}.");
        }
        var ranges = Enumerable.Range(0, n).Select(k => options.Ranges.Count > k ? options.Ranges[k] : Around(options.Start?[k], path.Select(p => p.Entries[k]))).ToArray();
        foreach (var (low, high) in ranges)
            if (!(high - low > Narrowest * Math.Max(Math.Abs(low), Math.Abs(high))) || !double.IsFinite(high - low))
                throw new NablaException(ErrorCode.Request, string.Create(CultureInfo.InvariantCulture, $"A range must go from a smaller to a larger number that differs in its first nine digits, but it is {low}:{high}."));
        string svg = n == 1 ? Curve(function, ranges[0], options, path, names[0], notes) : Surface(function, ranges, options, path, names, notes);
        return new(svg, path, notes);
    }

    /// <summary>The range of values that a picture shows: all of them, without the few that run away.</summary>
    public static (double Low, double High)? Range(IReadOnlyList<double> values)
    {
        double[] sorted = [.. values.Where(double.IsFinite).Order()];
        if (sorted.Length == 0) return null;
        double low = sorted[0], high = sorted[^1], lower = sorted[sorted.Length / 50], upper = sorted[^(sorted.Length / 50 + 1)], middle = upper - lower;
        if (high - upper > 3 * middle && middle > 0) high = upper + 0.2 * middle;
        if (lower - low > 3 * middle && middle > 0) low = lower - 0.2 * middle;
        double size = Math.Max(Math.Abs(low), Math.Abs(high));
        double margin = high - low > Narrowest * size ? 0.06 * (high - low) : Math.Max(size == 0 ? 1 : 0, 0.5 * size);
        return (low - margin, high + margin);
    }

    // The path with as much around it; a path that runs away is not followed.
    private static (double Low, double High) Around(double? start, IEnumerable<double> path)
    {
        if (start is not { } x0) return (-3, 3);
        double low = x0, high = x0;
        foreach (double x in path.Where(x => Math.Abs(x - x0) < 50)) (low, high) = (Math.Min(low, x), Math.Max(high, x));
        double reach = Math.Max(1.5, 0.8 * (high - low));
        return ((low + high) / 2 - reach, (low + high) / 2 + reach);
    }

    private static (IReadOnlyList<(Variable, Derived)> Parts, Dictionary<string, NDArray<double>> Values, IReadOnlyList<string> Names, List<string> Notes) Parts(SurfaceRequest request)
    {
        var program = Questions.Typed(request);
        if (!program.ShapeOf(program.Syntax.Function).IsScalar) throw new NablaException(ErrorCode.Kind, "A picture is drawn of a scalar function, but this one has entries: take one of them, or a norm.");
        string[] wrt = request.Wrt.Count > 0 ? [.. request.Wrt] : [.. program.Variables.Select(v => v.Name).Where(v => !request.At.ContainsKey(v))];
        if (wrt.Length is 0 or > 2 || wrt.Distinct().Count() < wrt.Length)
            throw new NablaException(ErrorCode.Request, wrt.Length == 0 ? "Every variable has a value: say by which one or two the function is drawn." : $"A picture shows one variable of one or two entries or two different scalar variables, but there are {string.Join(", ", wrt)}: give values to the others.");
        var values = new Dictionary<string, NDArray<double>>(request.At, StringComparer.Ordinal);
        foreach (string name in wrt)
        {
            var shape = program.FindVariable(name)?.Shape ?? throw new NablaException(ErrorCode.Name, $"{name} is no variable of the program: its variables are {string.Join(", ", program.Variables.Select(v => v.Name))}.");
            if (request.At.TryGetValue(name, out var given)) values[name] = given;
            else if (shape.IsScalar) values[name] = NDArray<double>.Scalar(0);
            else if (shape.Kind is Kind.Column or Kind.Row && wrt.Length == 1 && (shape.Kind == Kind.Column ? shape.Rows : shape.Columns) is { Size: null or 1 or 2 } size) values[name] = NDArray<double>.Zeros((int)(size.Size ?? 2));
            else throw new NablaException(ErrorCode.Request, $"A picture shows functions of one or two numbers, but {name} is {(shape.IsScalar ? "a number" : $"of {shape}")}.");
            if (values[name].Count > 2 || (wrt.Length == 2 && values[name].Count > 1)) throw new NablaException(ErrorCode.Request, $"A picture shows functions of one or two numbers, but {name} has {values[name].Count} entries.");
        }
        string[] missing = [.. program.Variables.Select(v => v.Name).Where(v => !values.ContainsKey(v))];
        if (missing.Length > 0) throw new NablaException(ErrorCode.Request, $"A value is needed for {string.Join(", ", missing)}.");
        var parts = new List<(Variable, Derived)>();
        var notes = new List<string>();
        foreach (string name in wrt)
        {
            var derived = Questions.Derive(new() { Expression = request.Expression, Declare = request.Declare, Wrt = name, At = values, Work = request.Work });
            parts.Add((derived.Variable, derived));
            notes.AddRange(derived.Notes.Except(notes));
        }
        string[] names = wrt.Length == 2 ? wrt : values[wrt[0]].Count == 1 ? wrt : [$"{wrt[0]}[1]", $"{wrt[0]}[2]"];
        return (parts, values, names, notes);
    }

    private static string Curve(ScalarFunction function, (double Low, double High) range, PlotOptions options, List<DescentPoint> path, string name, List<string> notes)
    {
        double[] across = [.. Enumerable.Range(0, AcrossCurve + 1).Select(k => range.Low + (range.High - range.Low) * k / AcrossCurve)];
        double[] values = [.. across.Select(x => function.Value([x]))], slopes = [.. across.Select(x => function.Gradient([x])[0])];
        NoteGaps(values, notes);
        var shown = Range([.. values, .. path.Select(p => p.Value)]) ?? throw new NablaException(ErrorCode.Domain, $"The function has no finite value for {name} from {Number(range.Low)} to {Number(range.High)}.");
        var canvas = new Canvas(new(range.Low, range.High, shown.Low, shown.High), options.Width, options.Height);
        canvas.Path(Broken(across, slopes, shown), "derivative", "#9467bd", 1.2, "4 3");
        canvas.Path(Broken(across, values, shown), "curve", "#1f6fb4", 2);
        var legend = new List<(string, string)> { ("function", "#1f6fb4"), ("derivative", "#9467bd") };
        if (options.Start is [double start] && function.Value([start]) is var f && double.IsFinite(f))
        {
            double slope = function.Gradient([start])[0];
            canvas.Path([(range.Low, f + slope * (range.Low - start)), (range.High, f + slope * (range.High - start))], "tangent", "#2a8a3e", 1.3);
            legend.Add(("tangent", "#2a8a3e"));
            if (path.Count > 1) legend.Add(("gradient descent", "#d03020"));
            Steps(canvas, [.. path.Select(p => (p.Entries[0], p.Value))]);
            canvas.Dot(start, f, 4.5, "start", "#2a8a3e", $"start: {Number(start)}");
        }
        return canvas.Write($"The function and its derivative for {name} from {Number(range.Low)} to {Number(range.High)}", name, "", legend);
    }

    private static string Surface(ScalarFunction function, (double Low, double High)[] ranges, PlotOptions options, List<DescentPoint> path, IReadOnlyList<string> names, List<string> notes)
    {
        var window = new Window(ranges[0].Low, ranges[0].High, ranges[1].Low, ranges[1].High);
        double X(double k, int count) => window.Left + (window.Right - window.Left) * k / (count - 1);
        double Y(double k, int count) => window.Bottom + (window.Top - window.Bottom) * k / (count - 1);
        var values = new double[AcrossGrid, AcrossGrid];
        for (int i = 0; i < AcrossGrid; i++)
            for (int j = 0; j < AcrossGrid; j++) values[i, j] = function.Value([X(i, AcrossGrid), Y(j, AcrossGrid)]);
        NoteGaps([.. values.Cast<double>()], notes);
        if (!values.Cast<double>().Any(double.IsFinite)) throw new NablaException(ErrorCode.Domain, $"The function has no finite value for {names[0]} from {Number(window.Left)} to {Number(window.Right)} and {names[1]} from {Number(window.Bottom)} to {Number(window.Top)}.");
        var canvas = new Canvas(window, options.Width, options.Height);
        double[] levels = Contours.Levels(values, Levels);
        for (int k = 0; k < levels.Length; k++)
            canvas.Segments(Contours.Of(values, window, levels[k]), "contour", Colour((double)k / Math.Max(1, levels.Length - 1)), 1.4, $"f = {Number(levels[k])}");
        Arrows(canvas, function, X, Y);
        if (options.Start is [double x, double y])
        {
            Steps(canvas, [.. path.Select(p => (p.Entries[0], p.Entries[1]))]);
            canvas.Dot(x, y, 4.5, "start", "#2a8a3e", $"start: {Number(x)}, {Number(y)}");
        }
        string low = levels.Length > 0 ? $"low (f = {Number(levels[0])})" : "", high = levels.Length > 0 ? $"high (f = {Number(levels[^1])})" : "";
        List<(string, string)> legend = levels.Length > 0 ? [(low, Colour(0)), (high, Colour(1)), ("gradient", "#888888")] : [("gradient", "#888888")];
        if (path.Count > 1) legend.Add(("gradient descent", "#d03020"));
        return canvas.Write($"Contour lines and gradient of the function for {names[0]} and {names[1]}", names[0], names[1], legend);
    }

    // Lengths grow with the root of the gradient's, so that small ones are seen beside large ones.
    private static void Arrows(Canvas canvas, ScalarFunction function, Func<double, int, double> X, Func<double, int, double> Y)
    {
        var arrows = new List<(double X, double Y, double Dx, double Dy, double Size)>();
        for (int i = 0; i < AcrossArrows; i++)
            for (int j = 0; j < AcrossArrows; j++)
            {
                var (x, y) = (X(i + 0.5, AcrossArrows + 1), Y(j + 0.5, AcrossArrows + 1));
                double[] g = function.Gradient([x, y]);
                // A gradient is orthogonal to the contours where both axes have one scale: its picture follows the scales.
                var (dx, dy) = (g[0] * canvas.ScaleX, g[1] * canvas.ScaleY);
                double size = Math.Sqrt(dx * dx + dy * dy);
                if (double.IsFinite(size) && size > 0) arrows.Add((x, y, dx / size, dy / size, Math.Sqrt(size)));
            }
        if (arrows.Count == 0) return;
        double[] sizes = [.. arrows.Select(a => a.Size).Order()];
        double top = sizes[(int)(0.95 * (sizes.Length - 1))];
        foreach (var (x, y, dx, dy, size) in arrows)
        {
            double length = 20 * Math.Min(1, size / top);
            canvas.Arrow(x, y, dx * length, dy * length, "gradient", "#888888");
        }
    }

    private static void Steps(Canvas canvas, IReadOnlyList<(double X, double Y)> points)
    {
        if (points.Count < 2) return;
        canvas.Path(points, "path", "#d03020", 1.6);
        for (int k = 1; k < points.Count; k++) canvas.Dot(points[k].X, points[k].Y, k == points.Count - 1 ? 4.5 : 2.2, k == points.Count - 1 ? "end" : "path", "#d03020", k == points.Count - 1 ? $"end: {Number(points[k].X)}, {Number(points[k].Y)}" : "");
    }

    // A curve is not drawn through its poles.
    private static IEnumerable<(double, double)> Broken(double[] across, double[] values, (double Low, double High) shown)
    {
        double height = shown.High - shown.Low;
        for (int k = 0; k < across.Length; k++)
        {
            if (k > 0 && Math.Abs(values[k] - values[k - 1]) > 2 * height) yield return (double.NaN, double.NaN);
            yield return (across[k], Math.Clamp(values[k], shown.Low - 5 * height, shown.High + 5 * height));
        }
    }

    private static void NoteGaps(IReadOnlyCollection<double> values, List<string> notes)
    {
        int gaps = values.Count(v => !double.IsFinite(v));
        if (gaps > 0) notes.Add(string.Create(CultureInfo.InvariantCulture, $"gaps: the function has no finite value at {100.0 * gaps / values.Count:0.#} % of the window."));
    }

    // From blue over teal to orange: readable without red and green, too.
    private static string Colour(double t)
    {
        (double R, double G, double B)[] stops = [(38, 70, 150), (40, 150, 150), (150, 180, 70), (230, 150, 40)];
        double at = t * (stops.Length - 1);
        int k = Math.Min(stops.Length - 2, (int)at);
        double u = at - k;
        var (a, b) = (stops[k], stops[k + 1]);
        return $"#{(int)(a.R + u * (b.R - a.R)):x2}{(int)(a.G + u * (b.G - a.G)):x2}{(int)(a.B + u * (b.B - a.B)):x2}";
    }

    private static string Number(double x) => Ticks.Text(Math.Round(x, 10)).Replace('−', '-');
}
