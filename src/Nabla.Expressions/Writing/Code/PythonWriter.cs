using System.Globalization;
using System.Text;
using Nabla.Expressions.Compilation;
using Nabla.Expressions.Core;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Operators;

namespace Nabla.Expressions.Writing.Code;

/// <summary>Writes tensors as a Python function over NumPy, PyTorch or JAX arrays.</summary>
/// <remarks>
/// Shared tensors get a name, products are done two at a time in an order chosen as for a plan, element-wise products broadcast
/// (no diagonal matrix is formed), systems are solved and not inverted, and deltas are written into zeros.
/// </remarks>
internal sealed partial class PythonWriter
{
    private const int LongestInline = 60;
    private const int LongestSum = 400;

    private readonly PythonDialect _dialect;
    private readonly Identifiers _identifiers;
    private readonly Dictionary<string, string> _inputs = new(StringComparer.Ordinal);
    private readonly Dictionary<Node, string> _written = new(ReferenceEqualityComparer.Instance);
    private readonly TensorUses _uses;
    private readonly List<string> _lines = [];
    private readonly CodeSizes _sizes;

    private PythonWriter(PythonDialect dialect, string name, IReadOnlyList<Variable> inputs, TensorUses uses)
    {
        (_uses, _identifiers) = (uses, new(PythonDialect.Vocabulary, name));
        foreach (var v in inputs) _inputs[v.Name] = _identifiers.New(v.Name);
        _dialect = dialect with { Like = inputs.Count > 0 ? _inputs[inputs[0].Name] : null };
        _sizes = new([.. inputs.Select(v => (_inputs[v.Name], v))], _identifiers);
    }

    /// <summary>A function of the inputs that returns the results.</summary>
    /// <param name="dialect">The library.</param>
    /// <param name="name">The name of the function.</param>
    /// <param name="inputs">The inputs.</param>
    /// <param name="results">The tensors, and whether each is a derivative.</param>
    /// <exception cref="NablaException">The library has no words for a function.</exception>
    /// <exception cref="ArgumentException">The name is none in Python.</exception>
    public static string Write(PythonDialect dialect, string name, IReadOnlyList<Variable> inputs, IReadOnlyList<(Node Node, bool IsDerivative)> results)
    {
        var writer = new PythonWriter(dialect, name, inputs, new(results));
        string[] values = [.. results.Select(r => writer.Whole(r.Node))];
        return writer.Finished(name, inputs, values);
    }

    private string Finished(string name, IReadOnlyList<Variable> inputs, string[] values)
    {
        string body = string.Concat(_lines.Select(l => $"    {l}\n")) + $"    return {string.Join(", ", values)}\n";
        var text = new StringBuilder(_dialect.Import).Append("\n\n\n");
        foreach (var definition in Definition.Needed(body, _dialect.Definitions)) text.Append(definition.Text).Append("\n\n\n");
        text.Append("def ").Append(name).Append('(').AppendJoin(", ", inputs.Select(v => _inputs[v.Name]).Concat(_dialect.Parameters)).Append("):\n");
        void Line(string line) => text.Append("    ").Append(line).Append('\n');
        foreach (var v in inputs)
        {
            string input = _inputs[v.Name];
            int order = v.Shape.Axes.Count;
            Line($"{input} = {_dialect.Converted(input)}");
            Line($"if {input}.ndim != {order}:");
            Line($"    raise ValueError(f\"{input} must be {order switch { 0 => "a scalar", 1 => "a vector", _ => "a matrix" }}, but its shape is {{tuple({input}.shape)}}\")");
        }
        foreach (var (size, input, axis) in _sizes.Sources) Line($"{size} = {input}.shape[{axis}]");
        foreach (var v in inputs.Where(IsBound))
        {
            string input = _inputs[v.Name], shape = Shape(v.Shape.Axes);
            Line($"if {input}.shape != {shape}:");
            Line($"    raise ValueError(f\"{input} must be of shape {{{shape}}}, but its shape is {{tuple({input}.shape)}}\")");
        }
        return text.Append(body).ToString();
    }

    // Whether an axis has a size that does not come from this input.
    private bool IsBound(Variable v) => v.Shape.Axes.Where((dimension, axis) => !_sizes.Sources.Contains((_sizes.Of(dimension), _inputs[v.Name], axis))).Any();

    // A result has its full shape, and is no number of Python's own.
    // It is no input, and no view of one, that the caller may write to.
    private string Whole(Node node)
    {
        string text = Number(node) is { } number ? _dialect.Full(Shape(node.Axes), number) : InArray(Of(node), node);
        return _inputs.ContainsValue(text) || text.EndsWith(".T", StringComparison.Ordinal) && _inputs.ContainsValue(text[..^2]) ? _dialect.Copy(text) : text;
    }

    private string Shape(IReadOnlyList<Dimension> axes) => axes.Count == 1 ? $"({_sizes.Of(axes[0])},)" : $"({string.Join(", ", axes.Select(_sizes.Of))})";

    private string Assigned(string value)
    {
        string name = _identifiers.Temporary();
        _lines.Add($"{name} = {value}");
        return name;
    }

    private string? Number(Node node) => node switch
    {
        ContractNode { Factors.Count: 0, HasDelta: false, Sums: false } => "1",
        AddNode { IsZero: true } => "0",
        AddNode { Terms: [(var c, ContractNode { Factors.Count: 0, HasDelta: false, Sums: false })] } => Text(c),
        SymbolNode { SizeOf: { } dimension } => _sizes.Factor(dimension),
        SymbolNode { Name: "pi" } when !_inputs.ContainsKey("pi") => "math.pi",
        _ => null,
    };

    // Whether the text of a tensor is a number of Python's own.
    private bool IsNumber(Node node) => Number(node) is not null || (node is AddNode or ContractNode && node.Order == 0 && node.Operands.All(IsNumber));

    private static string Text(Coefficient c)
    {
        if (c.IsInteger && c.Numerator.GetBitLength() < 60) return c.Sign < 0 ? $"({c.Numerator})" : $"{c.Numerator}";
        if (c.IsExact && c.Numerator.GetBitLength() < 50 && c.Denominator.GetBitLength() < 50) return $"({c.Numerator}/{c.Denominator})";
        return $"({c.ToDouble().ToString("R", CultureInfo.InvariantCulture)})";
    }

    // A tensor as an expression that can stand anywhere; it has all of its axes.
    private string Of(Node node)
    {
        if (_written.TryGetValue(node, out string? known)) return known;
        if (DeepRecursion.IsNeeded) return DeepRecursion.Continue(() => Of(node));
        if (node is SymbolNode s && _inputs.TryGetValue(s.Name, out string? input)) return input;
        if (node is LiteralNode literal) return _written[node] = Assigned(_dialect.Literal(Entries(literal)));
        if (Number(node) is { } number) return node.Order == 0 ? number : _written[node] = Assigned(_dialect.Full(Shape(node.Axes), number));
        string text = node switch
        {
            AddNode sum => Sum(sum),
            MapNode map => Map(map),
            ApplyNode apply => Apply(apply),
            ContractNode c => Contract(c),
            UnitNode or EmbedNode or PairNode => Selection(node),
            _ => throw new NablaException(ErrorCode.Request, $"A value is needed for {node}."),
        };
        bool isName = text.All(ch => char.IsLetterOrDigit(ch) || ch == '_');
        if (!isName && (_uses.IsShared(node) || text.Length > LongestInline)) text = Assigned(text);
        return _written[node] = isName || text.All(ch => char.IsLetterOrDigit(ch) || ch == '_') || Brackets.IsClosed(text) ? text : $"({text})";
    }

    private static string Entries(LiteralNode literal)
    {
        string[] all = [.. literal.Entries.Select(e => e.ToDouble().ToString("R", CultureInfo.InvariantCulture))];
        if (literal.Order < 2) return literal.Order == 0 ? all[0] : $"[{string.Join(", ", all)}]";
        int columns = (int)literal.Axes[1].Size!.Value;
        return $"[{string.Join(", ", all.Chunk(columns).Select(row => $"[{string.Join(", ", row)}]"))}]";
    }

    private string Sum(AddNode sum)
    {
        var text = new StringBuilder();
        foreach (var (c, node) in sum.Terms.OrderBy(t => t.Coefficient.Sign < 0))
        {
            // Python bounds how many terms one expression may have.
            if (text.Length > LongestSum)
            {
                string part = Assigned(text.ToString());
                text.Clear().Append(part);
            }
            var size = c.Sign < 0 ? -c : c;
            string term = Number(node) is { } number ? (number == "1" ? Text(size) : $"{number}*{Text(size)}") : size.IsOne ? Of(node) : $"{Text(size)}*{Of(node)}";
            text.Append(text.Length == 0 ? (c.Sign < 0 ? "-" : "") : c.Sign < 0 ? " - " : " + ").Append(term);
        }
        // Numbers among the terms broadcast; numbers alone have no shape.
        return sum.Terms.All(t => Number(t.Node) is not null) && sum.Order > 0 ? _dialect.Full(Shape(sum.Axes), text.ToString()) : text.ToString();
    }

    private string Map(MapNode map)
    {
        string[] x = [.. map.Arguments.Select(a => Number(a) is { } number ? _dialect.Full("()", number) : InArray(Of(a), a))];
        string text = _dialect.Function(map.Function.Name, x) ?? throw Unknown(map.Function.Name);
        return map.Arguments.All(a => Number(a) is not null) && map.Order > 0 ? Broadcast(text, map.Axes) : text;
    }

    private string Broadcast(string text, IReadOnlyList<Dimension> axes) => $"{_dialect.Module}.broadcast_to({text}, {Shape(axes)})";

    private NablaException Unknown(string name) => new(ErrorCode.Unsupported, $"There is no code for {name} with {_dialect.Module}.");

    private string Apply(ApplyNode apply)
    {
        string x = Of(apply.Argument), linear = $"{_dialect.Module}.linalg";
        string axes = apply.Operated == 1 ? "(-1,)" : "(-2, -1)";
        return apply.Function switch
        {
            Inverse => $"{linear}.inv({x})",
            Determinant => $"{linear}.det({x})",
            LogDeterminant when apply.Batch == 0 => $"logdet({x})",
            Softmax => $"softmax({x}, {axes})",
            LogSumExp => $"logsumexp({x}, {axes})",
            Operators.Product => $"product({x}, {apply.Operated})",
            LargestEntry => _dialect.IsTorch ? $"torch.amax({x}, dim={axes})" : $"{_dialect.Module}.max({x}, axis={axes})",
            SmallestEntry => _dialect.IsTorch ? $"torch.amin({x}, dim={axes})" : $"{_dialect.Module}.min({x}, axis={axes})",
            SingularValues => _dialect.IsTorch ? $"torch.linalg.svdvals({x})" : $"{linear}.svd({x}, compute_uv=False)",
            Eigenvalues when Signs.IsSymmetric(apply.Argument) => $"{linear}.eigvalsh({x})",
            Eigenprojections when apply.Batch == 0 => $"eigenprojections({x})",
            _ => throw Unknown(apply.Function.Name),
        };
    }
}
