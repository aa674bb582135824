using System.Text;
using Nabla.Expressions.Compilation;
using Nabla.Expressions.Core;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Operators;

namespace Nabla.Expressions.Writing.Code;

/// <summary>Writes tensors as a function with loops: element-wise chains in one loop, products of matrices by the language's own, deltas and blocks by their places.</summary>
internal sealed partial class LoopWriter
{
    // A longer expression is given a name: languages bound how deep brackets may stand in each other.
    private const int LongestInline = 100;

    private readonly LoopDialect _dialect;
    private readonly Identifiers _identifiers;
    private readonly Dictionary<string, string> _inputs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _stored = new(StringComparer.Ordinal);
    private readonly Dictionary<Node, string> _names = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Node, string> _factors = new(ReferenceEqualityComparer.Instance);
    private readonly TensorUses _uses;
    private readonly List<string> _lines = [];
    private readonly CodeSizes _sizes;
    private string _indent = "";

    private LoopWriter(LoopDialect dialect, string name, IReadOnlyList<Variable> inputs, TensorUses uses)
    {
        (_dialect, _uses, _identifiers) = (dialect, uses, new(dialect.Vocabulary, name));
        foreach (var v in inputs) _inputs[v.Name] = _identifiers.New(v.Name);
        _sizes = new([.. inputs.Select(v => (_inputs[v.Name], v))], _identifiers);
    }

    /// <summary>A function of the inputs that returns the results.</summary>
    /// <param name="dialect">The language.</param>
    /// <param name="name">The name of the function.</param>
    /// <param name="inputs">The inputs.</param>
    /// <param name="results">The tensors, and whether each is a derivative.</param>
    /// <exception cref="NablaException">The language has no words for a function.</exception>
    /// <exception cref="ArgumentException">The name is none in the language.</exception>
    public static string Write(LoopDialect dialect, string name, IReadOnlyList<Variable> inputs, IReadOnlyList<(Node Node, bool IsDerivative)> results)
    {
        var writer = new LoopWriter(dialect, name, inputs, new(results));
        var values = new List<(string, bool)>();
        foreach (var (node, _) in results) values.Add((writer.Result(node, [.. values.Select(v => v.Item1)]), node.Order == 0));
        return dialect.Program(name, [.. inputs.Select(v => (writer._inputs[v.Name], v))], writer._sizes, writer._lines, values);
    }

    // A result is a variable of its own: no other result, and no input, which the caller may write to.
    private string Result(Node node, IReadOnlyList<string> others)
    {
        string name = Name(node);
        return others.Contains(name) || _inputs.ContainsValue(name) ? Copied(name, node) : name;
    }

    private void Line(string text) => _lines.Add(_indent + text);

    private string Fresh() => _identifiers.Temporary();

    private string[] SizesOf(IReadOnlyList<Dimension> axes) => [.. axes.Select(_sizes.Factor)];

    // The name of a variable that holds a tensor.
    private string Name(Node node)
    {
        if (_names.TryGetValue(node, out string? known)) return known;
        if (DeepRecursion.IsNeeded) return DeepRecursion.Continue(() => Name(node));
        if (node is SymbolNode s && _inputs.TryGetValue(s.Name, out string? input)) return input;
        string name;
        if (node is ContractNode contraction) name = Contract(contraction);
        else if (node is ApplyNode apply) name = Apply(apply);
        else if (node.Order == 0)
        {
            Prepare(node);
            string value = Entry(node, [], true);
            Line(_dialect.Scalar(name = Fresh(), value));
        }
        else
        {
            var diagonals = node is AddNode all ? Diagonals(all) : [];
            foreach (var o in node.Operands.Except(diagonals.Select(t => t.Node))) PrepareOperand(o);
            name = Zeros(SizesOf(node.Axes));
            if (node is AddNode sum && diagonals.Count > 0) SetSum(sum, diagonals, name);
            else if (node is LiteralNode literal) Fill(literal, name);
            else if (node is UnitNode or EmbedNode or PairNode) Select(node, name);
            else if (node is not AddNode { IsZero: true }) Filled(name, node, index => Entry(node, index, true));
        }
        return _names[node] = name;
    }

    // The terms of a sum that stand on a diagonal and nowhere else, beside terms that fill the whole array.
    private List<(Coefficient Coefficient, Node Node)> Diagonals(AddNode sum)
    {
        List<(Coefficient Coefficient, Node Node)> found = [.. sum.Terms.Where(t => t.Node is ContractNode { HasDelta: true } && !_uses.IsShared(t.Node) && !_names.ContainsKey(t.Node))];
        return found.Count < sum.Terms.Count ? found : [];
    }

    // A diagonal is added into its places: no matrix is formed of it.
    private void SetSum(AddNode sum, List<(Coefficient Coefficient, Node Node)> diagonals, string name)
    {
        Filled(name, sum, index => Sum(sum.Terms.Except(diagonals), index));
        foreach (var (c, node) in diagonals) Contract((ContractNode)node, (name, c));
    }

    private string Copied(string name, Node node)
    {
        if (node.Order > 0) return Filled(Zeros(SizesOf(node.Axes)), node, index => _dialect.Entry(name, index, SizesOf(node.Axes)));
        string copy = Fresh();
        Line(_dialect.Scalar(copy, name));
        return copy;
    }

    // Sets every entry of an array of the shape of a tensor.
    private string Filled(string name, Node node, Func<string[], string> value)
    {
        string[] index = Indices(node.Order), sizes = SizesOf(node.Axes);
        Looped(index, sizes, () => Line(_dialect.SetTo(_dialect.Entry(name, index, sizes, true), value(index))));
        Release(index);
        return name;
    }

    private string[] Indices(int count) => [.. Enumerable.Range(0, count).Select(_ => _identifiers.Index())];

    private void Release(IEnumerable<string> index)
    {
        foreach (string i in index) _identifiers.Release(i);
    }

    private string Zeros(string[] sizes)
    {
        string name = Fresh();
        foreach (string line in _dialect.Zeros(name, sizes)) Line(line);
        return name;
    }

    private void Fill(LiteralNode literal, string name)
    {
        int[] sizes = [.. literal.Axes.Select(a => (int)a.Size!.Value)];
        for (int k = 0; k < literal.Entries.Count; k++)
        {
            int rest = k;
            string[] index = new string[sizes.Length];
            for (int a = sizes.Length - 1; a >= 0; rest /= sizes[a--]) index[a] = $"{rest % sizes[a] + _dialect.Origin}";
            Line(_dialect.SetTo(_dialect.Entry(name, index, SizesOf(literal.Axes), true), LoopDialect.Number(literal.Entries[k].ToDouble())));
        }
    }

    // The ones of a unit vector, an embedding or a pair.
    private void Select(Node node, string name)
    {
        string[] sizes = SizesOf(node.Axes), index = Indices(node.Order - 1);
        string place = node switch
        {
            UnitNode u => $"{u.Index - 1 + _dialect.Origin}",
            EmbedNode e => string.Join(" + ", e.Parts.Take(e.Part).Select(_sizes.Of).Append(index[0])),
            _ => _dialect.Origin == 0 ? $"{index[0]}*{sizes[2]} + {index[1]}" : $"({index[0]} - 1)*{sizes[2]} + {index[1]}",
        };
        Looped(index, sizes[1..], () => Line(_dialect.SetTo(_dialect.Entry(name, [$"({place})", .. index], sizes, true), "1.0")));
        Release(index);
    }

    private void Looped(string[] index, string[] sizes, Action body)
    {
        string outer = _indent;
        for (int k = 0; k < index.Length; k++)
        {
            Line(_dialect.Loop(index[k], sizes[k]).Head);
            _indent += "    ";
        }
        body();
        for (int k = index.Length - 1; k >= 0; k--)
        {
            _indent = outer + string.Concat(Enumerable.Repeat("    ", k));
            Line(_dialect.Loop(index[k], sizes[k]).End);
        }
        _indent = outer;
    }

    private static bool IsEntrywise(Node n) => n switch
    {
        MapNode or AddNode => true,
        ContractNode c => !c.Sums && !c.HasDelta && !c.Factors.Any(f => f.Operand is UnitNode or EmbedNode or PairNode),
        _ => false,
    };

    private bool IsInside(Node n) => IsEntrywise(n) && !_uses.IsShared(n) && !_names.ContainsKey(n);

    // What a loop reads is computed before the loop.
    private void Prepare(Node node)
    {
        if (DeepRecursion.IsNeeded)
        {
            DeepRecursion.Continue<object?>(() => { Prepare(node); return null; });
            return;
        }
        foreach (var o in node.Operands) PrepareOperand(o);
    }

    private void PrepareOperand(Node o)
    {
        if (Number(o) is not null) return;
        if (IsInside(o)) Prepare(o);
        else Name(o);
    }

    private string? Number(Node node) => node switch
    {
        ContractNode { Factors.Count: 0, HasDelta: false, Sums: false } => "1.0",
        AddNode { IsZero: true } => "0.0",
        SymbolNode { SizeOf: { } dimension } => _sizes.Factor(dimension),
        SymbolNode { Name: "pi" } when !_inputs.ContainsKey("pi") => LoopDialect.Number(Math.PI),
        _ => null,
    };

    // One entry of a tensor; the tensor itself is written out, what is inside it may have a name.
    private string Entry(Node node, string[] index, bool isWhole = false)
    {
        if (DeepRecursion.IsNeeded) return DeepRecursion.Continue(() => Entry(node, index, isWhole));
        if (Number(node) is { } number) return number;
        if (!isWhole && !IsInside(node)) return node.Order == 0 ? Name(node) : _dialect.Entry(Name(node), index, SizesOf(node.Axes));
        string text = Written(node, index, isWhole);
        if (isWhole || text.Length <= LongestInline) return text;
        string name = Fresh();
        Line(_dialect.Scalar(name, text));
        return name;
    }

    private string Written(Node node, string[] index, bool isWhole)
    {
        switch (node)
        {
            case AddNode sum:
                return isWhole ? Sum(sum.Terms, index) : $"({Sum(sum.Terms, index)})";
            case MapNode map:
                return _dialect.Function(map.Function.Name, [.. map.Arguments.Select(a => Brackets.Bare(Entry(a, index)))]) ?? throw Unknown(map.Function.Name);
            case ContractNode c:
                var at = new Dictionary<int, string>();
                for (int a = 0; a < index.Length; a++) at[c.Result[a]] = index[a];
                string product = string.Join("*", c.Factors.Select(f => Raised(Entry(f.Operand, [.. f.Labels.Select(l => at[l])]), f, c)));
                return isWhole || c.Factors.Count == 1 ? product : $"({product})";
            default:
                return _dialect.Entry(Name(node), index, SizesOf(node.Axes));
        }
    }

    // Terms that are added come before those that are subtracted; a long sum is added up in parts.
    private string Sum(IEnumerable<(Coefficient Coefficient, Node Node)> terms, string[] index)
    {
        var text = new StringBuilder();
        foreach (var (c, node) in terms.OrderBy(t => t.Coefficient.Sign < 0))
        {
            if (text.Length > 4 * LongestInline)
            {
                string part = Fresh();
                Line(_dialect.Scalar(part, text.ToString()));
                text.Clear().Append(part);
            }
            double size = Math.Abs(c.ToDouble());
            string sign = text.Length == 0 ? (c.Sign < 0 ? "-" : "") : c.Sign < 0 ? " - " : " + ", term = Entry(node, index);
            text.Append(sign).Append(size == 1 ? term : Number(node) == "1.0" ? LoopDialect.Number(size) : $"{LoopDialect.Number(size)}*{term}");
        }
        return text.ToString();
    }

    private string Raised(string x, Factor f, ContractNode product)
    {
        if (f.IsPlain) return x;
        double e = f.Exponent.ToDouble();
        string bare = Brackets.Bare(x);
        if (_uses.IsSubgradient(f, product)) return _dialect.Function("norm-power", [bare, LoopDialect.Number(e)])!;
        return e switch
        {
            0.5 => _dialect.Function("sqrt", [bare])!,
            -1 => $"(1.0/{Brackets.Closed(x)})",
            2 when x.All(c => char.IsLetterOrDigit(c) || c is '_' or '[' or ']') => $"({x}*{x})",
            _ => _dialect.Power(bare, e),
        };
    }

    private static NablaException Unknown(string name) => new(ErrorCode.Unsupported, $"There is no code for {name} in this language.");

    private string Factors(Node matrix, out bool isPositiveDefinite)
    {
        isPositiveDefinite = Definiteness.SignOf(matrix) > 0;
        if (_factors.TryGetValue(matrix, out string? known)) return known;
        string argument = Name(matrix), name = Fresh();
        Line(_dialect.Factorisation(name, argument, isPositiveDefinite));
        return _factors[matrix] = name;
    }

    private string Apply(ApplyNode apply)
    {
        switch (apply)
        {
            case { Function: Inverse, Batch: 0 }:
                return Stored(_dialect.Inverse(Factors(apply.Argument, out bool isDefinite), isDefinite), false);
            case { Function: LogDeterminant, Batch: 0 }:
                return Stored(_dialect.LogDeterminant(Factors(apply.Argument, out bool isPositiveDefinite), isPositiveDefinite), true);
            case { Function: Softmax or LogSumExp or Product or LargestEntry or SmallestEntry }:
                string argument = Name(apply.Argument);
                string[] sizes = SizesOf(apply.Argument.Axes), index = Indices(apply.Batch);
                string target = apply.Order == 0 ? Fresh() : Zeros(SizesOf(apply.Axes));
                if (apply.Order == 0) Line(_dialect.RowFunction(apply.Function.Name, target, [], argument, [], sizes));
                else Looped(index, sizes[..apply.Batch], () => Line(_dialect.RowFunction(apply.Function.Name, target, SizesOf(apply.Axes), argument, index, sizes)));
                Release(index);
                return target;
            default:
                if (apply.Batch > 0 || apply.Function is Eigenvalues && !Signs.IsSymmetric(apply.Argument)) throw Unknown(apply.Function.Name);
                return Stored(_dialect.MatrixFunction(apply.Function.Name, Name(apply.Argument)) ?? throw Unknown(apply.Function.Name), apply.Order == 0);
        }
    }

    // A value has one name; no variable but an entry of an array gets a second value.
    private string Stored(string value, bool isScalar)
    {
        if (_stored.TryGetValue(value, out string? known)) return known;
        string name = _stored[value] = Fresh();
        if (isScalar) Line(_dialect.Scalar(name, value));
        else foreach (string line in _dialect.Array(name, value)) Line(line);
        return name;
    }
}
