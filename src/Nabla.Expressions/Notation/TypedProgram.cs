using System.Runtime.InteropServices;
using Nabla.Expressions.Notation.Syntax;

namespace Nabla.Expressions.Notation;

/// <summary>A program with the shapes of all its pieces.</summary>
public sealed class TypedProgram
{
    private readonly Dictionary<string, Variable> _variables;
    private readonly Dictionary<string, Shape> _bound;
    private readonly Dictionary<SyntaxNode, Shape> _shapes;
    private readonly Dictionary<SyntaxNode, Shape[]> _chains;
    private readonly Dictionary<ReductionSyntax, Dimension[]> _ranges;
    private readonly Func<string, Place?> _placeOf;
    private (IReadOnlyCollection<Binding> Bindings, IReadOnlySet<string> Names)? _needs;

    internal TypedProgram(ProgramSyntax syntax, Typing typing, IReadOnlyList<Variable> variables, DimensionNames dimensions, IReadOnlyDictionary<string, long> sizes, IReadOnlyList<string> notes, Func<string, Place?> placeOf)
    {
        _placeOf = placeOf;
        (Syntax, Variables, Sizes, Notes) = (syntax, variables, sizes, notes);
        _variables = variables.ToDictionary(v => v.Name, StringComparer.Ordinal);
        FunctionShapes = [.. typing.Function.Select(dimensions.Resolve)];
        _bound = new(StringComparer.Ordinal);
        foreach (string name in syntax.Bindings.SelectMany(b => b.Names).Concat(syntax.FunctionNames)) _bound[name] = dimensions.Resolve(typing.Environment[name]);
        (_shapes, _chains, _ranges) = (typing.Shapes, typing.Chains, typing.Ranges);
        foreach (var node in _shapes.Keys)
        {
            ref var shape = ref CollectionsMarshal.GetValueRefOrNullRef(_shapes, node);
            if (shape.Kind != Kind.Scalar) shape = dimensions.Resolve(shape);
        }
        foreach (var chain in _chains.Values)
            for (int i = 0; i < chain.Length; i++) chain[i] = dimensions.Resolve(chain[i]);
        foreach (var ranges in _ranges.Values)
            for (int i = 0; i < ranges.Length; i++) ranges[i] = dimensions.Resolve(ranges[i]);
        (DimensionNames, DeclaredDimensions) = (dimensions.All, dimensions.Declared);
    }

    /// <summary>The program as it is written.</summary>
    public ProgramSyntax Syntax { get; }

    /// <summary>The free names: those declared, in the order of their declarations, then the others as they occur.</summary>
    public IReadOnlyList<Variable> Variables { get; }

    /// <summary>The shapes of the function's values: one, or as many as it has names.</summary>
    public IReadOnlyList<Shape> FunctionShapes { get; }

    /// <summary>The names of all dimensions, those that were chosen for unnamed ones included.</summary>
    public IReadOnlySet<string> DimensionNames { get; }

    /// <summary>The names of dimensions that declarations use.</summary>
    public IReadOnlySet<string> DeclaredDimensions { get; }

    /// <summary>The sizes of named dimensions that the program (<c>n</c> is 4 through <c>eye(4)</c>) or the given values fix.</summary>
    /// <remarks>A name that the program fixes does not occur in shapes: they have its size.</remarks>
    public IReadOnlyDictionary<string, long> Sizes { get; }

    /// <summary>What was assumed: "assumed: x is a vector of n".</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>A free name; null if the program has none of that name (<c>pi</c> is the constant then).</summary>
    public Variable? FindVariable(string name) => _variables.GetValueOrDefault(name);

    /// <summary>The bindings that the function needs, in their order, and all names that it and they use.</summary>
    internal (IReadOnlyCollection<Binding> Bindings, IReadOnlySet<string> Names) Needs => _needs ??= UsedNames.Of(Syntax);

    /// <summary>Where a free name is declared, or first used; null for a name that is neither.</summary>
    internal Place? PlaceOf(string name) => _placeOf(name);

    /// <summary>Whether a name is bound, by a binding or as the function's name.</summary>
    public bool IsBound(string name) => _bound.ContainsKey(name);

    /// <summary>The shape of a bound name.</summary>
    /// <exception cref="KeyNotFoundException">The name is not bound.</exception>
    public Shape ShapeOfBound(string name) => _bound[name];

    /// <summary>The shape of a piece of the program.</summary>
    /// <exception cref="KeyNotFoundException">The piece is not of this program, or is a size and no value (the <c>n</c> of <c>eye(n)</c>).</exception>
    public Shape ShapeOf(SyntaxNode node) => node is NumberSyntax ? Shape.Scalar : _shapes[node];

    /// <summary>The shape of a piece; null for what has none, such as a size.</summary>
    internal Shape? FindShape(SyntaxNode node) => node is NumberSyntax ? Shape.Scalar : _shapes.TryGetValue(node, out var shape) ? shape : null;

    /// <summary>The shape of a product after the link of an index.</summary>
    /// <param name="product">The product.</param>
    /// <param name="link">The index of the link: 0 for the first two factors.</param>
    public Shape ShapeOf(ProductSyntax product, int link) => _chains[product][link];

    /// <summary>The shape of a sum after the term of an index.</summary>
    /// <param name="sum">The sum.</param>
    /// <param name="term">The index of the term.</param>
    public Shape ShapeOf(SumSyntax sum, int term) => _chains[sum][term];

    /// <summary>The shapes of the values of a function that has several, such as <c>svd</c>.</summary>
    public IReadOnlyList<Shape> ShapesOf(CallSyntax call) => _chains.TryGetValue(call, out var shapes) ? shapes : [ShapeOf(call)];

    /// <summary>The range of an index of a reduction: the dimension that it indexes.</summary>
    public Dimension RangeOf(ReductionSyntax reduction, string index)
    {
        ArgumentNullException.ThrowIfNull(reduction);
        for (int i = 0; i < reduction.Indices.Count; i++)
            if (reduction.Indices[i] == index) return _ranges[reduction][i];
        throw new KeyNotFoundException($"The reduction has no index {index}.");
    }
}
