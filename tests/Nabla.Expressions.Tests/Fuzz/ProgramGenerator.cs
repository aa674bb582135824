using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;
using Nabla.Expressions.Writing;

namespace Nabla.Expressions.Tests.Fuzz;

/// <summary>Makes random well-shaped programs over the whole notation that has derivatives.</summary>
/// <param name="seed">The seed: the same seed gives the same program.</param>
internal sealed partial class ProgramGenerator(int seed)
{
    private static readonly Dimension[] s_dimensions = [Dimension.Named("m"), Dimension.Named("n"), Dimension.Named("k")];

    private readonly Random _random = new(seed);
    private readonly Dictionary<string, Declaration> _declared = new(StringComparer.Ordinal);
    private readonly List<Binding> _bindings = [];
    private readonly Dictionary<string, Shape> _bound = new(StringComparer.Ordinal);
    private readonly List<(string Name, Dimension Range)> _indices = [];

    /// <summary>The program of the seed.</summary>
    public static GeneratedProgram Of(int seed)
    {
        for (int attempt = 0; ; attempt++)
            if (new ProgramGenerator(unchecked(seed * 7919 + attempt)).Generate() is { } program) return program;
    }

    private GeneratedProgram? Generate()
    {
        int depth = 1 + _random.Next(5);
        for (int i = _random.Next(-2, 3); i > 0; i--)
        {
            var shape = RandomShape();
            string name = $"{(shape.Kind == Kind.Matrix ? "Z" : shape.IsScalar ? "g" : "t")}{_bindings.Count + 1}";
            _bindings.Add(new([name], Expression(shape, _random.Next(1, 3)), [default]));
            _bound[name] = shape;
        }
        var function = Expression(_random.Next(5) < 3 ? Shape.Scalar : RandomShape(), depth);
        if (_declared.Count == 0) return null;
        // The writer and the parser have one form for chains and signs.
        var program = Parser.Parse(NotationWriter.Write(new ProgramSyntax([], _bindings, function, [])));
        if (_random.Next(10) > 0) program = program with { Bindings = [.. UsedNames.Of(program).Bindings] };
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in program.Bindings.Select(b => b.Value).Append(program.Function)) UsedNames.Collect(node, used);
        Declaration[] declarations = [.. _declared.Values];
        TypedProgram typed;
        try
        {
            typed = Inference.Infer(program, declarations);
        }
        catch (NablaException e) when (e.Code == ErrorCode.Name)
        {
            // The size of vector(c) is left open.
            return null;
        }
        catch (NablaException) when (SyntaxTrees.All(program.Function).Concat(program.Bindings.SelectMany(b => SyntaxTrees.All(b.Value))).Any(n => n is BlockSyntax { Rows: [[_]] }))
        {
            // A block of one scalar is read as the scalar, where a vector of one entry was meant.
            return null;
        }
        if (_random.Next(3) == 0) declarations = [.. Undeclared(program, declarations)];
        string[] occurring = [.. typed.Variables.Select(v => v.Name).Where(used.Contains)];
        string wrt = occurring.Length > 0 && _random.Next(40) > 0 ? Pick(occurring) : Pick(typed.Variables).Name;
        bool scalar = typed.FunctionShapes[0].IsScalar;
        int roll = _random.Next(20);
        int order = scalar ? (roll < 12 ? 1 : roll < 19 ? 2 : 3) : roll < 18 ? 1 : 2;
        // A curve in the orthogonal matrices is not straight: its second derivative is not that of the function.
        if (typed.FindVariable(wrt)!.Properties.HasFlag(Properties.Orthogonal)) order = 1;
        return new(declarations, program, wrt, order);
    }

    // Names may stay undeclared where the defaults then find the same kinds.
    private IEnumerable<Declaration> Undeclared(ProgramSyntax program, Declaration[] declarations)
    {
        var kept = declarations.Where(d => d.Properties != Properties.None || _random.Next(3) == 0).ToArray();
        try
        {
            var typed = Inference.Infer(program, kept);
            bool same = declarations.All(d => typed.FindVariable(d.Name) is { } v && v.Shape.Kind == d.Shape.Kind);
            return same && typed.DimensionNames.All(n => typed.Variables.Any(v => v.Shape.Axes.Any(a => a.Names.Contains(n)))) ? kept : declarations;
        }
        catch (NablaException)
        {
            return declarations;
        }
    }

    private SyntaxNode Expression(Shape shape, int depth)
    {
        if (depth <= 0 || _random.Next(9) == 0) return Leaf(shape);
        for (int attempt = 0; attempt < 30; attempt++)
        {
            int roll = _random.Next(40);
            if (roll == 0 && Reduced(shape, depth) is { } reduction) return reduction;
            if (roll == 1 && Block(shape, depth) is { } block) return block;
            if (roll == 2 && shape.Kind == Kind.Column) return Call("vec", Expression(Shape.Matrix(shape.Rows, Dimension.One), depth - 1));
            if (roll == 3 && shape.Kind is Kind.Column or Kind.Matrix && _indices.Count == 0) return WithConstant(shape, depth);
            if (roll > 5 && Applied(shape, depth) is { } applied) return applied;
        }
        return Leaf(shape);
    }

    private Shape RandomShape() => _random.Next(7) switch
    {
        0 or 1 => Shape.Scalar,
        2 or 3 => Shape.Column(RandomDimension()),
        4 => Shape.Row(RandomDimension()),
        5 => Shape.Matrix(RandomDimension(), RandomDimension()),
        _ when RandomDimension() is var n => Shape.Matrix(n, n),
        _ => Shape.Scalar,
    };

    private Dimension RandomDimension() => _random.Next(30) switch
    {
        0 => Pick(s_dimensions) + Pick(s_dimensions),
        1 => Pick(s_dimensions) * Pick(s_dimensions),
        2 => Dimension.Of(_random.Next(1, 4)),
        _ => Pick(s_dimensions),
    };

    private T Pick<T>(IReadOnlyList<T> choices) => choices[_random.Next(choices.Count)];

    private SyntaxNode? Reduced(Shape shape, int depth)
    {
        if (!shape.IsScalar || _indices.Count > 2) return null;
        int count = _random.Next(1, 3), outer = _indices.Count;
        for (int i = 0; i < count; i++) _indices.Add(("ijklpq"[_indices.Count].ToString(), Pick(s_dimensions)));
        var own = _indices.Skip(outer).ToArray();
        // Every index indexes something.
        var body = count == 2 && _random.Next(2) == 0
            ? Product(Entry(Shape.Matrix(own[0].Range, own[1].Range), own[0].Name, own[1].Name), Infix.Multiply, Expression(Shape.Scalar, depth - 1))
            : own.Aggregate(Expression(Shape.Scalar, depth - 1), (b, i) => Combined(b, Entry(Shape.Column(i.Range), i.Name)));
        _indices.RemoveRange(outer, count);
        return new ReductionSyntax(_random.Next(4) == 0 ? "prod" : "sum", [.. own.Select(i => i.Name)], body);
    }

    private SyntaxNode Combined(SyntaxNode a, SyntaxNode b) => _random.Next(3) switch
    {
        0 => Product(b, Infix.Multiply, a),
        1 => new SumSyntax([new(false, a), new(_random.Next(2) == 0, b)]),
        _ => Product(a, Infix.Multiply, b),
    };

    private IndexSyntax Entry(Shape shape, params string[] indices) => new(Variable(shape), [.. indices.Select(i => (SyntaxNode)new NameSyntax(i))]);

    private BlockSyntax? Block(Shape shape, int depth)
    {
        if (shape.Kind == Kind.Matrix && shape.Rows.Size is { } rows && shape.Columns.Size is { } columns)
            return new([.. Enumerable.Range(0, (int)rows).Select(_ => (IReadOnlyList<SyntaxNode>)[.. Enumerable.Range(0, (int)columns).Select(_ => Expression(Shape.Scalar, depth - 2))])]);
        if (shape.Kind is not (Kind.Column or Kind.Matrix)) return null;
        if (Parts(shape.Rows) is var (a, b)) return new([[Expression(shape with { Rows = a }, depth - 1)], [Expression(shape with { Rows = b }, depth - 1)]]);
        if (shape.Kind == Kind.Matrix && Parts(shape.Columns) is var (c, d)) return new([[Expression(shape with { Columns = c }, depth - 1), Expression(shape with { Columns = d }, depth - 1)]]);
        return null;
    }

    private static (Dimension, Dimension)? Parts(Dimension dimension)
    {
        Dimension[] parts = [.. dimension.Monomials.SelectMany(m => Enumerable.Repeat(m.Factors.Aggregate(Dimension.One, (d, f) => d * Dimension.Named(f)), m.Factors.Length == 0 ? 0 : (int)m.Coefficient))];
        return parts.Length == 2 ? (parts[0], parts[1]) : null;
    }

    // vector(c) and matrix(c), whose size the neighbour gives.
    private SyntaxNode WithConstant(Shape shape, int depth)
    {
        var constant = Call(shape.Kind == Kind.Column ? "vector" : "matrix", Expression(Shape.Scalar, depth - 1));
        var other = Expression(shape, depth - 1);
        return _random.Next(2) == 0 ? new SumSyntax([new(false, other), new(_random.Next(2) == 0, constant)]) : Product(constant, Infix.Hadamard, other);
    }

    private static CallSyntax Call(string function, params SyntaxNode[] arguments) => new(function, arguments);

    private static ProductSyntax Product(SyntaxNode a, Infix sign, SyntaxNode b) => new(a, [new(sign, b)]);

    private static NumberSyntax Number(Coefficient value) => new(value);
}
