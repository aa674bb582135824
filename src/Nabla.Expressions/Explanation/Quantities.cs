using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;
using Nabla.Expressions.Operators;

namespace Nabla.Expressions.Explanation;

/// <summary>Takes a program apart into named quantities: the user's own bindings, and the arguments of functions that are not linear.</summary>
internal sealed class Quantities
{
    private static readonly HashSet<string> s_linear = ["sum", "mean", "tr", "diag", "vec", "kron", "dot", "rows", "cols"];

    private readonly TypedProgram _program;
    private readonly HashSet<string> _dependent;
    private readonly HashSet<string> _taken;
    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Shape> _shapes = new(StringComparer.Ordinal);
    private readonly List<Quantity> _quantities = [];

    private Quantities(TypedProgram program, Variable variable)
    {
        _program = program;
        _dependent = new(StringComparer.Ordinal) { variable.Name };
        _taken = [.. program.Variables.Select(v => v.Name), .. program.Syntax.Bindings.SelectMany(b => b.Names), .. program.DimensionNames, "pi"];
    }

    /// <summary>The quantities that depend on the variable, in the order in which they are computed; the last one is the function.</summary>
    /// <param name="program">The program.</param>
    /// <param name="variable">The variable.</param>
    /// <param name="finds">Whether arguments of functions are named beside the user's own bindings.</param>
    public static IReadOnlyList<Quantity> Of(TypedProgram program, Variable variable, bool finds)
    {
        var quantities = new Quantities(program, variable);
        foreach (var binding in UsedNames.Of(program.Syntax).Bindings)
            quantities.Add(binding.Names[0], finds ? quantities.Flattened(binding.Value, true) : binding.Value, program.ShapeOfBound(binding.Names[0]));
        var function = finds ? quantities.Flattened(program.Syntax.Function, true) : program.Syntax.Function;
        string name = program.Syntax.FunctionNames is [var own] ? own : program.ShapeOf(program.Syntax.Function).Kind == Kind.Matrix ? quantities.Fresh("F", "G", "f") : quantities.Fresh("f", "F", "g");
        quantities.Add(name, function, program.ShapeOf(program.Syntax.Function), isFunction: true);
        return quantities._quantities;
    }

    private void Add(string name, SyntaxNode value, Shape shape, bool isFunction = false)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        UsedNames.Collect(value, used);
        string[] inputs = [.. _dependent.Where(used.Contains)];
        _quantities.Add(new(name, value, shape, inputs));
        _taken.Add(name);
        if (inputs.Length > 0 && !isFunction)
        {
            _dependent.Add(name);
            _known.TryAdd(SyntaxComparer.Encode(value), name);
            _shapes[name] = shape;
        }
    }

    private string Fresh(params ReadOnlySpan<string> names)
    {
        foreach (string name in names) if (!_taken.Contains(name)) return name;
        for (int k = 1; ; k++)
            if (!_taken.Contains($"{names[0]}{k}")) return $"{names[0]}{k}";
    }

    private bool Depends(SyntaxNode node)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        UsedNames.Collect(node, used);
        return used.Overlaps(_dependent);
    }

    private SyntaxNode Flattened(SyntaxNode node, bool isRoot = false)
    {
        if (DeepRecursion.IsNeeded) return DeepRecursion.Continue(() => Flattened(node, isRoot));
        if (!Depends(node)) return node;
        switch (node)
        {
            case CallSyntax call when !isRoot && OperatorTable.Find(call.Function) is ElementwiseOperator && !_program.ShapeOf(call).IsScalar && call.Arguments.Any(a => Depends(a) && !IsSimple(a)):
                return Named(call);
            case CallSyntax call when !s_linear.Contains(call.Function) && OperatorTable.Find(call.Function) is { TakesSizes: false }:
                return SyntaxPieces.With(call, [.. call.Arguments.Select(Named)]);
            case PowerSyntax { Base: CallSyntax { Function: "norm2" or "normF", Arguments: [var inside] } norm } power when !Depends(power.Exponent):
                return SyntaxPieces.With(power, [SyntaxPieces.With(norm, [Named(inside)]), power.Exponent]);
            case PowerSyntax power:
                return SyntaxPieces.With(power, [Named(power.Base), Depends(power.Exponent) ? Named(power.Exponent) : power.Exponent]);
            case ReductionSyntax:
                // Its pieces bear indices and have no shape of their own.
                return node;
            case ProductSyntax product when product.Links.Select(l => l.Operand).Prepend(product.First).Count(Depends) > 1 || product.Links.Any(l => l.Operator is not (Infix.Multiply or Infix.Hadamard or Infix.Kronecker) && Depends(l.Operand)):
                return SyntaxPieces.With(product, [.. SyntaxPieces.Children(product).Select(f => f is SumSyntax or TransposeSyntax { Operand: SumSyntax } ? NamedFactor(f) : Flattened(f))]);
            default:
                var children = SyntaxPieces.Children(node);
                return children.Count == 0 ? node : SyntaxPieces.With(node, [.. children.Select(c => Flattened(c))]);
        }
    }

    private SyntaxNode NamedFactor(SyntaxNode factor) => factor is TransposeSyntax t ? new TransposeSyntax(Named(t.Operand), t.Place) : Named(factor);

    // An argument gets a name unless it is one, or a multiple or transpose of one.
    private SyntaxNode Named(SyntaxNode node)
    {
        if (!Depends(node) || IsSimple(node)) return node;
        var shape = _program.ShapeOf(node);
        var value = Flattened(node, true);
        string key = SyntaxComparer.Encode(value);
        if (!_known.TryGetValue(key, out string? name))
        {
            name = shape.Kind switch
            {
                Kind.Scalar => Fresh("u", "v", "s", "q", "r"),
                Kind.Matrix => Fresh("Z", "U", "P", "Q", "M"),
                _ => Fresh("z", "u", "v", "w", "p"),
            };
            Add(name, value, shape);
        }
        return new NameSyntax(name, node.Place);
    }

    private static bool IsSimple(SyntaxNode node) => node switch
    {
        NameSyntax => true,
        TransposeSyntax t => IsSimple(t.Operand),
        NegateSyntax n => IsSimple(n.Operand),
        IndexSyntax i => IsSimple(i.Operand),
        ProductSyntax { Links: [{ Operator: Infix.Multiply or Infix.Divide, Operand: var right }], First: var left } => (IsNumber(left) && IsSimple(right)) || (IsNumber(right) && IsSimple(left)),
        ProductSyntax p => IsNumber(p.First) && p.Links.Take(p.Links.Count - 1).All(l => IsNumber(l.Operand)) && IsSimple(p.Links[^1].Operand) && p.Links[^1].Operator == Infix.Multiply,
        _ => false,
    };

    private static bool IsNumber(SyntaxNode node) => node is NumberSyntax or NegateSyntax { Operand: NumberSyntax };
}
