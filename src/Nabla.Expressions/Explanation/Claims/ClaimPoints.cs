using Nabla.Expressions.Calculus;
using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Explanation.Claims;

/// <summary>Draws the points at which a claim is compared with the derivative: several values at one set of sizes, then other sizes.</summary>
/// <param name="derived">The program and its derivative.</param>
/// <param name="work">The budget.</param>
internal sealed class ClaimPoints(Derived derived, Work work)
{
    private const int OtherSizes = 3;
    private const double MostEntries = 20_000;

    private readonly SamplePoints _points = new(derived.Program, Proof.LeastSizes(derived.Proven.Orders[0]).Sizes, 20260722);

    /// <summary>The points: groups of equal sizes.</summary>
    /// <exception cref="NablaException">The declared sizes are too large for comparisons (<see cref="ErrorCode.Limit"/>).</exception>
    public List<SamplePoint[]> Draw()
    {
        double entries = derived.Proven.Orders[^1].Axes.Concat(derived.Program.Variables.SelectMany(v => v.Shape.Axes)).Max(a => (double?)(a.Size ?? 3)) ?? 1;
        if (entries * entries > MostEntries) throw new NablaException(ErrorCode.Limit, $"A claim is compared at random points, but a size here is {entries}: declare it by a name.");
        var groups = new List<SamplePoint[]> { Group(0, derived.Proven.Orders[^1].Order == 0 ? 14 : 8) };
        for (int round = 1; round <= OtherSizes; round++) groups.Add(Group(round, 2));
        groups.RemoveAll(g => g.Length == 0);
        return groups;
    }

    /// <summary>The same values with some square matrices made symmetric; null where that leaves the domain.</summary>
    public SamplePoint? Symmetrised(SamplePoint point, IReadOnlyCollection<string> names)
    {
        var values = new Dictionary<string, NDArray<double>>(point.Entries, StringComparer.Ordinal);
        foreach (string name in names) values[name] = (values[name] + values[name].Transpose()) * 0.5;
        return At(values, point.Sizes);
    }

    /// <summary>The derivative at given values; null where it, or the function, has no finite value there.</summary>
    public SamplePoint? At(Dictionary<string, NDArray<double>> entries, Dictionary<string, long> sizes)
    {
        try
        {
            var values = derived.Program.Variables.ToDictionary(v => v.Name, v => Values.Of(v.Shape.Kind, entries[v.Name]), StringComparer.Ordinal);
            var outcome = Interpreter.Evaluate(derived.Program, values, work);
            if (outcome.Kinks.Count > 0 || !AreFinite(outcome.Value.Real)) return null;
            var evaluator = new TensorEvaluator(entries, sizes, work);
            var derivative = evaluator.Evaluate(derived.Proven.Orders[^1]);
            if (evaluator.Kinks.Count > 0 || !AreFinite(derivative.AsContiguous().AsSpan())) return null;
            return new(entries, sizes, values, LaidOut(derivative), 1e-13 * evaluator.Magnitude);
        }
        catch (NablaException e) when (e.Code is ErrorCode.Domain or ErrorCode.Singular or ErrorCode.Shape or ErrorCode.Kind)
        {
            return null;
        }
    }

    /// <summary>A derivative as a value: of more than two axes as the Jacobian of vec(F) by vec(X).</summary>
    public Value LaidOut(NDArray<double> derivative)
    {
        var function = derived.Program.ShapeOf(derived.Program.Syntax.Function);
        int f = function.Axes.Count;
        switch (derivative.Order)
        {
            case 0: return Value.Scalar(derivative.ToScalar());
            case 1: return Values.Of(f == 1 && function.Kind == Kind.Row ? Kind.Row : Kind.Column, derivative);
            case 2: return Values.Of(Kind.Matrix, derivative);
        }
        // vec stacks columns: within the axes of the function, and of the variable, the first runs fastest.
        int[] order = [.. Enumerable.Range(0, f).Reverse(), .. Enumerable.Range(f, derivative.Order - f).Reverse()];
        int rows = derivative.Shape[..f].ToArray().Aggregate(1, (m, n) => m * n);
        var stacked = derivative.Permute(order).AsContiguous();
        return Values.Of(Kind.Matrix, stacked.Reshape(rows, (int)(stacked.Count / Math.Max(rows, 1))));
    }

    private SamplePoint[] Group(int round, int wanted)
    {
        var sizes = _points.Sizes(round);
        var found = new List<SamplePoint>();
        for (int attempt = 0; attempt < 5 * wanted && found.Count < wanted; attempt++)
        {
            work.Check();
            try
            {
                var entries = derived.Program.Variables.ToDictionary(v => v.Name, v => _points.Value(v, sizes, attempt % SamplePoints.Ways), StringComparer.Ordinal);
                if (At(entries, sizes) is { } point) found.Add(point);
            }
            catch (NablaException e) when (e.Code == ErrorCode.Shape)
            {
                break;
            }
        }
        return [.. found];
    }

    private static bool AreFinite(ReadOnlySpan<double> entries)
    {
        foreach (double e in entries) if (!double.IsFinite(e)) return false;
        return true;
    }
}
