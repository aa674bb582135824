namespace Nabla.Expressions.Notation;

/// <summary>The sizes that the caller's values have, held against the dimensions of their names.</summary>
internal sealed class GivenSizes
{
    private readonly Names _names;
    private readonly Dictionary<string, GivenShape> _shapes = new(StringComparer.Ordinal);

    /// <summary>Takes the shapes of the values whose names occur.</summary>
    /// <exception cref="NablaException">A value is not of the kind that its name is declared to have.</exception>
    public GivenSizes(Names names, IReadOnlyDictionary<string, GivenShape> given)
    {
        _names = names;
        foreach (string name in names.Order)
        {
            if (!given.TryGetValue(name, out var shape)) continue;
            if (shape.Rows < 1 || shape.Columns < 1) throw new NablaException(ErrorCode.Shape, $"Sizes are integers from 1, but the value of {name} has {shape}.", names.PlaceOf(name));
            _shapes[name] = shape;
            if (names.Declared.TryGetValue(name, out var declaration)) CheckKind(name, declaration.Shape, shape, declaration.Place);
            else Undeclared.Add((name, shape));
        }
    }

    /// <summary>The values of names that are not declared.</summary>
    public List<(string Name, GivenShape Shape)> Undeclared { get; } = [];

    /// <summary>Makes the dimensions of declared names the sizes of their values.</summary>
    /// <exception cref="NablaException">They cannot be.</exception>
    public void Fix(Dimensions dimensions)
    {
        foreach (var (name, shape) in _shapes)
        {
            if (!_names.Declared.TryGetValue(name, out var declaration) || declaration.Shape.Kind == Kind.Scalar) continue;
            var (rows, columns) = declaration.Shape.Kind == Kind.Row ? (shape.Columns, shape.Rows) : (shape.Rows, shape.Columns);
            Equate(declaration.Shape.Rows, rows);
            Equate(declaration.Shape.Columns, columns);

            void Equate(Dimension declared, long size) => dimensions.Equate(declared, Dimension.Of(size),
                () => $"{name} is declared {Typing.Words(declaration.Shape)}, but {declared} is {dimensions.Resolve(declared)} and not {size}, as it is by its value.", declaration.Place);
        }
    }

    // A dimension of 1 makes no vector: a matrix of one row is given as a list of rows, too.
    private static void CheckKind(string name, Shape declared, GivenShape shape, Place place)
    {
        bool fits = declared.Kind switch
        {
            Kind.Scalar => shape.Order == 0,
            Kind.Matrix => shape.Order == 2,
            _ => shape.Order == 1,
        };
        if (!fits) throw new NablaException(ErrorCode.Shape, $"{name} is declared {Typing.Words(declared)}, but its value has {Had(shape)}{(declared.Kind == Kind.Matrix ? "; a matrix is given as a list of rows" : "")}.", place);
    }

    private static string Had(GivenShape shape) => shape.Order switch { 0 => "no axes: it is a number", 1 => shape.ToString(), _ => $"the shape {shape}" };

    /// <summary>Adds the sizes of named dimensions; the error if they do not agree.</summary>
    public NablaException? Conflict(IReadOnlyList<Variable> variables, Dictionary<string, long> sizes)
    {
        if (_shapes.Count == 0) return null;
        var sources = new Dictionary<string, string>(StringComparer.Ordinal);
        var open = new List<(Dimension Dimension, long Size, Variable Variable)>();
        foreach (var v in variables)
        {
            if (!_shapes.TryGetValue(v.Name, out var shape) || v.Shape.Kind == Kind.Scalar) continue;
            open.Add((v.Shape.Rows, shape.Rows, v));
            open.Add((v.Shape.Columns, shape.Columns, v));
        }
        while (true)
        {
            int count = open.Count;
            var waiting = new List<(Dimension, long, Variable)>();
            foreach (var (dimension, size, v) in open)
                switch (Agrees(dimension, size, v, sizes, sources))
                {
                    case false:
                        return Error(dimension, size, v, sizes, sources);
                    case null:
                        waiting.Add((dimension, size, v));
                        break;
                }
            if (waiting.Count == 0 || waiting.Count == count) return null;
            open = waiting;
        }
    }

    // Whether a dimension has a size, or can have it; null when too little is known.
    private static bool? Agrees(Dimension dimension, long size, Variable v, Dictionary<string, long> sizes, Dictionary<string, string> sources)
    {
        var rest = dimension.Substitute(n => sizes.TryGetValue(n, out long s) ? Dimension.Of(s) : null);
        if (rest.Size is { } known) return known == size;
        if (rest.Names.ToArray() is not [var name] || rest.CoefficientOf(name) is not (not 0 and var factor)) return null;
        if ((rest - Dimension.Named(name) * Dimension.Of(factor)).Size is not { } constant) return null;
        if ((size - constant) % factor != 0 || (size - constant) / factor < 1) return false;
        sizes[name] = (size - constant) / factor;
        sources[name] = v.Name;
        return true;
    }

    private NablaException Error(Dimension dimension, long size, Variable v, Dictionary<string, long> sizes, Dictionary<string, string> sources)
    {
        if (dimension.Size is { } fixedSize) return new(ErrorCode.Shape, $"{v.Name} has {size} entries along an axis that must have {fixedSize}.", _names.PlaceOf(v.Name));
        string by = string.Join(" and ", dimension.Names.Select(n => sources.GetValueOrDefault(n)).OfType<string>().Distinct());
        string other = SizeOf(dimension, sizes) is { } known ? $"{known}{(by.Length > 0 ? $" by {by}" : "")}" : "of another size";
        return new(ErrorCode.Shape, $"The dimension {dimension} is {other}, but {size} by {v.Name}.", _names.PlaceOf(v.Name));
    }

    /// <summary>The size of a dimension, if those of its names are known.</summary>
    public static long? SizeOf(Dimension dimension, Dictionary<string, long> sizes) =>
        dimension.Size ?? (dimension.Names.All(sizes.ContainsKey) ? dimension.Evaluate(sizes) : null);
}
