using Nabla.Expressions.Core;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;

namespace Nabla.Expressions.Writing;

/// <summary>Gives names to what a result says more than once, where that makes it shorter: <c>s = softmax(x); diag(s) - s*s'</c>.</summary>
/// <remarks>Candidates are the core's shared tensors, pieces of contractions that recur, and pieces of text that recur; the user's own names come first.</remarks>
internal sealed class Naming
{
    private const int MaxTrials = 14;
    private const int SearchNodes = 120;

    private readonly Tensors _tensors;
    private readonly SizeWriter _sizes;
    private readonly IReadOnlyDictionary<string, Node> _own;
    private readonly HashSet<string> _taken;
    private readonly int _budget;

    /// <param name="tensors">The store.</param>
    /// <param name="sizes">How sizes are written.</param>
    /// <param name="own">The program's own bindings.</param>
    /// <param name="taken">All names that are in use.</param>
    /// <param name="budget">How many alternatives one writing may try.</param>
    public Naming(Tensors tensors, SizeWriter sizes, IReadOnlyDictionary<string, Node> own, IEnumerable<string> taken, int budget) =>
        (_tensors, _sizes, _own, _taken, _budget) = (tensors, sizes, own, new(taken, StringComparer.Ordinal), budget);

    /// <summary>The shortest text found; null where no matrix expression holds the tensor.</summary>
    public Written? Write(Node root)
    {
        var nodes = root.WithOperands();
        if (nodes.Count > SearchNodes) return Directly(root, nodes);
        if (Attempt(root, []) is not { } best) return null;
        var bound = new List<(string Name, Node Node)>();
        for (int trials = 0; trials < MaxTrials && best.Tokens > 8;)
        {
            (Written Written, Node Root, List<(string, Node)> Bound)? better = null;
            foreach (var candidate in Candidates(root))
            {
                if (++trials > MaxTrials) break;
                if (bound.Any(b => ReferenceEquals(b.Node, candidate))) continue;
                foreach (var piece in Pieces(candidate))
                {
                    string name = NameFor(piece, bound);
                    Node symbol = _tensors.Symbol(name, candidate.Axes, SymbolProperties(piece));
                    var rewriting = new Rewriting(_tensors, candidate, ReferenceEquals(piece, candidate) ? symbol : _tensors.Scale(-1, symbol));
                    var changed = rewriting.Apply(root);
                    if (ReferenceEquals(changed, root)) break;
                    List<(string, Node)> all = [.. bound.Select(b => (b.Name, rewriting.Apply(b.Node))), (name, piece)];
                    if (Attempt(changed, all) is { } written && written.Tokens < (better?.Written.Tokens ?? best.Tokens)) better = (written, changed, all);
                }
            }
            if (better is not { } found) break;
            (best, root, bound) = (found.Written, found.Root, found.Bound);
        }
        return best;
    }

    // A sum may stand for its negative, z = A*x - b rather than b - A*x, unless the program has named one of the two.
    private Node[] Pieces(Node candidate)
    {
        if (candidate is not AddNode { Terms.Count: > 1 } || _own.Values.Contains(candidate)) return [candidate];
        var negative = _tensors.Scale(-1, candidate);
        return _own.Values.Contains(negative) ? [negative] : [candidate, negative];
    }

    private static Properties SymbolProperties(Node node)
    {
        var p = Properties.None;
        if (node.Order == 2 && Signs.IsSymmetric(node)) p |= Properties.Symmetric;
        if (Signs.IsPositive(node)) p |= Properties.Positive;
        else if (Signs.IsNonnegative(node)) p |= Properties.Nonnegative;
        return p;
    }

    private Written? Attempt(Node root, List<(string Name, Node Node)> bound)
    {
        var writer = new MatrixWriter(_tensors, _sizes, _budget);
        if (writer.Write(root) is not { } form) return null;
        var pieces = new List<(string, Form)>();
        foreach (var (name, node) in Sorted(bound))
        {
            if (writer.Write(node) is not { } value) return null;
            pieces.Add((name, value));
        }
        return new(pieces, form);
    }

    // A binding stands before those that use it.
    private static IEnumerable<(string Name, Node Node)> Sorted(List<(string Name, Node Node)> bound)
    {
        var pending = bound.ToList();
        var done = new List<(string Name, Node Node)>();
        while (pending.Count > 0)
        {
            int next = pending.FindIndex(b => !pending.Any(o => o.Name != b.Name && b.Node.WithOperands().Any(n => n is SymbolNode s && s.Name == o.Name)));
            if (next < 0) next = 0;
            done.Add(pending[next]);
            pending.RemoveAt(next);
        }
        return done;
    }

    // Large results: every shared tensor gets a name, in the order in which they are made.
    private Written? Directly(Node root, IReadOnlyList<Node> nodes)
    {
        var uses = new Dictionary<Node, int>(ReferenceEqualityComparer.Instance);
        foreach (var n in nodes) foreach (var o in n.Operands) uses[o] = uses.GetValueOrDefault(o) + 1;
        var writer = new MatrixWriter(_tensors, _sizes, 0);
        var pieces = new List<(string, Form)>();
        long length = 0;
        var names = _own.GroupBy(p => p.Value, p => p.Key, (node, keys) => (node, keys.First()), (IEqualityComparer<Node>)ReferenceEqualityComparer.Instance)
            .ToDictionary(p => p.node, p => p.Item2, (IEqualityComparer<Node>)ReferenceEqualityComparer.Instance);
        int count = 0;
        foreach (var n in nodes)
        {
            if (uses.GetValueOrDefault(n) < 2 || n.Order > 2 || n.Operands.FirstOrDefault() is null) continue;
            if (writer.WriteUnnamed(n) is not { } form) continue;
            if (form.Tokens < 3) continue;
            string name = names.GetValueOrDefault(n) ?? Numbered(n, ref count);
            _taken.Add(name);
            pieces.Add((name, form));
            writer.Named[n] = Form.Name(name, MatrixWriter.KindOf(n), Signs.IsSymmetric(n));
            if ((length += form.Tokens) > Limits.OutputCharacters / 4) throw new NablaException(ErrorCode.Limit, "The written derivative would be too long.");
        }
        return writer.WriteUnnamed(root) is { } result ? new(pieces, result) : null;
    }

    private string Numbered(Node node, ref int count)
    {
        string prefix = node.Order switch { 0 => "s", 1 => "z", _ => "Z" };
        while (true)
        {
            string name = prefix + ++count;
            if (!_taken.Contains(name)) return name;
        }
    }

    private List<Node> Candidates(Node root)
    {
        var nodes = root.WithOperands();
        var count = new Dictionary<Node, int>(ReferenceEqualityComparer.Instance);
        void Count(Node n) => count[n] = count.GetValueOrDefault(n) + 1;
        foreach (var n in nodes)
        {
            foreach (var o in n.Operands) if (o is MapNode or ApplyNode or AddNode or ContractNode && o.Order <= 2) Count(o);
            if (n is ContractNode c) foreach (var pair in Rewriting.Pairs(_tensors, c)) Count(pair);
        }
        foreach (var own in _own.Values) if (own.Order <= 2 && own is not SymbolNode) Count(own);
        return [.. count.Where(p => p.Value > 1).OrderByDescending(p => p.Value).ThenByDescending(p => p.Key.Id).Select(p => p.Key).Take(10)];
    }

    private string NameFor(Node node, List<(string Name, Node Node)> bound)
    {
        foreach (var (name, own) in _own) if (ReferenceEquals(own, node)) return name;
        return Fresh(node.Order switch { 0 => ["s", "q", "r", "c"], 1 => ["z", "u", "v", "w"], _ => ["Z", "M", "G", "P"] }, bound.Select(b => b.Name));
    }

    private string Fresh(string[] wanted, IEnumerable<string> bound)
    {
        var used = bound.ToHashSet(StringComparer.Ordinal);
        foreach (string w in wanted) if (!_taken.Contains(w) && !used.Contains(w)) return w;
        for (int k = 1; ; k++)
            foreach (string w in wanted)
                if (!_taken.Contains(w + k) && !used.Contains(w + k)) return w + k;
    }
}
