using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Compilation;

/// <summary>Finds the sizes of the named dimensions from the shapes of the inputs.</summary>
internal static class DimensionBinding
{
    /// <summary>The sizes.</summary>
    /// <exception cref="NablaException">A shape does not fit its variable, or two of them give a dimension two sizes (<see cref="ErrorCode.Shape"/>).</exception>
    public static Dictionary<string, long> Solve(IReadOnlyList<(Variable Variable, int[] Shape)> inputs)
    {
        var sizes = new Dictionary<string, (long Size, string Source)>(StringComparer.Ordinal);
        var open = new List<(Dimension Dimension, long Size, Variable Variable)>();
        foreach (var (variable, shape) in inputs)
        {
            var axes = variable.Shape.Axes;
            if (axes.Count != shape.Length) throw Misfit(variable, shape);
            for (int a = 0; a < shape.Length; a++)
            {
                if (axes[a].Size is { } known && known != shape[a]) throw Misfit(variable, shape);
                if (axes[a].Size is null) open.Add((axes[a], shape[a], variable));
            }
        }
        while (open.RemoveAll(o => IsSolved(o.Dimension, o.Size, o.Variable)) > 0) { }
        return sizes.ToDictionary(s => s.Key, s => s.Value.Size, StringComparer.Ordinal);

        bool IsSolved(Dimension dimension, long size, Variable variable)
        {
            var rest = dimension.Substitute(name => sizes.TryGetValue(name, out var s) ? Dimension.Of(s.Size) : null);
            if (rest.Size is { } known)
            {
                if (known == size) return true;
                string sources = string.Join(" and ", dimension.Names.Select(n => sizes[n].Source).Distinct());
                throw new NablaException(ErrorCode.Shape, $"The dimension {dimension} is {known} by {sources}, but {size} by {variable.Name}.");
            }
            if (rest.Names.ToArray() is not [var name]) return false;
            long factor = rest.CoefficientOf(name);
            if (factor == 0 || (rest - Dimension.Named(name) * Dimension.Of(factor)).Size is not { } constant) return false;
            if ((size - constant) % factor != 0 || (size - constant) / factor < 1)
                throw new NablaException(ErrorCode.Shape, $"The dimension {dimension} cannot be {size}, as it is by {variable.Name}.");
            sizes[name] = ((size - constant) / factor, variable.Name);
            return true;
        }
    }

    private static NablaException Misfit(Variable variable, int[] shape) =>
        new(ErrorCode.Shape, $"{variable.Name} is {variable.Shape}{(variable.Declared ? " by its declaration" : "")}, but its value is {(shape.Length == 0 ? "a scalar" : string.Join(" x ", shape))}.");
}
