using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Calculus;

/// <summary>Compares a derivative with the function at random points of its domain.</summary>
/// <remarks>
/// The function is evaluated by the interpreter of syntax trees, the derivatives by the evaluator of tensors. At each point every order
/// is compared, in a random direction of the variable, with central differences of the order before, extrapolated to step zero
/// (Ridders 1982). Points where the function has no finite value, or a kink between the differences, are drawn again.
/// </remarks>
internal sealed class Proof
{
    /// <summary>The relative error above which a point speaks against the derivative.</summary>
    public const double Tolerance = 1e-6;

    // Of the largest entry on the way: differences of what is zero but for rounding are noise of this size.
    private const double Noise = 1e-2;

    // Of the largest entry on the way: the root of what one rounding is.
    private const double EdgeNoise = 1e-7;

    private const int MaxEntries = 5_000;
    private const int LargeFunction = 2_000;
    private const int MaxAttempts = 40;
    private const int MaxWideAttempts = 400;

    private readonly TypedProgram _program;
    private readonly Variable _variable;
    private readonly IReadOnlyList<Node> _orders;
    private readonly Work _work;
    private readonly SamplePoints _points;
    private readonly int _wanted;

    /// <param name="program">The program.</param>
    /// <param name="variable">The variable.</param>
    /// <param name="orders">The function, its derivative, ... up to the order in question.</param>
    /// <param name="work">The budget.</param>
    public Proof(TypedProgram program, Variable variable, IReadOnlyList<Node> orders, Work work)
    {
        (_program, _variable, _orders, _work) = (program, variable, orders, work);
        var (least, nodes) = LeastSizes(orders[0]);
        _points = new(program, least, 20260721);
        _wanted = nodes > LargeFunction ? 1 : 3;
    }

    /// <summary>A point of the domain with its values and sizes: what texts are compared at.</summary>
    public List<(IReadOnlyDictionary<string, NDArray<double>> Values, IReadOnlyDictionary<string, long> Sizes)> Points { get; } = [];

    /// <summary>Whether the variables, or the derivative, have too many entries for random points.</summary>
    public bool IsTooLarge => _program.Variables.Any(v => Entries(v.Shape.Axes) > MaxEntries) || Entries(_orders[^1].Axes) > 20 * MaxEntries;

    // Named sizes are chosen small.
    private static double Entries(IReadOnlyList<Dimension> axes) => axes.Aggregate(1.0, (n, a) => n * (a.Size ?? 1));

    /// <summary>The result; null if no point of the domain was found.</summary>
    /// <exception cref="NablaException">The derivative does not agree with the function (<see cref="ErrorCode.Internal"/>).</exception>
    public CheckResult? Check()
    {
        int against = 0;
        double largest = 0, worst = 0;
        for (int attempt = 0; Points.Count < _wanted && (attempt < MaxAttempts || (Points.Count + against == 0 && attempt < MaxWideAttempts)); attempt++)
        {
            _work.Check();
            var sizes = _points.Sizes(attempt);
            int way = attempt < 3 ? 0 : attempt < MaxAttempts ? attempt % SamplePoints.Ways : SamplePoints.Ways;
            var values = new Dictionary<string, NDArray<double>>(StringComparer.Ordinal);
            try
            {
                foreach (var v in _program.Variables) values[v.Name] = _points.Value(v, sizes, way);
                double error = ErrorAt(values, sizes);
                if (double.IsNaN(error)) continue;
                if (error > Tolerance)
                {
                    against++;
                    worst = Math.Max(worst, error);
                    if (against > 4 + Points.Count) break;
                    continue;
                }
                largest = Math.Max(largest, error);
                Points.Add((values, sizes));
            }
            catch (NablaException e) when (e.Code is ErrorCode.Domain or ErrorCode.Singular or ErrorCode.Shape or ErrorCode.Kind)
            {
                // Not a point of the domain.
            }
        }
        if (against > Points.Count)
            throw new NablaException(ErrorCode.Internal, $"The derivative does not agree with the function: the relative error is {worst:g3} at {against} of {against + Points.Count} random points.");
        return Points.Count == 0 ? null : new("extrapolated central differences", Points.Count, largest);
    }

    /// <summary>Draws one point at which the derivative has a value, without a proof: texts are still compared with it.</summary>
    public void Draw()
    {
        for (int attempt = 0; attempt < 2 * SamplePoints.Ways && Points.Count == 0; attempt++)
        {
            var sizes = _points.Sizes(attempt);
            try
            {
                var values = _program.Variables.ToDictionary(v => v.Name, v => _points.Value(v, sizes, attempt % SamplePoints.Ways), StringComparer.Ordinal);
                if (new TensorEvaluator(values, sizes, _work).Evaluate(_orders[^1]).ToArray().All(double.IsFinite)) Points.Add((values, sizes));
            }
            catch (NablaException e) when (e.Code is ErrorCode.Domain or ErrorCode.Singular or ErrorCode.Shape or ErrorCode.Kind)
            {
                // Not a point of the domain.
            }
        }
    }

    /// <summary>The least sizes that fixed indices demand, by dimension, and the number of tensors.</summary>
    internal static (Dictionary<string, long> Sizes, int Nodes) LeastSizes(Node function)
    {
        var least = new Dictionary<string, long>(StringComparer.Ordinal);
        var nodes = function.WithOperands();
        foreach (var n in nodes)
        {
            foreach (var d in n.Axes) foreach (string name in d.Names) least.TryAdd(name, 2);
            if (n is UnitNode { Axes: [{ Name: { } dimension }] } u) least[dimension] = Math.Max(least[dimension], u.Index);
        }
        return (least, nodes.Count);
    }

    private double ErrorAt(Dictionary<string, NDArray<double>> values, Dictionary<string, long> sizes)
    {
        var x = values[_variable.Name];
        var direction = _points.Direction(_variable, x);
        double largest = 0, magnitude = 0;
        bool kink = false;
        for (int order = 0; order < _orders.Count; order++)
        {
            var evaluator = new TensorEvaluator(values, sizes, _work, takesSubgradients: order > 0);
            var value = evaluator.Evaluate(_orders[order]);
            double[] exact = value.ToArray();
            if (exact.Any(e => !double.IsFinite(e))) return double.NaN;
            if (order == 0)
            {
                kink = evaluator.Kinks.Count > 0;
                double[] function = Function(values);
                if (function.Any(e => !double.IsFinite(e))) return double.NaN;
                // What is zero here may be noise there: orthogonal matrices are so in the last digits only.
                largest = RelativeError(exact, function, Math.Max(1e-3 * evaluator.Magnitude, SizeIfZero(exact, x)));
                if (largest > Tolerance && IsNoise(exact, function, values, evaluator)) return double.NaN;
                continue;
            }
            // A derivative that rounding decides, as at the edge of a domain, has no value there.
            var rounding = RoundingError.Of(_orders[order], value, evaluator);
            if (rounding.Decides) return double.NaN;
            var before = order == 1 ? (Func<Dictionary<string, NDArray<double>>, double[]>)Function : v => new TensorEvaluator(v, sizes, _work).Evaluate(_orders[order - 1]).ToArray();
            double[] along = Along(exact, direction);
            var (difference, scale, change, step) = Differences(before, values, x, direction);
            if (difference is null) return double.NaN;
            // What cancels in the orders before, or on the way, is noise in this one.
            magnitude = Math.Max(magnitude, Math.Max(scale, Noise * evaluator.Magnitude));
            magnitude = Math.Max(magnitude, SizeIfZero(exact, x));
            // Differences that do not settle, as at the edge of a domain, say nothing.
            if (change > Tolerance / 10 * (difference.Max(Math.Abs) + 1e-4 * magnitude)) return double.NaN;
            double error = RelativeError(along, difference, magnitude);
            // Differences speak against a derivative only where they have settled by their own measure.
            if (error > Tolerance && change > Tolerance / 10 * difference.Max(Math.Abs)) return double.NaN;
            // Nor where rounding errors weigh as much, those of the function too: acos(erf(x)) for erf(x) close to 1 rises in stairs.
            if (error > Tolerance && along.Zip(difference).Max(v => Math.Abs(v.First - v.Second)) <= rounding.Change + Rounding(order - 1, values, sizes) / step) return double.NaN;
            if (error > largest) largest = error;
        }
        // At a kink differences may halve what a subgradient is: there they can speak for the derivative, as at the zeros of a diagonal matrix, but not against it.
        return kink && largest > Tolerance ? double.NaN : largest;
    }

    private double Rounding(int order, Dictionary<string, NDArray<double>> values, Dictionary<string, long> sizes)
    {
        var evaluator = new TensorEvaluator(values, sizes, _work, takesSubgradients: order > 0);
        return RoundingError.Of(_orders[order], evaluator.Evaluate(_orders[order]), evaluator).Change;
    }

    // Whether the core's value and the program's may differ though both are right.
    private bool IsNoise(double[] exact, double[] function, Dictionary<string, NDArray<double>> values, TensorEvaluator evaluator) =>
        // Where a piece is infinite, what follows from it is a matter of signs of zeros.
        evaluator.IsBeyondRange
        // A program may stand at the edge of a domain by rounding alone: acos(tan(atan(1))).
        || exact.Zip(function).All(v => Math.Abs(v.First - v.Second) <= EdgeNoise * evaluator.Magnitude)
        // The last digits of the point may decide the value: a determinant that is zero but for rounding.
        || RelativeError(Function(Shaken(values)), function, 0) > Tolerance;

    private double[] Function(Dictionary<string, NDArray<double>> values)
    {
        var given = new Dictionary<string, Value>(StringComparer.Ordinal);
        foreach (var v in _program.Variables) given[v.Name] = Values.Of(v.Shape.Kind, values[v.Name]);
        return Interpreter.Evaluate(_program, given, _work).Value.Real.ToArray();
    }

    // What is zero may be noise where it is computed as it is written: S \ S - eye(n).
    private static double SizeIfZero(double[] exact, NDArray<double> x) => exact.All(e => e == 0) ? x.ToArray().Max(Math.Abs) : 0;

    private static Dictionary<string, NDArray<double>> Shaken(Dictionary<string, NDArray<double>> values) => values.ToDictionary(v => v.Key, v => v.Value * (1 + 1e-13));

    private static double RelativeError(double[] exact, double[] found, double scale)
    {
        if (exact.Length != found.Length) return double.PositiveInfinity;
        double top = 0, error = 0;
        for (int i = 0; i < exact.Length; i++)
        {
            top = Math.Max(top, Math.Max(Math.Abs(exact[i]), Math.Abs(found[i])));
            error = Math.Max(error, Math.Abs(exact[i] - found[i]));
        }
        return error == 0 ? 0 : error / (top + 1e-4 * scale);
    }

    // The derivative of every entry in a direction: the last axes are the variable's.
    private static double[] Along(double[] derivative, NDArray<double> direction)
    {
        double[] d = direction.ToArray();
        double[] result = new double[derivative.Length / d.Length];
        for (int i = 0; i < result.Length; i++)
            for (int k = 0; k < d.Length; k++) result[i] += derivative[i * d.Length + k] * d[k];
        return result;
    }

    // Ridders' tableau: central differences with shorter and shorter steps, extrapolated; the entry with the smallest change wins.
    private (double[]? Derivative, double Scale, double Change, double Step) Differences(
        Func<Dictionary<string, NDArray<double>>, double[]> function, Dictionary<string, NDArray<double>> values, NDArray<double> x, NDArray<double> direction)
    {
        const int Levels = 7;
        var shifted = new Dictionary<string, NDArray<double>>(values, StringComparer.Ordinal);
        double[] At(double h)
        {
            shifted[_variable.Name] = SamplePoints.Moved(_variable, x, direction, h);
            return function(shifted);
        }

        var previous = new List<double[]>();
        double[]? best = null;
        double smallest = double.PositiveInfinity, scale = 0, step = 0.04, last = step;
        for (int level = 0; level < Levels; level++, step /= 2.5)
        {
            _work.Check();
            double[] up, down;
            try
            {
                (up, down) = (At(step), At(-step));
            }
            catch (NablaException e) when (e.Code is ErrorCode.Domain or ErrorCode.Singular)
            {
                previous.Clear();
                continue;
            }
            if (up.Any(e => !double.IsFinite(e)) || down.Any(e => !double.IsFinite(e)))
            {
                previous.Clear();
                continue;
            }
            var row = new List<double[]> { new double[up.Length] };
            for (int i = 0; i < up.Length; i++)
            {
                row[0][i] = (up[i] - down[i]) / (2 * step);
                scale = Math.Max(scale, Math.Abs(up[i]));
            }
            double power = 2.5 * 2.5;
            for (int k = 0; k < previous.Count; k++, power *= 2.5 * 2.5)
            {
                double[] next = new double[up.Length];
                double change = 0;
                for (int i = 0; i < next.Length; i++)
                {
                    next[i] = (row[k][i] * power - previous[k][i]) / (power - 1);
                    change = Math.Max(change, Math.Max(Math.Abs(next[i] - row[k][i]), Math.Abs(next[i] - previous[k][i])));
                }
                row.Add(next);
                if (change < smallest) (best, smallest, last) = (next, change, step);
            }
            previous = row;
        }
        return (best, scale, smallest, last);
    }
}
