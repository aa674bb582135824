using Nabla.Expressions.Calculus;
using Nabla.Expressions.Core;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;

namespace Nabla.Expressions.Compilation;

/// <summary>The tensors of all outputs in one store, and the plans that were made of them, one for each choice of sizes.</summary>
internal sealed class Compiled
{
    private const int MostPlans = 64;

    private readonly Lock _gate = new();
    private readonly Tensors _tensors;
    private readonly Node _function;
    private readonly List<(string Name, Node Node, bool IsDerivative)> _results = [];
    private readonly Dictionary<string, Plan> _plans = new(StringComparer.Ordinal);
    private readonly HashSet<string> _varying = new(StringComparer.Ordinal);

    public Compiled(ProgramSyntax syntax, IReadOnlyList<Declaration> declarations, IReadOnlyList<Output> outputs, Work? work = null, IReadOnlyDictionary<string, GivenShape>? shapes = null)
    {
        if (outputs.Count == 0) outputs = [Output.Value];
        if (outputs.Any(o => o is null)) throw new NablaException(ErrorCode.Request, $"An output is null: each of the {outputs.Count} must be the value, a derivative or a product with one.");
        var budget = work ?? Work.Unlimited;
        Program = Inference.Infer(syntax, declarations, shapes ?? new Dictionary<string, GivenShape>(), budget);
        var notes = new List<string>();
        (_tensors, _, _function) = ImpliedDomain.Elaborate(Program, budget, notes);
        Inputs = Make(outputs);
    }

    /// <summary>Other results over the tensors that are there: those of <paramref name="outputs"/>.</summary>
    /// <param name="other">What holds the tensors.</param>
    /// <param name="outputs">The results.</param>
    /// <param name="varying">The inputs that change from run to run while the others stay: what depends on the others only is computed once.</param>
    public Compiled(Compiled other, IReadOnlyList<Output> outputs, params ReadOnlySpan<string> varying)
    {
        (Program, _tensors, _function) = (other.Program, other._tensors, other._function);
        foreach (string name in varying) _varying.Add(name);
        Inputs = Make(outputs);
    }

    /// <summary>Other results over the tensors that are there: parts of a derivative.</summary>
    public Compiled(Compiled other, IReadOnlyList<(string Name, Node Node)> parts)
    {
        (Program, _tensors, _function, Inputs) = (other.Program, other._tensors, other._function, other.Inputs);
        foreach (var (name, node) in parts) _results.Add((name, node, true));
        Gather();
    }

    /// <summary>The program with its shapes.</summary>
    public TypedProgram Program { get; }

    /// <summary>The inputs: the program's variables, then the vectors that derivatives are multiplied by.</summary>
    public IReadOnlyList<Variable> Inputs { get; }

    /// <summary>The names of the results.</summary>
    public IEnumerable<string> Names => _results.Select(r => r.Name);

    /// <summary>The tensors of the results.</summary>
    public IReadOnlyList<(string Name, Node Node, bool IsDerivative)> Results => _results;

    /// <summary>The store of the tensors.</summary>
    public Tensors Tensors => _tensors;

    /// <summary>The plan for inputs of given shapes.</summary>
    /// <exception cref="NablaException">A shape does not fit.</exception>
    public Plan PlanFor(IReadOnlyList<int[]> shapes)
    {
        string key = string.Join(';', shapes.Select(s => string.Join(',', s)));
        lock (_gate)
        {
            if (_plans.TryGetValue(key, out var known)) return known;
            if (_plans.Count >= MostPlans) _plans.Clear();
            return _plans[key] = new(new Lowering(Inputs, _results, SizesFor(shapes), Guard), _varying);
        }
    }

    /// <summary>The sizes of the named dimensions for inputs of given shapes.</summary>
    /// <exception cref="NablaException">A shape does not fit.</exception>
    public Dictionary<string, long> SizesFor(IReadOnlyList<int[]> shapes) => DimensionBinding.Solve([.. Inputs.Zip(shapes)]);

    /// <summary>The function, where no result tells whether it has a value: one that may lack one is computed with its derivatives, though nobody asks for it. What the domain implies is what has to be seen.</summary>
    public Node? Guard => _results.Any(r => !r.IsDerivative) || (_tensors.Implied.Count == 0 && Totality.IsTotal(_function)) ? null : _function;

    private List<Variable> Make(IReadOnlyList<Output> outputs)
    {
        var inputs = Program.Variables.ToList();
        var derivatives = Gradients(outputs);
        foreach (var output in outputs)
        {
            if (_results.Any(r => r.Name == output.Name)) throw new NablaException(ErrorCode.Request, $"The result {output.Name} is asked for twice.");
            _results.Add((output.Name, Tensor(output, inputs, derivatives), output.Order > 0));
        }
        Gather();
        return inputs;
    }

    /// <summary>The first derivatives by all variables that are asked for as such, from one sweep.</summary>
    private Dictionary<(string, int), Node> Gradients(IReadOnlyList<Output> outputs)
    {
        SymbolNode[] variables = [.. outputs.Where(o => o is { Order: 1, Left: null, Right: null }).Select(o => o.Variable).Distinct()
            .Select(name => Program.FindVariable(name!)).OfType<Variable>().Select(v => _tensors.Symbol(v.Name, v.Shape.Axes, _tensors.PropertiesOf(v)))];
        var derivatives = new Dictionary<(string, int), Node>();
        if (variables.Length < 2 || variables.Any(x => _function.Order + x.Order > Limits.TensorOrder)) return derivatives;
        Node[] found = new Differentiation(_tensors).Derivatives(_function, variables);
        for (int i = 0; i < found.Length; i++) derivatives[(variables[i].Name, 1)] = Projection.Apply(_tensors, found[i], variables[i]).Derivative;
        return derivatives;
    }

    private void Gather()
    {
        var gathering = new Gathering(_tensors);
        for (int i = 0; i < _results.Count; i++) _results[i] = _results[i] with { Node = gathering.Apply(_results[i].Node) };
    }

    private Node Tensor(Output output, List<Variable> inputs, Dictionary<(string, int), Node> derivatives)
    {
        var function = _function;
        if (output.Variable is not { } name) return function;
        var variable = Program.FindVariable(name) ?? throw new NablaException(ErrorCode.Name, $"{name} neither occurs in the program nor is it declared: its variables are {string.Join(", ", Program.Variables.Select(v => v.Name))}.");
        var x = _tensors.Symbol(variable.Name, variable.Shape.Axes, _tensors.PropertiesOf(variable));
        if (output.Right is { } right)
        {
            var v = Vector(right, variable.Shape, inputs);
            if (output.Order == 1) return Products.Times(_tensors, Derivative(function, x, 1, derivatives), v);
            if (function.Order > 0) throw new NablaException(ErrorCode.Kind, $"A Hessian is that of a scalar function, but this one is {Program.FunctionShapes[0]}.");
            // The variable itself as the vector: what it is multiplied by must not be differentiated with it.
            if (right == name) return Products.Times(_tensors, Derivative(function, x, 2, derivatives), v);
            // Hv = d(g'v): the gradient's own derivative along v.
            return Derivative(Products.Times(_tensors, Derivative(function, x, 1, derivatives), v), x, 1, []);
        }
        if (output.Left is not { } left) return Derivative(function, x, output.Order, derivatives);
        var u = Vector(left, Program.FunctionShapes[0], inputs);
        return left == name
            ? Products.TimesFromLeft(_tensors, u, Derivative(function, x, 1, derivatives))
            : Derivative(Products.Times(_tensors, function, u), x, 1, []);
    }

    private SymbolNode Vector(string name, Shape shape, List<Variable> inputs)
    {
        if (inputs.FirstOrDefault(v => v.Name == name) is { } known)
        {
            if (known.Shape.Axes.SequenceEqual(shape.Axes)) return _tensors.Symbol(name, shape.Axes, _tensors.PropertiesOf(known));
            throw new NablaException(ErrorCode.Shape, $"The vector {name} must be {shape}, but it is {known.Shape}.");
        }
        inputs.Add(new(name, shape, Properties.None, true));
        return _tensors.Symbol(name, shape.Axes);
    }

    private Node Derivative(Node function, SymbolNode x, int order, Dictionary<(string, int), Node> derivatives)
    {
        if (order == 0) return function;
        if (derivatives.TryGetValue((x.Name, order), out var known)) return known;
        long axes = function.Order + (long)order * x.Order;
        if (axes > Limits.TensorOrder) throw new NablaException(ErrorCode.Limit, $"The derivative would be a tensor of {axes} axes, but at most {Limits.TensorOrder} are allowed.");
        var before = Derivative(function, x, order - 1, derivatives);
        var (derivative, _) = Projection.Apply(_tensors, new Differentiation(_tensors).Derivative(before, x), x);
        return derivatives[(x.Name, order)] = derivative;
    }
}
