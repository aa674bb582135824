using Nabla.Expressions.Calculus;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;
using Nabla.Numerics;

namespace Nabla.Expressions.Explanation;

/// <summary>Checks the steps of a derivation at points of the domain, with the interpreter of the notation and with differences.</summary>
/// <remarks>The derivative of a piece along a direction is found from central differences, extrapolated twice (Richardson).</remarks>
internal sealed class StepProof
{
    private readonly TypedProgram _program;
    private readonly Work _work;
    private readonly Random _random = new(20260723);
    private readonly Dictionary<string, double[]?[]?> _changes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Shape> _shapes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Properties> _properties = new(StringComparer.Ordinal);
    private readonly List<(Dictionary<string, Value> Values, IReadOnlyDictionary<string, long> Sizes)> _points = [];

    /// <param name="program">The program.</param>
    /// <param name="points">Points of its domain.</param>
    /// <param name="work">The budget.</param>
    public StepProof(TypedProgram program, IEnumerable<(IReadOnlyDictionary<string, NDArray<double>> Values, IReadOnlyDictionary<string, long> Sizes)> points, Work work)
    {
        (_program, _work) = (program, work);
        foreach (var v in program.Variables) (_shapes[v.Name], _properties[v.Name]) = (v.Shape, v.Properties);
        foreach (var (values, sizes) in points)
            _points.Add((program.Variables.ToDictionary(v => v.Name, v => Values.Of(v.Shape.Kind, values[v.Name]), StringComparer.Ordinal), sizes));
    }

    /// <summary>The number of points.</summary>
    public int Points => _points.Count;

    /// <summary>The values and sizes of a point.</summary>
    public (IReadOnlyDictionary<string, Value> Values, IReadOnlyDictionary<string, long> Sizes) this[int point] => _points[point];

    /// <summary>The shape of a name.</summary>
    public Shape ShapeOf(string name) => _shapes[name];

    /// <summary>Says what is known of a quantity.</summary>
    public void Know(string name, Properties properties) => _properties[name] = properties;

    /// <summary>Whether a name is taken.</summary>
    public bool IsKnown(string name) => _shapes.ContainsKey(name);

    /// <summary>Gives a quantity its value at every point; points at which it has none are dropped.</summary>
    public void Define(string name, SyntaxNode value, Shape shape)
    {
        var typed = Type(value);
        for (int k = _points.Count - 1; k >= 0; k--)
        {
            if (Evaluate(typed, k) is { } found) _points[k].Values[name] = found.As(shape.Kind, found.Rows, found.Columns);
            else _points.RemoveAt(k);
        }
        _shapes[name] = shape;
    }

    /// <summary>Gives a name a random direction at every point, of the shape and structure of what it is the change of.</summary>
    public void Direct(string name, string of)
    {
        var shape = _shapes[of];
        var variable = _program.FindVariable(of);
        for (int k = 0; k < _points.Count; k++)
        {
            var x = _points[k].Values[of];
            double[] entries = new double[x.Count];
            for (int i = 0; i < entries.Length; i++) entries[i] = 2 * _random.NextDouble() - 1;
            if (shape.Kind == Kind.Matrix && x.Rows == x.Columns && variable is not null) Shape(entries, x.Rows, variable.Properties);
            _points[k].Values[name] = Value.Of(shape.Kind, x.Rows, x.Columns, entries);
        }
        _shapes[name] = shape;
    }

    private static void Shape(double[] a, int n, Properties p)
    {
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                if (i != j && (p.HasFlag(Properties.Diagonal) || (j > i && p.HasFlag(Properties.LowerTriangular)) || (j < i && p.HasFlag(Properties.UpperTriangular)))) a[i * n + j] = 0;
                else if (p.HasFlag(Properties.Symmetric) && j < i) a[i * n + j] = a[j * n + i];
    }

    /// <summary>An expression over the known names, typed.</summary>
    /// <exception cref="NablaException">It does not fit.</exception>
    public TypedProgram Type(SyntaxNode expression) => Type(new ProgramSyntax([], [], expression, []));

    /// <summary>A program over the known names, typed.</summary>
    /// <exception cref="NablaException">It does not fit.</exception>
    public TypedProgram Type(ProgramSyntax program)
    {
        // A program may bind a name again that is a quantity here.
        var bound = program.Bindings.SelectMany(b => b.Names).ToHashSet(StringComparer.Ordinal);
        Declaration[] declarations = [.. _shapes.Where(s => !bound.Contains(s.Key)).Select(s => new Declaration(s.Key, s.Value, _properties.GetValueOrDefault(s.Key), default))];
        return Inference.Infer(program, declarations, work: _work);
    }

    /// <summary>The value at a point; null where there is none.</summary>
    public Value? Evaluate(TypedProgram typed, int point)
    {
        try
        {
            var value = Interpreter.Evaluate(typed, _points[point].Values, _work).Value;
            if (value.IsComplex) return null;
            foreach (double e in value.Real) if (!double.IsFinite(e)) return null;
            return value;
        }
        catch (NablaException e) when (e.Code is not (ErrorCode.Limit or ErrorCode.Internal))
        {
            return null;
        }
    }

    /// <summary>The largest relative difference of two expressions; null where they do not fit or have no values.</summary>
    public double? Difference(ProgramSyntax left, ProgramSyntax right)
    {
        if (Typed(left) is not { } x || Typed(right) is not { } y) return null;
        return Largest(k => (Evaluate(x, k)?.Real.ToArray(), Evaluate(y, k)?.Real.ToArray()));
    }

    /// <summary>The largest relative difference of an expression from entries that are known.</summary>
    public double? DifferenceFrom(ProgramSyntax expression, Func<int, double[]?> entries) =>
        Typed(expression) is { } typed ? Largest(k => (Evaluate(typed, k)?.Real.ToArray(), entries(k))) : null;

    /// <summary>The largest relative difference of a differential from the differences of an expression, when every name changes along its own differential.</summary>
    public double? Differential(SyntaxNode expression, ProgramSyntax differential, IReadOnlyDictionary<string, string> differentials) =>
        Typed(differential) is { } typed ? DifferentialError(expression, k => Evaluate(typed, k)?.Real.ToArray(), differentials) : null;

    /// <summary>The same, for a derivative along the differentials that is given by its entries.</summary>
    public double? DifferentialError(SyntaxNode expression, Func<int, double[]?> derivative, IReadOnlyDictionary<string, string> differentials)
    {
        // Several steps ask for the same change: a piece's own, the step's that it is in, the quantity's.
        string key = $"{string.Join(',', differentials.Keys)}: {SyntaxComparer.Encode(expression)}";
        if (!_changes.TryGetValue(key, out double[]?[]? changes))
            _changes[key] = changes = Typed(new([], [], expression, [])) is { } function ? [.. Enumerable.Range(0, _points.Count).Select(k => Change(function, k, differentials))] : null;
        return changes is null ? null : Largest(k => (derivative(k), changes[k]));
    }

    /// <summary>The largest relative error of pairs of entries at the points; null where no point has both.</summary>
    public double? Largest(Func<int, (double[]? Found, double[]? Expected)> entries)
    {
        double? largest = null;
        for (int k = 0; k < _points.Count; k++)
        {
            var (found, expected) = entries(k);
            if (found is null || expected is null) continue;
            if (found.Length != expected.Length) return double.PositiveInfinity;
            double top = 0, error = 0;
            for (int i = 0; i < found.Length; i++)
            {
                top = Math.Max(top, Math.Max(Math.Abs(found[i]), Math.Abs(expected[i])));
                error = Math.Max(error, Math.Abs(found[i] - expected[i]));
            }
            if (double.IsNaN(error)) continue;
            largest = Math.Max(largest ?? 0, error == 0 ? 0 : error / (top + 1e-4));
        }
        return largest;
    }

    private TypedProgram? Typed(ProgramSyntax program)
    {
        try
        {
            return Type(program);
        }
        catch (NablaException e) when (e.Code is not (ErrorCode.Limit or ErrorCode.Internal))
        {
            return null;
        }
    }

    // Richardson: steps h, h/2, h/4, ... until the change has settled; the entry that changes least wins.
    private double[]? Change(TypedProgram function, int point, IReadOnlyDictionary<string, string> differentials)
    {
        const int Levels = 6;
        const double Settled = 1e-11;
        var values = _points[point].Values;
        var moved = new Dictionary<string, Value>(values, StringComparer.Ordinal);
        double[]? best = null;
        double smallest = double.PositiveInfinity, h = 0.03;
        var previous = new List<double[]>();
        for (int level = 0; level < Levels; level++, h /= 2)
        {
            if (At(h) is not { } up || At(-h) is not { } down)
            {
                previous.Clear();
                continue;
            }
            double[] slope = new double[up.Length];
            for (int i = 0; i < slope.Length; i++) slope[i] = (up[i] - down[i]) / (2 * h);
            var row = new List<double[]> { slope };
            double power = 4;
            for (int j = 0; j < previous.Count; j++, power *= 4)
            {
                double[] next = new double[slope.Length];
                double change = 0;
                for (int i = 0; i < next.Length; i++)
                {
                    next[i] = (row[j][i] * power - previous[j][i]) / (power - 1);
                    change = Math.Max(change, Math.Abs(next[i] - previous[j][i]));
                }
                row.Add(next);
                if (change < smallest) (best, smallest) = (next, change);
            }
            if (best is not null && smallest <= Settled * best.Max(Math.Abs)) break;
            previous = row;
        }
        return best;

        double[]? At(double step)
        {
            foreach (var (name, d) in differentials)
            {
                var (x, dx) = (values[name], values[d]);
                double[] entries = new double[x.Count];
                for (int i = 0; i < entries.Length; i++) entries[i] = x.Real[i] + step * dx.Real[i];
                moved[name] = Value.Of(x.Kind, x.Rows, x.Columns, entries);
            }
            try
            {
                var outcome = Interpreter.Evaluate(function, moved, _work).Value;
                double[] entries = outcome.Real.ToArray();
                return outcome.IsComplex || !Array.TrueForAll(entries, double.IsFinite) ? null : entries;
            }
            catch (NablaException e) when (e.Code is not (ErrorCode.Limit or ErrorCode.Internal))
            {
                return null;
            }
        }
    }
}
