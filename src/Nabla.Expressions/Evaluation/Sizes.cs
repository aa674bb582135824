using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Evaluation;

/// <summary>The sizes of the dimensions of a program, as its values determine them.</summary>
internal sealed class Sizes
{
    private readonly Dictionary<string, long> _sizes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _sources = new(StringComparer.Ordinal);
    private readonly List<(Dimension Dimension, long Size, Variable Variable)> _open = [];

    /// <summary>Binds the dimensions of variables to the sizes of their values.</summary>
    /// <exception cref="NablaException">A value does not fit its variable, or two values give a dimension two sizes (<see cref="ErrorCode.Shape"/>).</exception>
    public static Sizes Of(IEnumerable<(Variable Variable, Value Value)> values)
    {
        var sizes = new Sizes();
        foreach (var (variable, value) in values)
        {
            if (variable.Shape.Kind != value.Kind) throw Misfit(variable, value);
            sizes.Bind(variable.Shape.Rows, value.Rows, variable, value);
            sizes.Bind(variable.Shape.Columns, value.Columns, variable, value);
        }
        // Sums and products of dimensions wait until enough of their parts are known.
        while (sizes._open.RemoveAll(o => sizes.Solve(o.Dimension, o.Size, o.Variable)) > 0) { }
        return sizes;
    }

    /// <summary>Binds a dimension that only a result's value determines, such as the number of columns of a null space.</summary>
    public void Observe(Dimension dimension, long size)
    {
        if (Known(dimension).Name is { } name) _sizes[name] = size;
    }

    /// <summary>The known sizes of the named dimensions.</summary>
    public IReadOnlyDictionary<string, long> All(IEnumerable<string> names) =>
        names.Select(n => (Name: n, Known(Dimension.Named(n)).Size)).Where(n => n.Size is not null).ToDictionary(n => n.Name, n => n.Size!.Value, StringComparer.Ordinal);

    /// <summary>A dimension with the known sizes put in.</summary>
    public Dimension Known(Dimension dimension) =>
        dimension.Size is not null ? dimension : dimension.Substitute(name => _sizes.TryGetValue(name, out long size) ? Dimension.Of(size) : null);

    /// <summary>A shape with the known sizes put in.</summary>
    public Shape Known(Shape shape) => new(shape.Kind, Known(shape.Rows), Known(shape.Columns));

    private void Bind(Dimension dimension, long size, Variable variable, Value value)
    {
        if (dimension.Size is { } fixedSize && fixedSize != size) throw Misfit(variable, value);
        if (dimension.Size is null && !Solve(dimension, size, variable)) _open.Add((dimension, size, variable));
    }

    private bool Solve(Dimension dimension, long size, Variable variable)
    {
        var rest = Known(dimension);
        if (rest.Size is { } known)
            return known == size ? true : throw new NablaException(ErrorCode.Shape, $"The dimension {dimension} is {known} by {Sources(dimension)}, but {size} by {variable.Name}.");
        if (rest.Names.ToArray() is not [var name]) return false;
        long factor = rest.CoefficientOf(name);
        if (factor == 0 || (rest - Dimension.Named(name) * Dimension.Of(factor)).Size is not { } constant) return false;
        if ((size - constant) % factor != 0 || (size - constant) / factor < 1)
            throw new NablaException(ErrorCode.Shape, $"The dimension {dimension} cannot be {size}, as it is by {variable.Name}.");
        _sizes[name] = (size - constant) / factor;
        _sources[name] = variable.Name;
        return true;
    }

    private string Sources(Dimension dimension) => string.Join(" and ", dimension.Names.Select(n => _sources.GetValueOrDefault(n, n)).Distinct());

    private static NablaException Misfit(Variable variable, Value value) =>
        new(ErrorCode.Shape, $"{variable.Name} is {Described(variable.Shape)}{(variable.Declared ? " by its declaration" : "")}, but its value is {Described(value.Shape)}.");

    private static string Described(Shape shape) => shape.Kind == Kind.Matrix ? $"{shape}" : $"a {shape}";
}
