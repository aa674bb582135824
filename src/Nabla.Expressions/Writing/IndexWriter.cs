using System.Text;
using Nabla.Expressions.Core;

namespace Nabla.Expressions.Writing;

/// <summary>Writes tensors of any order in index notation: one entry, with <c>delta[i,j]</c> for deltas.</summary>
/// <remarks>
/// As a program of the notation, an entry is put in its place by unit vectors, and a delta is an entry of an identity:
/// <c>sum[i](x[i]*eye(n)[:,i])</c>. An axis that a function acts on is written <c>:</c>, as a row. Inner vectors and matrices are bound to
/// names before, so that sums do not nest: nested sums cost the product of their sizes.
/// </remarks>
/// <param name="matrices">Writes the arguments of functions of whole matrices.</param>
/// <param name="asProgram">Whether the text must be one of the notation.</param>
internal sealed class IndexWriter(MatrixWriter matrices, bool asProgram = false)
{
    private static readonly string[] s_names = ["i", "j", "k", "l", "p", "q", "r", "s", "t", "u", "v", "w"];

    private const double MaxTerms = 3_000;

    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly Dictionary<Node, string?> _names = new(ReferenceEqualityComparer.Instance);
    private readonly List<string> _bindings = [];
    private int _length;
    private double _terms = 1;

    /// <summary><c>D[i,j,k] = ...</c>, or null where it would be too long.</summary>
    public string? Write(string name, Node node, IEnumerable<string> variables)
    {
        _taken.UnionWith(variables);
        var indices = new string[node.Order];
        for (int a = 0; a < indices.Length; a++) indices[a] = Fresh(indices.AsSpan(0, a));
        _taken.UnionWith(indices);
        _length = 0;
        return Entry(node, indices, false) is { } text ? $"{name}{(indices.Length > 0 ? $"[{string.Join(",", indices)}]" : "")} = {text}" : null;
    }

    /// <summary>A scalar, vector or matrix as a program, entry by entry; null where an entry cannot be written, or where its sums have too many terms.</summary>
    public string? WriteProgram(Node node, IEnumerable<string> variables)
    {
        _taken.UnionWith(variables);
        _length = 0;
        _names[node] = null;
        return ByEntries(node) is { } text ? string.Join("; ", [.. _bindings, text]) : null;
    }

    private string? ByEntries(Node node)
    {
        var indices = new string[node.Order];
        for (int a = 0; a < indices.Length; a++) indices[a] = Fresh(indices.AsSpan(0, a));
        double terms = _terms;
        _terms = Terms(node.Axes);
        _taken.UnionWith(indices);
        string? entry = Entry(node, indices, true);
        _taken.ExceptWith(indices);
        _terms = terms;
        if (entry is null || node.Order == 0) return entry;
        var sizes = node.Axes.Select(matrices.Sizes.Identity).ToArray();
        if (sizes.Contains(null)) return null;
        string place = node.Order == 1 ? $"{sizes[0]!.Key}[:,{indices[0]}]" : $"{sizes[0]!.Key}[:,{indices[0]}]*{sizes[1]!.Key}[{indices[1]},:]";
        return $"sum[{string.Join(",", indices)}]({entry}*{place})";
    }

    // Named sizes are small where the text is tried.
    private static double Terms(IEnumerable<Notation.Dimension> axes) => axes.Aggregate(1.0, (n, a) => n * (a.Size ?? 3));

    // The name of an inner tensor, bound when it is first met; null where it is as short as a name, or has none.
    private string? NameOf(Node node)
    {
        if (node.Order > 2 || node is not (MapNode or ApplyNode or AddNode or ContractNode)) return null;
        if (_names.TryGetValue(node, out var known)) return known;
        _names[node] = null;
        var form = matrices.Write(node);
        if (form is { Tokens: < 3 } || (form?.Key ?? (Sums(node) ? ByEntries(node) : null)) is not { } text) return null;
        string prefix = node.Order switch { 0 => "s", 1 => "z", _ => "Z" }, name;
        int count = 0;
        do name = $"{prefix}{++count}"; while (_taken.Contains(name));
        _taken.Add(name);
        _bindings.Add($"{name} = {text}");
        return _names[node] = name;
    }

    private static bool Sums(Node node) => node is ContractNode { Sums: true } || (node is AddNode or ContractNode && node.Operands.Any(Sums));

    private static string? Named(string name, string[] indices)
    {
        string suffix = indices.Length > 0 ? $"[{string.Join(",", indices)}]" : "";
        return indices switch
        {
            [":"] => name + "'",
            [":", ":"] => null,
            [":", _] => $"{name}{suffix}'",
            _ => name + suffix,
        };
    }

    private string? Delta(string a, string b, Notation.Dimension size)
    {
        if (!asProgram) return $"delta[{a},{b}]";
        if (a == ":") (a, b) = (b, a);
        return matrices.Sizes.Identity(size) is { } eye ? $"{eye.Key}[{a},{b}]" : null;
    }

    private string Fresh(ReadOnlySpan<string> used)
    {
        for (int round = 0; ; round++)
            foreach (string n in s_names)
            {
                string name = round == 0 ? n : n + round;
                if (!_taken.Contains(name) && !used.Contains(name)) return name;
            }
    }

    private string? Entry(Node node, string[] indices, bool inProduct)
    {
        if (DeepRecursion.IsNeeded) return DeepRecursion.Continue(() => Entry(node, indices, inProduct));
        matrices.Tensors.Work.Check();
        if (++_length > 20_000) return null;
        if (asProgram && NameOf(node) is { } bound) return Named(bound, indices);
        string suffix = indices.Length > 0 ? $"[{string.Join(",", indices)}]" : "";
        switch (node)
        {
            case SymbolNode { SizeOf: null } s when asProgram:
                return Named(s.Name, indices);
            case SymbolNode { SizeOf: null } s:
                return s.Name + suffix;
            case UnitNode u:
                return Delta(indices[0], u.Index.ToString(System.Globalization.CultureInfo.InvariantCulture), u.Axes[0]);
            case AddNode sum:
                return Sum(sum, indices, inProduct);
            case ContractNode c:
                return Product(c, indices, inProduct);
            case MapNode m:
                var arguments = m.Arguments.Select(a => Entry(a, indices, false)).ToArray();
                if (arguments.Contains(null)) return null;
                return m.Function.Symbol == ".^" ? $"({arguments[0]}){(asProgram ? "." : "")}^({arguments[1]})" : $"{m.Function.Name}({string.Join(", ", arguments)})";
            case ApplyNode a when asProgram && (indices.Contains(":") || (a.Operated > 1 && a.Batch > 0) || Operators.OperatorTable.Find(a.Function.Name) is null):
                return null;
            case ApplyNode { Batch: > 0 } a:
                return Batch(a, indices);
            case ApplyNode a when matrices.Write(a.Argument) is { } argument:
                return $"{a.Function.Name}({argument.Key}){suffix}";
            case PairNode or EmbedNode when asProgram:
                return null;
            case PairNode p:
                return $"delta[{indices[0]},({indices[1]} - 1)*{p.Axes[2]} + {indices[2]}]";
            case EmbedNode e:
                var offset = e.Parts.Take(e.Part).ToArray();
                return offset.Length == 0 ? $"delta[{indices[0]},{indices[1]}]" : $"delta[{indices[0]},{string.Join(" + ", offset.Select(d => d.ToString()))} + {indices[1]}]";
            default:
                return matrices.Write(node) is { } form ? (suffix.Length > 0 ? $"({form.Key}){suffix}" : form.Key) : null;
        }
    }

    // softmax of the rows of a matrix that itself bears indices: the argument's entry with a dot for the operated axis.
    private string? Batch(ApplyNode a, string[] indices)
    {
        var free = new List<string>(indices[..a.Batch]);
        for (int k = 0; k < a.Operated; k++) free.Add(":");
        string? argument = Entry(a.Argument, [.. free], false);
        return argument is null ? null : $"{a.Function.Name}({argument}){(indices.Length > a.Batch ? $"[{string.Join(",", indices[a.Batch..])}]" : "")}";
    }

    private string? Sum(AddNode sum, string[] indices, bool inProduct)
    {
        if (sum.IsZero) return "0";
        var text = new StringBuilder();
        foreach (var (coefficient, node) in sum.Terms)
        {
            if (Entry(node, indices, true) is not { } term) return null;
            bool negative = coefficient.Sign < 0;
            var size = negative ? -coefficient : coefficient;
            text.Append(text.Length == 0 ? (negative ? "-" : "") : negative ? " - " : " + ");
            if (node is ContractNode { Factors.Count: 0, HasDelta: false }) text.Append(size);
            else text.Append(size.IsOne ? term : $"{(size.IsInteger || !size.IsExact ? size.ToString() : $"({size})")}*{term}");
        }
        return inProduct ? $"({text})" : text.ToString();
    }

    private string? Product(ContractNode c, string[] indices, bool inProduct)
    {
        bool entrywise = asProgram && indices.Contains(":");
        string power = entrywise ? ".^" : "^";
        var names = new string?[c.Sizes.Count];
        var factors = new List<string>();
        for (int a = 0; a < c.Result.Count; a++)
        {
            ref string? name = ref names[c.Result[a]];
            if (name is null) name = indices[a];
            else if (Delta(name, indices[a], c.Sizes[c.Result[a]]) is { } delta) factors.Add(delta);
            else return null;
        }
        var added = new List<string>();
        for (int l = 0; l < names.Length; l++)
        {
            if (names[l] is not null) continue;
            names[l] = Fresh([.. indices, .. added]);
            added.Add(names[l]!);
        }
        double terms = _terms;
        _terms *= Terms(Enumerable.Range(0, names.Length).Where(l => added.Contains(names[l]!)).Select(l => c.Sizes[l]));
        if (asProgram && _terms > MaxTerms) return null;
        _taken.UnionWith(added);
        foreach (var f in c.Factors)
        {
            if (Entry(f.Operand, [.. f.Labels.Select(l => names[l]!)], true) is not { } factor)
            {
                _taken.ExceptWith(added);
                _terms = terms;
                return null;
            }
            factors.Add(f.IsPlain ? factor : $"{factor}{power}{(f.Exponent.IsInteger && f.Exponent.Sign > 0 ? f.Exponent.ToString() : $"({f.Exponent})")}");
        }
        _taken.ExceptWith(added);
        _terms = terms;
        string product = factors.Count == 0 ? "1" : string.Join(entrywise ? ".*" : "*", factors);
        return added.Count == 0 ? product : $"sum[{string.Join(",", added)}]({product})";
    }
}
