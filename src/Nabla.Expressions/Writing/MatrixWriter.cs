using Nabla.Expressions.Core;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Operators;

namespace Nabla.Expressions.Writing;

/// <summary>Writes tensors of at most two axes in matrix notation, as short as the search finds; null where no matrix expression holds them.</summary>
/// <remarks>A tensor of one axis is written as a column.</remarks>
internal sealed class MatrixWriter
{
    private readonly Dictionary<Node, Form?> _written = new(ReferenceEqualityComparer.Instance);
    private readonly SumWriter _sums;
    private readonly ContractionReader _contractions;

    /// <param name="tensors">The store.</param>
    /// <param name="sizes">How sizes are written.</param>
    /// <param name="budget">How many alternatives the search may try.</param>
    public MatrixWriter(Tensors tensors, SizeWriter sizes, int budget)
    {
        (Tensors, Sizes, Budget) = (tensors, sizes, budget);
        _sums = new(this);
        _contractions = new(this);
    }

    /// <summary>The store.</summary>
    public Tensors Tensors { get; }

    /// <summary>How sizes are written.</summary>
    public SizeWriter Sizes { get; }

    /// <summary>How many alternatives the search may still try.</summary>
    public int Budget { get; set; }

    /// <summary>Names given to tensors: they are written by their name.</summary>
    public Dictionary<Node, Form> Named { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>The shortest form found, or null.</summary>
    public Form? Write(Node node)
    {
        if (DeepRecursion.IsNeeded) return DeepRecursion.Continue(() => Write(node));
        if (Named.TryGetValue(node, out var name)) return name;
        if (_written.TryGetValue(node, out var known)) return known;
        Tensors.Work.Check();
        var form = node.Order > 2 ? null : WriteUnnamed(node);
        return _written[node] = form;
    }

    /// <summary>A tensor as it is, even if it has a name: for the binding of the name.</summary>
    public Form? WriteUnnamed(Node node) => node switch
    {
        SymbolNode { SizeOf: { } dimension } => Sizes.Write(dimension) is { } size ? Form.Sized(size.Function, Kind.Scalar, false, size.Argument) : null,
        SymbolNode s => Form.Name(s.Name, KindOf(s), Signs.IsSymmetric(s)),
        LiteralNode l => Form.Literal(l),
        UnitNode u => Sizes.Identity(u.Axes[0]) is { } eye ? Form.Index(eye, Kind.Column, null, Form.Constant(Tensors.Integer(u.Index))) : null,
        EmbedNode e => WriteEmbedding(e),
        MapNode m => WriteMap(m),
        ApplyNode a => WriteApply(a),
        AddNode sum => _sums.Write(sum),
        ContractNode c => WriteContraction(c, 1),
        _ => null,
    };

    /// <summary>A multiple of a tensor.</summary>
    public Form? WriteMultiple(Coefficient coefficient, Node node) =>
        node is ContractNode c && !Named.ContainsKey(c) ? WriteContraction(c, coefficient) : Write(node) is { } form ? Scale(coefficient, form) : null;

    // A sum that is kept closed gets its bracket.
    private Form? WriteContraction(ContractNode c, Coefficient coefficient) =>
        c is { HasDelta: false, Factors: [{ IsPlain: true, Operand: AddNode sum }] } && c.Order == sum.Order && c.Result.SequenceEqual(c.Factors[0].Labels)
            ? Write(sum) is { } form ? Scale(coefficient, Form.Closed(form)) : null
            : _contractions.Write(c, coefficient);

    /// <summary>A multiple of a written form.</summary>
    public static Form Scale(Coefficient coefficient, Form form)
    {
        if (coefficient.IsOne) return form;
        if (coefficient.Sign < 0 && form.Number is null) return Form.Negate(Scale(-coefficient, form));
        if (form.Number is { } number) return Form.Constant(coefficient * number);
        if (coefficient.IsInteger || !coefficient.IsExact || Form.IsDecimal(coefficient)) return Form.Multiply(Form.Constant(coefficient), form);
        var bottom = Form.Constant(Coefficient.Rational(coefficient.Denominator, 1));
        return Form.Divide(coefficient.Numerator.IsOne ? form : Form.Multiply(Form.Constant(Coefficient.Rational(coefficient.Numerator, 1)), form), bottom);
    }

    /// <summary>The kind that a tensor is written with.</summary>
    public static Kind KindOf(Node node) => node.Order switch { 0 => Kind.Scalar, 1 => Kind.Column, _ => Kind.Matrix };

    private Form? WriteMap(MapNode map)
    {
        if (OperatorTable.Find(map.Function.Name) is null) return null;
        var arguments = new Form[map.Arguments.Count];
        for (int i = 0; i < arguments.Length; i++)
        {
            // A constant among the arguments is broadcast by itself.
            var argument = map.Arguments.Count > 1 && Broadcast.Of(map.Arguments[i]) is var constant && constant.Length > 0 && constant.All(c => c)
                ? Broadcast.Drop(Tensors, map.Arguments[i], constant)
                : map.Arguments[i];
            if (Write(argument) is not { } form) return null;
            arguments[i] = form;
        }
        return map.Function.Symbol == ".^"
            ? Form.ElementwisePower(arguments[0], arguments[1])
            : Form.Call(map.Function.Name, KindOf(map), Signs.IsSymmetric(map), arguments);
    }

    private Form? WriteApply(ApplyNode apply)
    {
        if (OperatorTable.Find(apply.Function.Name) is null) return null;
        if (apply.Batch > 0)
        {
            // One value, or one vector, for each row of a matrix: softmax(X, 2), max(X, 2).
            if (apply.Batch != 1 || apply.Operated != 1 || OperatorTable.Find(apply.Function.Name)!.Arity.Most < 2 || !apply.Function.InNotation || Write(apply.Argument) is not { } rows) return null;
            var plain = Form.Call(apply.Function.Name, KindOf(apply), rows, Form.Constant(2));
            var turned = Form.Call(apply.Function.Name, apply.Order == 2 ? Kind.Matrix : Kind.Row, rows.Transpose(), Form.Constant(1)).Transpose();
            return turned.Tokens < plain.Tokens ? turned : plain;
        }
        if (Write(apply.Argument) is not { } argument) return null;
        return apply.Function.Name == "inv" ? Form.Inverse(argument) : Form.Call(apply.Function.Name, KindOf(apply), Signs.IsSymmetric(apply), argument);
    }

    private Form? WriteEmbedding(EmbedNode embedding)
    {
        var columns = Sizes.Size(embedding.Axes[1]);
        var pieces = new Form[embedding.Parts.Count];
        for (int i = 0; i < pieces.Length; i++)
        {
            var part = i == embedding.Part ? Sizes.Identity(embedding.Axes[1])
                : Sizes.Size(embedding.Parts[i]) is { } rows && columns is not null ? Form.Sized("zeros", Kind.Matrix, false, rows, columns) : null;
            if (part is null) return null;
            pieces[i] = part;
        }
        return Form.Block(true, Kind.Matrix, pieces);
    }
}
