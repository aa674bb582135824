using System.Text.RegularExpressions;
using Nabla.Expressions.Notation.Syntax;

namespace Nabla.Expressions.Notation;

/// <summary>Names for the dimensions that nobody named: <c>m</c> and <c>n</c> where they are free.</summary>
internal sealed partial class DimensionNames
{
    private static readonly string[] s_letters = ["n", "m", "p", "q", "k", "r", "l", "d", "s", "t"];

    private readonly Dimensions _dimensions;
    private readonly Dictionary<string, Dimension> _chosen = new(StringComparer.Ordinal);
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);
    private readonly HashSet<string> _all = new(StringComparer.Ordinal);
    private readonly Func<string, Dimension?> _replacement;
    private int _next;

    /// <summary>Starts with the names that a program uses; none of them, nor any variable, names another dimension.</summary>
    public DimensionNames(Dimensions dimensions, IEnumerable<Declaration> declarations, IEnumerable<string> variables)
    {
        _dimensions = dimensions;
        _replacement = name => name[0] == '?' ? Choose(name, "n") : null;
        foreach (var declaration in declarations)
        {
            foreach (string name in declaration.Shape.Rows.Names) Add(name);
            foreach (string name in declaration.Shape.Columns.Names) Add(name);
        }
        Declared = new HashSet<string>(_all, StringComparer.Ordinal);
        _used.UnionWith(variables);
    }

    /// <summary>The names of all dimensions.</summary>
    public IReadOnlySet<string> All => _all;

    /// <summary>The names that declarations use.</summary>
    public IReadOnlySet<string> Declared { get; }

    /// <summary>A shape with all dimensions named.</summary>
    public Shape Resolve(Shape shape)
    {
        if (shape.Kind == Kind.Scalar) return shape;
        shape = _dimensions.Resolve(shape);
        if (shape.Kind == Kind.Matrix && shape.Rows.IsUnknown) Choose(shape.Rows.Name!, shape.Columns == shape.Rows ? "n" : "m");
        return new(shape.Kind, Resolve(shape.Rows), Resolve(shape.Columns));
    }

    /// <summary>A dimension with all unknowns named.</summary>
    public Dimension Resolve(Dimension dimension)
    {
        dimension = _dimensions.Resolve(dimension);
        if (dimension.Size is not null) return dimension;
        dimension = dimension.Substitute(_replacement);
        foreach (string name in dimension.Names) Add(name);
        return dimension;
    }

    private void Add(string name)
    {
        _used.Add(name);
        _all.Add(name);
    }

    private Dimension Choose(string unknown, string preferred)
    {
        if (_chosen.TryGetValue(unknown, out var chosen)) return chosen;
        string name = preferred;
        while (_used.Contains(name))
        {
            name = _next < s_letters.Length ? s_letters[_next] : $"n{_next - s_letters.Length + 1}";
            _next++;
        }
        Add(name);
        return _chosen[unknown] = Dimension.Named(name);
    }

    /// <summary>A message in which the unknowns have names.</summary>
    public string Named(string message)
    {
        foreach (Match matrix in Matrices().Matches(message))
            if (matrix.Groups[1].Value != matrix.Groups[2].Value) Choose(matrix.Groups[1].Value, "m");
        return Unknowns().Replace(message, u => Choose(u.Value, "n").ToString());
    }

    [GeneratedRegex(@"(\?\d+) x (\?\d+)")]
    private static partial Regex Matrices();

    [GeneratedRegex(@"\?\d+")]
    private static partial Regex Unknowns();
}
