using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
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

    private readonly PythonDialect _dialect;
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _inputs = new(StringComparer.Ordinal);
    private readonly Dictionary<Node, string> _written = new(ReferenceEqualityComparer.Instance);
    private readonly TensorUses _uses;
    private readonly List<string> _lines = [];
    private readonly CodeSizes _sizes;
    private int _count;

    private PythonWriter(PythonDialect dialect, IReadOnlyList<Variable> inputs, TensorUses uses)
    {
        (_dialect, _uses) = (dialect, uses);
        foreach (var v in inputs) _inputs[v.Name] = Identifiers.Of(v.Name, _taken);
        _sizes = new(inputs, _taken);
    }

    /// <summary>A function of the inputs that returns the results.</summary>
    /// <param name="dialect">The library.</param>
    /// <param name="name">The name of the function.</param>
    /// <param name="inputs">The inputs.</param>
    /// <param name="results">The tensors, and whether each is a derivative.</param>
    /// <exception cref="NablaException">The library has no words for a function.</exception>
    public static string Write(PythonDialect dialect, string name, IReadOnlyList<Variable> inputs, IReadOnlyList<(Node Node, bool IsDerivative)> results)
    {
        var writer = new PythonWriter(dialect, inputs, new(results));
        string[] values = [.. results.Select(r => writer.Whole(r.Node))];
        return writer.Finished(name, inputs, values);
    }

    private string Finished(string name, IReadOnlyList<Variable> inputs, string[] values)
    {
        string body = string.Concat(_lines.Select(l => $"    {l}\n")) + $"    return {string.Join(", ", values)}\n";
        var text = new StringBuilder(_dialect.Import).Append("\n\n\n");
        foreach (var (function, definition) in _dialect.Definitions)
            if (Regex.IsMatch(body, $@"(?<![\w.]){function}\(")) text.Append(definition).Append("\n\n\n");
        text.Append(CultureInfo.InvariantCulture, $"def {name}({string.Join(", ", inputs.Select(v => _inputs[v.Name]))}):\n");
        foreach (var (size, input, axis) in _sizes.Sources) text.Append(CultureInfo.InvariantCulture, $"    {size} = {_inputs[input]}.shape[{axis}]\n");
        foreach (var v in inputs.Where(v => v.Shape.Axes.Count > 0)) text.Append(CultureInfo.InvariantCulture, $"    assert tuple({_inputs[v.Name]}.shape) == {Shape(v.Shape.Axes)}, {_inputs[v.Name]}.shape\n");
        return text.Append(body).ToString();
    }

    // A result has its full shape, and is no number of Python's own.
    private string Whole(Node node) => Number(node) is { } number ? _dialect.Full(Shape(node.Axes), number) : Of(node);

    private string Shape(IReadOnlyList<Dimension> axes) => axes.Count == 1 ? $"({_sizes.Of(axes[0])},)" : $"({string.Join(", ", axes.Select(_sizes.Of))})";

    private string Assigned(string value)
    {
        string name = Identifiers.Of($"t{++_count}", _taken);
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
        return _written[node] = isName || text.All(ch => char.IsLetterOrDigit(ch) || ch == '_') || IsClosed(text) ? text : $"({text})";
    }

    // Whether a text is a call or an index, or stands in brackets as a whole.
    private static bool IsClosed(string text)
    {
        int depth = 0;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c is '(' or '[') depth++;
            else if (c is ')' or ']') depth--;
            else if (depth == 0 && !(char.IsLetterOrDigit(c) || c is '_' or '.')) return false;
        }
        return true;
    }

    // A text that an index or a transposition may follow: x**2[0] would be another thing.
    private static string Closed(string text) => IsClosed(text) ? text : $"({text})";

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
            var size = c.Sign < 0 ? -c : c;
            string term = Number(node) is { } number ? (number == "1" ? Text(size) : $"{number}*{Text(size)}") : size.IsOne ? Of(node) : $"{Text(size)}*{Of(node)}";
            text.Append(text.Length == 0 ? (c.Sign < 0 ? "-" : "") : c.Sign < 0 ? " - " : " + ").Append(term);
        }
        // Numbers among the terms broadcast; numbers alone have no shape.
        return sum.Terms.All(t => Number(t.Node) is not null) && sum.Order > 0 ? _dialect.Full(Shape(sum.Axes), text.ToString()) : text.ToString();
    }

    private string Map(MapNode map)
    {
        string[] x = [.. map.Arguments.Select(a => Number(a) is { } number ? _dialect.Full("()", number) : Of(a))];
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
