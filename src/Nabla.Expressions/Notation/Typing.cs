using Nabla.Expressions.Notation.Syntax;
using Nabla.Expressions.Operators;

namespace Nabla.Expressions.Notation;

/// <summary>Gives every piece of a program its shape, for given kinds of the names that nobody declares.</summary>
/// <remarks>
/// One run from the leaves up. A bare undeclared scalar beside a vector or matrix takes that shape (it is adopted); where it was used before,
/// the run is stale and has to be repeated with the kind that it found.
/// </remarks>
internal sealed partial class Typing
{
    private readonly ProgramSyntax _program;
    private readonly Names _names;
    private readonly Work _work;
    private readonly Dictionary<string, Shape> _environment = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Kind> _kinds;
    private readonly HashSet<string> _adoptable = new(StringComparer.Ordinal);
    private readonly HashSet<string> _stays = new(StringComparer.Ordinal);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Dictionary<SyntaxNode, Shape> _shapes = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<SyntaxNode, Shape[]> _chains = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<ReductionSyntax, Dimension[]> _ranges = new(ReferenceEqualityComparer.Instance);
    private readonly OperatorRule _rule;

    private Typing(ProgramSyntax program, Names names, Dictionary<string, Kind> kinds, Work work)
    {
        (_program, _names, _kinds, _work) = (program, names, kinds, work);
        _rule = new(this);
    }

    /// <summary>What is known of the dimensions.</summary>
    public Dimensions Dimensions { get; } = new();

    /// <summary>The shapes of all free and bound names.</summary>
    public IReadOnlyDictionary<string, Shape> Environment => _environment;

    /// <summary>The shapes of the function's values.</summary>
    public IReadOnlyList<Shape> Function { get; private set; } = [];

    /// <summary>Numbers that index axes whose size is not known yet: the axis must have as many entries.</summary>
    public List<(Dimension Axis, long Index, SyntaxNode Operand, Place Place)> Bounds { get; } = [];

    /// <summary>Where names were adopted.</summary>
    public Dictionary<string, SyntaxNode> Adopted { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether a name was adopted after it had been used: the run must be repeated with <see cref="Kinds"/>.</summary>
    public bool IsStale { get; private set; }

    /// <summary>The node at which the run failed; null where no change of kinds can help.</summary>
    public SyntaxNode? Site { get; private set; }

    /// <summary>How many factors or terms of <see cref="Site"/> matter.</summary>
    public int SiteCount { get; private set; }

    /// <summary>The kinds of the names that nobody declares.</summary>
    public IReadOnlyDictionary<string, Kind> Kinds => _kinds;

    /// <summary>The shapes, as they were found.</summary>
    public Dictionary<SyntaxNode, Shape> Shapes => _shapes;

    /// <summary>The shapes of sums and products after each of their terms and factors.</summary>
    public Dictionary<SyntaxNode, Shape[]> Chains => _chains;

    /// <summary>The ranges of the indices of reductions.</summary>
    public Dictionary<ReductionSyntax, Dimension[]> Ranges => _ranges;

    /// <summary>Prepares a run.</summary>
    /// <param name="program">The program.</param>
    /// <param name="names">What its names are.</param>
    /// <param name="variables">The shapes of the names that are declared.</param>
    /// <param name="kinds">The kinds of the others; changed as they are adopted.</param>
    /// <param name="adoptable">Which of these may be adopted.</param>
    /// <param name="work">The budget.</param>
    public static Typing Of(ProgramSyntax program, Names names, IEnumerable<(string Name, Shape Shape)> variables, Dictionary<string, Kind> kinds, Func<string, bool> adoptable, Work work)
    {
        var typing = new Typing(program, names, kinds, work);
        foreach (var (name, shape) in variables) typing._environment[name] = shape;
        foreach (var (name, kind) in kinds)
        {
            typing._environment[name] = typing.FreshShape(kind);
            if (kind == Kind.Scalar && adoptable(name)) typing._adoptable.Add(name);
            if (kind == Kind.Scalar && DefaultKinds.Of(name) != Kind.Scalar) typing._stays.Add(name);
        }
        return typing;
    }

    /// <summary>Gives the shapes.</summary>
    /// <exception cref="NablaException">They do not fit together.</exception>
    public void Run()
    {
        foreach (var binding in _program.Bindings) Bind(binding.Names, binding.Value, binding.Places);
        Function = Bind(_program.FunctionNames, _program.Function, _program.FunctionPlaces ?? []);
        Site = null;
        Dimensions.Finish();
    }

    private Shape FreshShape(Kind kind) => kind switch
    {
        Kind.Scalar => Shape.Scalar,
        Kind.Column => Shape.Column(Dimensions.Fresh()),
        Kind.Row => Shape.Row(Dimensions.Fresh()),
        _ => Shape.Matrix(Dimensions.Fresh(), Dimensions.Fresh()),
    };

    private IReadOnlyList<Shape> Bind(IReadOnlyList<string> names, SyntaxNode value, IReadOnlyList<Place> places)
    {
        if (names.Count <= 1)
        {
            var shape = Infer(value);
            if (names.Count == 1) Bind(names[0], shape, value, places.Count > 0 ? places[0] : value.Place);
            return [shape];
        }
        var shapes = Several(names, value, places);
        for (int i = 0; i < names.Count; i++) Bind(names[i], shapes[i], value, places.Count > i ? places[i] : value.Place);
        _shapes[value] = shapes[0];
        _chains[value] = [.. shapes];
        return shapes;
    }

    private IReadOnlyList<Shape> Several(IReadOnlyList<string> names, SyntaxNode value, IReadOnlyList<Place> places)
    {
        if (value is not CallSyntax call || OperatorTable.Find(call.Function) is not ValuesOperator function)
            throw Final(ErrorCode.Kind, $"Only a function with several values, such as svd, can be bound to {names.Count} names.", places.Count > 0 ? places[0] : value.Place);
        if (function.ValueNames.Count != names.Count)
            throw Final(ErrorCode.Kind, $"{call.Function} has {function.ValueNames.Count} values and must be bound to as many names, {string.Join(", ", function.ValueNames)} = {call.Function}(...), but here are {names.Count}.", call.Place);
        var arguments = InferAll(call.Arguments);
        (Site, SiteCount) = (call, int.MaxValue);
        return function.InferAll(_rule.Of(call.Place, call.Arguments, arguments));
    }

    private void Bind(string name, Shape shape, SyntaxNode value, Place place)
    {
        if (_names.Declared.TryGetValue(name, out var declaration))
        {
            string Message() => $"{name} is declared {Words(declaration.Shape)}, but it is bound to {Words(Dimensions.Resolve(shape))}.";
            (Site, SiteCount) = (value, int.MaxValue);
            if (shape.Kind != declaration.Shape.Kind) throw new NablaException(ErrorCode.Shape, Message(), place);
            Dimensions.Equate(shape.Rows, declaration.Shape.Rows, Message, place);
            Dimensions.Equate(shape.Columns, declaration.Shape.Columns, Message, place);
        }
        _environment[name] = shape;
    }

    /// <summary>A shape in words: "a scalar", "a column of n", "a matrix of m x n".</summary>
    public static string Words(Shape shape) => shape.Kind == Kind.Matrix ? $"a matrix of {shape}" : $"a {shape}";

    // An error that no choice of kinds can mend.
    private NablaException Final(ErrorCode code, string message, Place place)
    {
        Site = null;
        return new(code, message, place);
    }

    private Shape Infer(SyntaxNode node)
    {
        if (DeepRecursion.IsNeeded) return DeepRecursion.Continue(() => Infer(node));
        _work.Check();
        if (node is NumberSyntax) return Shape.Scalar;
        var shape = node switch
        {
            NameSyntax name => Name(name),
            NegateSyntax negate => Infer(negate.Operand),
            SumSyntax sum => Sum(sum),
            ProductSyntax product => Product(product),
            PowerSyntax power => Power(power),
            TransposeSyntax transpose => Apply(transpose, "'", [transpose.Operand], [Infer(transpose.Operand)]),
            CallSyntax call => Call(call),
            IndexSyntax index => Index(index),
            ReductionSyntax reduction => Reduction(reduction),
            BlockSyntax block => Block(block),
            _ => throw new ArgumentException($"Unknown syntax {node.GetType().Name}.", nameof(node)),
        };
        _shapes[node] = shape;
        return shape;
    }

    private Shape[] InferAll(IReadOnlyList<SyntaxNode> nodes)
    {
        var shapes = new Shape[nodes.Count];
        for (int i = 0; i < shapes.Length; i++) shapes[i] = Infer(nodes[i]);
        return shapes;
    }

    private Shape Name(NameSyntax node)
    {
        if (!_environment.TryGetValue(node.Name, out var shape)) return Shape.Scalar;
        if (_adoptable.Count > 0) _seen.Add(node.Name);
        return shape;
    }

    private Shape Apply(SyntaxNode node, string sign, SyntaxNode[] arguments, Shape[] shapes)
    {
        (Site, SiteCount) = (node, int.MaxValue);
        return OperatorTable.Find(sign)!.Infer(_rule.Of(node.Place, arguments, shapes));
    }

    private Shape Power(PowerSyntax power)
    {
        SyntaxNode[] arguments = [power.Base, power.Exponent];
        if (power is { Elementwise: false, Exponent: NameSyntax { Name: "T" } } && _kinds.ContainsKey("T") && !_names.IsGiven("T"))
            throw Final(ErrorCode.Ambiguous, $"{Text(power)} is a power here, and a transpose is written {Text(power.Base)}'. If T is an exponent, declare it: T in R.", power.Place);
        if (!power.Elementwise) return Apply(power, "^", arguments, InferAll(arguments));
        return Apply(power, ".^", arguments, Joined(power, arguments));
    }

    private Shape Call(CallSyntax call)
    {
        var function = OperatorTable.Find(call.Function)!;
        if (function is ValuesOperator several)
            throw Final(ErrorCode.Kind, $"{call.Function} has {several.ValueNames.Count} values and must be bound to as many names: {string.Join(", ", several.ValueNames)} = {call.Function}(...).", call.Place);
        var shapes = function.TakesSizes ? [] : function is ElementwiseOperator && call.Arguments.Count == 2 ? Joined(call, call.Arguments) : InferAll(call.Arguments);
        (Site, SiteCount) = (call, int.MaxValue);
        return function.Infer(_rule.Of(call.Place, call.Arguments, shapes));
    }
}
