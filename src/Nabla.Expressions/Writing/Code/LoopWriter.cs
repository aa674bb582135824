using Nabla.Expressions.Compilation;
using Nabla.Expressions.Core;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Operators;

namespace Nabla.Expressions.Writing.Code;

/// <summary>Writes tensors as a function with loops: element-wise chains in one loop, products of matrices by the language's own, deltas and blocks by their places.</summary>
internal sealed partial class LoopWriter
{
    private readonly LoopDialect _dialect;
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _inputs = new(StringComparer.Ordinal);
    private readonly Dictionary<Node, string> _names = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Node, string> _factors = new(ReferenceEqualityComparer.Instance);
    private readonly TensorUses _uses;
    private readonly List<string> _lines = [];
    private readonly CodeSizes _sizes;
    private string _indent = "";
    private int _count;

    private LoopWriter(LoopDialect dialect, IReadOnlyList<Variable> inputs, TensorUses uses)
    {
        (_dialect, _uses) = (dialect, uses);
        foreach (var v in inputs) _inputs[v.Name] = Identifiers.Of(v.Name, _taken);
        _sizes = new(inputs, _taken);
    }

    /// <summary>A function of the inputs that returns the results.</summary>
    /// <param name="dialect">The language.</param>
    /// <param name="name">The name of the function.</param>
    /// <param name="inputs">The inputs.</param>
    /// <param name="results">The tensors, and whether each is a derivative.</param>
    /// <exception cref="NablaException">The language has no words for a function.</exception>
    public static string Write(LoopDialect dialect, string name, IReadOnlyList<Variable> inputs, IReadOnlyList<(Node Node, bool IsDerivative)> results)
    {
        var writer = new LoopWriter(dialect, inputs, new(results));
        string[] values = [.. results.Select(r => writer.Name(r.Node))];
        return dialect.Program(name, [.. inputs.Select(v => (writer._inputs[v.Name], v))], writer._sizes, writer._lines, values, [.. results.Select(r => r.Node.Order == 0)]);
    }

    private void Line(string text) => _lines.Add(_indent + text);

    private string Fresh() => Identifiers.Of($"t{++_count}", _taken);

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
            string[] index = [.. Enumerable.Range(0, node.Order).Select(_ => Identifiers.Of("i", _taken))];
            Prepare(node);
            name = Zeros(SizesOf(node.Axes));
            if (node is LiteralNode literal) Fill(literal, name);
            else if (node is UnitNode or EmbedNode or PairNode) Select(node, name);
            else Looped(index, SizesOf(node.Axes), () => Line(_dialect.SetTo(_dialect.Entry(name, index, SizesOf(node.Axes), true), Entry(node, index, true))));
            foreach (string i in index) _taken.Remove(i);
        }
        return _names[node] = name;
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
        string[] sizes = SizesOf(node.Axes), index = [.. Enumerable.Range(1, Math.Max(0, node.Order - 1)).Select(_ => Identifiers.Of("i", _taken))];
        string place = node switch
        {
            UnitNode u => $"{u.Index - 1 + _dialect.Origin}",
            EmbedNode e => string.Join(" + ", e.Parts.Take(e.Part).Select(_sizes.Of).Append(index[0])),
            _ => _dialect.Origin == 0 ? $"{index[0]}*{sizes[2]} + {index[1]}" : $"({index[0]} - 1)*{sizes[2]} + {index[1]}",
        };
        Looped(index, sizes[1..], () => Line(_dialect.SetTo(_dialect.Entry(name, [$"({place})", .. index], sizes, true), "1.0")));
        foreach (string i in index) _taken.Remove(i);
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

    private static string Text(Coefficient c) => LoopDialect.Number(c.ToDouble()) is var text && c.Sign < 0 ? $"({text})" : text;

    // One entry of a tensor.
    private string Entry(Node node, string[] index, bool inside = false)
    {
        if (DeepRecursion.IsNeeded) return DeepRecursion.Continue(() => Entry(node, index, inside));
        if (Number(node) is { } number) return number;
        if (!inside && !IsInside(node)) return node.Order == 0 ? Name(node) : _dialect.Entry(Name(node), index, SizesOf(node.Axes));
        switch (node)
        {
            case AddNode sum:
                return "(" + string.Join(" + ", sum.Terms.Select(t => t.Coefficient.IsOne ? Entry(t.Node, index) : $"{Text(t.Coefficient)}*{Entry(t.Node, index)}")) + ")";
            case MapNode map:
                return _dialect.Function(map.Function.Name, [.. map.Arguments.Select(a => Entry(a, index))]) ?? throw Unknown(map.Function.Name);
            case ContractNode c:
                var at = new Dictionary<int, string>();
                for (int a = 0; a < index.Length; a++) at[c.Result[a]] = index[a];
                return c.Factors.Count == 0 ? "1.0" : "(" + string.Join("*", c.Factors.Select(f => Raised(Entry(f.Operand, [.. f.Labels.Select(l => at[l])]), f, c))) + ")";
            default:
                return _dialect.Entry(Name(node), index, SizesOf(node.Axes));
        }
    }

    private string Raised(string x, Factor f, ContractNode product)
    {
        if (f.IsPlain) return x;
        double e = f.Exponent.ToDouble();
        if (_uses.IsSubgradient(f, product)) return _dialect.Function("norm-power", [x, LoopDialect.Number(e)])!;
        return e switch
        {
            0.5 => _dialect.Function("sqrt", [x])!,
            -1 => $"(1.0/{x})",
            2 when x.All(c => char.IsLetterOrDigit(c) || c is '_' or '[' or ']') => $"({x}*{x})",
            _ => _dialect.Power(x, LoopDialect.Number(e)),
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
                return Stored(_dialect.Inverse(Factors(apply.Argument, out _), _sizes.Factor(apply.Axes[0])), false);
            case { Function: LogDeterminant, Batch: 0 }:
                return Stored(_dialect.LogDeterminant(Factors(apply.Argument, out bool isPositiveDefinite), isPositiveDefinite), true);
            case { Function: Softmax or LogSumExp or Product or LargestEntry or SmallestEntry }:
                string argument = Name(apply.Argument);
                string[] sizes = SizesOf(apply.Argument.Axes), index = [.. Enumerable.Range(0, apply.Batch).Select(_ => Identifiers.Of("i", _taken))];
                string target = apply.Order == 0 ? Fresh() : Zeros(SizesOf(apply.Axes));
                if (apply.Order == 0) Line(_dialect.RowFunction(apply.Function.Name, target, [], argument, [], sizes));
                else Looped(index, sizes[..apply.Batch], () => Line(_dialect.RowFunction(apply.Function.Name, target, SizesOf(apply.Axes), argument, index, sizes)));
                foreach (string i in index) _taken.Remove(i);
                return target;
            default:
                if (apply.Batch > 0 || apply.Function is Eigenvalues && !Signs.IsSymmetric(apply.Argument)) throw Unknown(apply.Function.Name);
                return Stored(_dialect.MatrixFunction(apply.Function.Name, Name(apply.Argument)) ?? throw Unknown(apply.Function.Name), apply.Order == 0);
        }
    }

    private string Stored(string value, bool isScalar)
    {
        string name = Fresh();
        if (isScalar) Line(_dialect.Scalar(name, value));
        else foreach (string line in _dialect.Array(name, value)) Line(line);
        return name;
    }
}
