using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Explanation.Jacobians;

/// <summary>Small integers for variables without values, so that an example can be followed in the head.</summary>
internal static class SmallValues
{
    /// <summary>The given values, and small integers for the others.</summary>
    /// <exception cref="NablaException">A dimension of a variable is no name and no number (<see cref="ErrorCode.Request"/>).</exception>
    public static Dictionary<string, NDArray<double>> Of(IReadOnlyList<Variable> variables, IReadOnlyDictionary<string, NDArray<double>> given)
    {
        var values = new Dictionary<string, NDArray<double>>(given, StringComparer.Ordinal);
        var sizes = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var v in variables)
            if (given.TryGetValue(v.Name, out var value))
            {
                if (v.Shape.Rows.Name is { } rows) sizes[rows] = v.Shape.Kind == Kind.Row ? 1 : value.Shape[0];
                if (v.Shape.Columns.Name is { } columns) sizes[columns] = v.Shape.Kind == Kind.Row ? value.Shape[^1] : value.Order < 2 ? 1 : value.Shape[1];
            }
        int Size(Variable v, Dimension d)
        {
            if (d.Size is { } known) return (int)Math.Min(known, int.MaxValue);
            if (d.Name is not { } name) throw new NablaException(ErrorCode.Request, $"The size {d} of {v.Name} cannot be chosen: give a value for {v.Name}.");
            return sizes.TryGetValue(name, out int size) ? size : sizes[name] = 2 + sizes.Count % 2;
        }
        int next = 0;
        foreach (var v in variables)
        {
            if (values.ContainsKey(v.Name)) continue;
            int m = Size(v, v.Shape.Rows), n = Size(v, v.Shape.Columns);
            if ((long)m * n > JacobianDrawing.MostEntries) throw JacobianDrawing.TooLarge(v.Name, m, n);
            double Entry() => 1 + next++ * 3 % 7;
            var entries = NDArray<double>.Zeros(m, n);
            for (int i = 0; i < m; i++)
                for (int j = 0; j < n; j++) entries[i, j] = v.Properties.HasFlag(Properties.Orthogonal) ? (i == j ? 1 : 0) : Structured(v.Properties, i, j, entries, Entry, n);
            values[v.Name] = v.Shape.Kind switch { Kind.Scalar => NDArray<double>.Scalar(entries[0, 0]), Kind.Matrix => entries, _ => NDArray<double>.FromSpan(entries.ToArray(), m * n) };
        }
        return values;
    }

    private static double Structured(Properties p, int i, int j, NDArray<double> before, Func<double> entry, int n)
    {
        if (i != j && (p.HasFlag(Properties.Diagonal) || (j > i && p.HasFlag(Properties.LowerTriangular)) || (j < i && p.HasFlag(Properties.UpperTriangular)))) return 0;
        if (p.HasFlag(Properties.PositiveDefinite)) return i == j ? n + 1 : 1;
        return p.HasFlag(Properties.Symmetric) && j < i ? before[j, i] : entry();
    }
}
