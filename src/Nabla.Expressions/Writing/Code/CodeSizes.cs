using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Writing.Code;

/// <summary>The names that generated code gives to sizes, and the sizes as expressions of them.</summary>
internal sealed class CodeSizes
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <param name="inputs">The inputs with their identifiers.</param>
    /// <param name="names">The identifiers that are used.</param>
    public CodeSizes(IReadOnlyList<(string Name, Variable Variable)> inputs, Identifiers names)
    {
        foreach (var (input, v) in inputs)
            for (int axis = 0; axis < v.Shape.Axes.Count; axis++)
            {
                if (v.Shape.Axes[axis].Name is not { } dimension || _names.ContainsKey(dimension)) continue;
                string name = names.New(dimension.TrimStart('?'));
                _names[dimension] = name;
                Sources.Add((name, input, axis));
            }
    }

    /// <summary>Each size: its name, and the input and axis that have it.</summary>
    public List<(string Name, string Input, int Axis)> Sources { get; } = [];

    /// <summary>The sizes of the axes of an input, as expressions.</summary>
    public IEnumerable<string> Of(Variable input) => input.Shape.Axes.Select(Of);

    /// <summary>A dimension as an expression.</summary>
    /// <exception cref="NablaException">No input has an axis of one of its sizes.</exception>
    public string Of(Dimension dimension)
    {
        if (dimension.Size is { } size) return $"{size}";
        var terms = dimension.Monomials.Select(m => string.Join("*", (m.Coefficient == 1 && m.Factors.Length > 0 ? [] : new[] { $"{m.Coefficient}" }).Concat(m.Factors.Select(Name))));
        return string.Join(" + ", terms);
    }

    /// <summary>A dimension as an expression that can be a factor.</summary>
    public string Factor(Dimension dimension) => Of(dimension) is var text && (text.Contains('+', StringComparison.Ordinal) || text.Contains('*', StringComparison.Ordinal)) ? $"({text})" : text;

    private string Name(string dimension) => _names.TryGetValue(dimension, out string? name)
        ? name
        : throw new NablaException(ErrorCode.Unsupported, $"Code needs the size {dimension}, which no input has as an axis of its own.");

    /// <summary>A size to choose the order of products by, where sizes are names: different for different names.</summary>
    public static double Nominal(Dimension dimension)
    {
        if (dimension.Size is { } size) return size;
        double sum = 0;
        foreach (var (factors, coefficient) in dimension.Monomials) sum += coefficient * factors.Aggregate(1.0, (p, f) => p * (64 + f.Sum(c => (int)c) % 16));
        return Math.Max(1, sum);
    }
}
