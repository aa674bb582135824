using Nabla.Expressions.Core;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Compilation;

/// <summary>Turns tensors into the steps of a plan, for given sizes.</summary>
/// <remarks>
/// A tensor becomes a value (a view of some storage) when another step must read it; chains of element-wise tensors become one tape
/// (<see cref="Fusion"/>), contractions become products of two in the order of <see cref="ContractionOrder"/>, sums accumulate into one storage.
/// </remarks>
internal sealed partial class Lowering
{
    private readonly IReadOnlyDictionary<string, long> _dimensions;
    private readonly Dictionary<string, View> _inputs = new(StringComparer.Ordinal);
    private readonly Dictionary<Node, View> _values = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Node, HashSet<Node>> _users = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<Node> _results = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<Node> _ofFunctions = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<Node> _divisors = new(ReferenceEqualityComparer.Instance);
    private readonly SharedPairs _sharedPairs;
    private readonly List<Step> _steps = [];
    private readonly List<Storage> _storages = [];

    /// <param name="inputs">The variables.</param>
    /// <param name="results">The tensors to compute, and whether each is a derivative.</param>
    /// <param name="dimensions">The sizes of the named dimensions.</param>
    /// <param name="guard">A tensor that must have finite values: the function, where no result tells whether it has.</param>
    public Lowering(IReadOnlyList<Variable> inputs, IReadOnlyList<(string Name, Node Node, bool IsDerivative)> results, IReadOnlyDictionary<string, long> dimensions, Node? guard = null)
    {
        _dimensions = dimensions;
        foreach (var v in inputs)
        {
            var storage = Keep(new Storage(StorageKind.Input, View.Product(SizesOf(v.Shape.Axes))) { Name = v.Name });
            _inputs[v.Name] = View.Whole(storage, SizesOf(v.Shape.Axes));
        }
        foreach (var (_, node, isDerivative) in results)
        {
            _results.Add(node);
            FindUsers(node);
            if (isDerivative) _divisors.UnionWith(Reciprocals.OfRules(node.WithOperands()));
            else _ofFunctions.UnionWith(node.WithOperands());
        }
        if (guard is not null)
        {
            FindUsers(guard);
            _ofFunctions.UnionWith(guard.WithOperands());
        }
        _sharedPairs = new(_users.Keys.Concat(_results).OfType<ContractNode>().Distinct());
        bool hasDerivative = results.Any(r => r.IsDerivative);
        if (guard is not null && hasDerivative) Emit(new FinitenessStep(Contiguous(Value(guard)), null));
        foreach (var (name, node, isDerivative) in results)
        {
            var storage = Keep(new Storage(StorageKind.Result, View.Product(SizesOf(node.Axes))) { Name = name });
            Results.Add(View.Whole(storage, SizesOf(node.Axes)));
            ResultInto(node, Results[^1]);
            // The value alone may be infinite or not a number, as in the interpreter; with a derivative it may not.
            if (hasDerivative) DemandFinite(Results[^1], isDerivative ? name : null);
        }
    }

    /// <summary>The results.</summary>
    public List<View> Results { get; } = [];

    /// <summary>The steps, in order.</summary>
    public IReadOnlyList<Step> Steps => _steps;

    /// <summary>All storages.</summary>
    public IReadOnlyList<Storage> Storages => _storages;

    /// <summary>What the naive order of the contractions would have cost, in operations.</summary>
    public double NaiveOperations { get; private set; }

    /// <summary>Whether a tensor is computed entry by entry from others.</summary>
    public bool IsEntrywise(Node n) => n switch
    {
        MapNode => true,
        AddNode sum => !_results.Contains(n) && !sum.Terms.Any(t => t.Node is ContractNode c && IsStructured(c)),
        ContractNode c => !c.Sums && !IsStructured(c),
        _ => false,
    };

    /// <summary>Whether a tensor is another one under other labels, or a multiple of it: not worth storing.</summary>
    public static bool IsCheap(Node n) => n switch
    {
        AddNode { Terms: [(_, var only)] } => only is not ContractNode { Sums: true },
        AddNode { IsZero: true } => true,
        ContractNode c => !c.Sums && !IsStructured(c) && (c.Factors.Count == 0 || c.Factors is [{ IsPlain: true }]),
        _ => false,
    };

    /// <summary>Whether the value of a tensor is there.</summary>
    public bool HasValue(Node n) => _values.ContainsKey(n);

    /// <summary>Whether all that use a tensor are among these.</summary>
    public bool IsUsedOnlyBy(Node n, HashSet<Node> members) => !_results.Contains(n) && _users.TryGetValue(n, out var users) && users.IsSubsetOf(members);

    /// <summary>Whether a tensor is a part of a result that is no derivative.</summary>
    public bool IsOfFunction(Node n) => _ofFunctions.Contains(n);

    /// <summary>Whether the entries of an inverse are there anyway, so that products with it need no factorisation.</summary>
    public bool IsNeededDense(ApplyNode inverse) => _results.Contains(inverse) || HasValue(inverse);

    /// <summary>Whether a symbol is an input.</summary>
    public bool IsInput(SymbolNode s) => _inputs.ContainsKey(s.Name);

    /// <summary>The number of entries of a tensor.</summary>
    public long CountOf(Node n)
    {
        long count = 1;
        foreach (var axis in n.Axes) count *= SizeOf(axis);
        return count;
    }

    /// <summary>The size of a dimension.</summary>
    /// <exception cref="NablaException">No value determines it.</exception>
    public long SizeOf(Dimension dimension)
    {
        if (dimension.Size is { } size) return size;
        foreach (string name in dimension.Names)
            if (!_dimensions.ContainsKey(name)) throw new NablaException(ErrorCode.Request, $"The size of the dimension {name} is not given by any value.");
        return dimension.Evaluate(_dimensions);
    }

    /// <summary>Whether a power is that of a norm in a derivative, whose value at zero is taken as zero.</summary>
    public bool IsNormPower(Node n, Coefficient exponent, ContractNode? product) =>
        product is not null && !_ofFunctions.Contains(product) && Squares.IsNormPower(n, exponent);

    /// <summary>The value of a tensor: steps are made for it where it is not there.</summary>
    public View Value(Node node)
    {
        if (_values.TryGetValue(node, out var known)) return known;
        if (DeepRecursion.IsNeeded) return DeepRecursion.Continue(() => Value(node));
        return _values[node] = Find(node);
    }

    private View Find(Node node)
    {
        switch (node)
        {
            case SymbolNode { SizeOf: { } dimension }:
                return Constant([], SizeOf(dimension));
            case SymbolNode s when _inputs.TryGetValue(s.Name, out var input):
                return input;
            case SymbolNode { Name: "pi" }:
                return Constant([], Math.PI);
            case SymbolNode s:
                throw new NablaException(ErrorCode.Request, $"A value is needed for {s.Name}.");
            case LiteralNode l:
                return Constant(SizesOf(l.Axes), [.. l.Entries.Select(e => e.ToDouble())]);
            case UnitNode or EmbedNode or PairNode:
                return Constant(SizesOf(node.Axes), Selection(node));
            case ContractNode { Factors: [{ IsPlain: true } only], Sums: false } c when !IsStructured(c):
                var operand = Value(only.Operand);
                return new(operand.Storage, operand.Offset, SizesOf(c.Axes), [.. c.Result.Select(l => operand.StrideOf(only.Labels, l))]);
            default:
                var view = Temporary(SizesOf(node.Axes));
                Into(node, view, 1, false);
                return view;
        }
    }

    private void ResultInto(Node node, View target)
    {
        if (_values.TryGetValue(node, out _) || node is SymbolNode or LiteralNode or UnitNode or EmbedNode or PairNode || (IsCheap(node) && node is ContractNode { Factors.Count: 1 }))
        {
            Copy(Value(node), target, 1, false);
            return;
        }
        Into(node, target, 1, false);
        _values[node] = target;
    }

    // Stores factor times a tensor, or adds it.
    private void Into(Node node, View target, double factor, bool adds)
    {
        int[] labels = [.. Enumerable.Range(0, node.Order)];
        switch (node)
        {
            case AddNode sum:
                SumInto(sum, target, factor, adds);
                break;
            case ContractNode c:
                ContractInto(c, target, factor, adds);
                break;
            case ApplyNode a when factor == 1 && !adds && target.IsContiguous:
                ApplyInto(a, target);
                break;
            case MapNode:
                Emit(new Fusion(this, node, [node], labels, target.Sizes).Store(node, labels, new(target, labels, factor, adds)));
                break;
            default:
                Copy(Value(node), target, factor, adds);
                break;
        }
    }

    private void SumInto(AddNode sum, View target, double factor, bool adds)
    {
        int[] labels = [.. Enumerable.Range(0, sum.Order)];
        var later = new List<(double Factor, ContractNode Node)>();
        var now = new List<(double Factor, IReadOnlyList<Leaf> Leaves, ContractNode? Product)>();
        var self = new HashSet<Node>(ReferenceEqualityComparer.Instance) { sum };
        foreach (var (coefficient, node) in sum.Terms)
        {
            double c = coefficient.ToDouble() * factor;
            if (node is ContractNode product && !HasValue(node) && (product.Sums || IsStructured(product)) && IsUsedOnlyBy(node, self)) later.Add((c, product));
            else now.Add((coefficient.ToDouble(), [new Leaf(node, null, labels, 1)], null));
        }
        // What fills the whole target comes first: nothing has to be cleared then.
        later.Sort((a, b) => IsStructured(a.Node).CompareTo(IsStructured(b.Node)));
        if (now.Count > 0)
        {
            Emit(new Fusion(this, sum, now.Select(t => t.Leaves[0].Node!), labels, target.Sizes).Store(now, new(target, labels, factor, adds)));
            adds = true;
        }
        if (later.Count == 0 && now.Count == 0 && !adds) Clear(target);
        foreach (var (c, product) in later)
        {
            ContractInto(product, target, c, adds);
            adds = true;
        }
    }

    /// <summary>Fills a view with zeros.</summary>
    internal void Clear(View target)
    {
        int[] labels = [.. Enumerable.Range(0, target.Sizes.Length)];
        Emit(new EntrywiseStep(Tape.Of(target.Sizes, [], [new(Operation.Fill, -1, -1, 0, 0)], 0, new(target.Storage, target.Offset, target.Strides), 0).Tape));
    }

    /// <summary>Copies a view, or adds it.</summary>
    internal void Copy(View from, View to, double factor, bool adds)
    {
        if (!adds && factor == 1 && from.IsSameAs(to)) return;
        int[] labels = [.. Enumerable.Range(0, to.Sizes.Length)];
        var one = Unnamed;
        Emit(new Fusion(this, one, [], labels, to.Sizes).Store([(1, [new Leaf(null, from, labels, 1)], null)], new(to, labels, factor, adds)));
    }

    // Stands for no tensor at all.
    private static readonly Node Unnamed = new AddNode([], []);

    /// <summary>A view whose entries lie one after the other: the same one, or a copy.</summary>
    internal View Contiguous(View view)
    {
        if (view.IsContiguous) return view;
        var copy = Temporary(view.Sizes);
        Copy(view, copy, 1, false);
        return copy;
    }

    /// <summary>A new intermediate value.</summary>
    internal View Temporary(int[] sizes) => View.Whole(Keep(new Storage(StorageKind.Temporary, View.Product(sizes))), sizes);

    private View Constant(int[] sizes, params double[] numbers) => View.Whole(Keep(new Storage(StorageKind.Constant, numbers.Length) { Numbers = numbers }), sizes);

    private Storage Keep(Storage storage)
    {
        storage.Slot = _storages.Count;
        _storages.Add(storage);
        return storage;
    }

    // In the pass that makes the values where there is one.
    private void DemandFinite(View result, string? name)
    {
        Step[] writers = [.. _steps.Where(s => s.Outputs.Contains(result.Storage))];
        if (name is null || !Array.TrueForAll(writers, w => w is EntrywiseStep)) Emit(new FinitenessStep(result, name));
        else
            foreach (var writer in writers.OfType<EntrywiseStep>().Where(w => w.Tape.Code is not [{ Operation: Operation.Fill }])) writer.MustBeFinite = name;
    }

    /// <summary>Adds a step.</summary>
    internal void Emit(Step step) => _steps.Add(step);

    private int[] SizesOf(IReadOnlyList<Dimension> axes)
    {
        int[] sizes = new int[axes.Count];
        double entries = 1;
        for (int a = 0; a < sizes.Length; a++)
        {
            long size = SizeOf(axes[a]);
            entries *= size;
            if (entries > Limits.Entries) throw new NablaException(ErrorCode.Limit, $"A value would have {entries:0} entries or more, but a value has at most {Limits.Entries}.");
            sizes[a] = (int)size;
        }
        return sizes;
    }

    private double[] Selection(Node node)
    {
        int[] sizes = SizesOf(node.Axes);
        double[] entries = new double[View.Product(sizes)];
        switch (node)
        {
            case UnitNode u:
                entries[PlaceOf(u)] = 1;
                break;
            case EmbedNode e:
                long offset = e.Parts.Take(e.Part).Sum(SizeOf);
                for (int i = 0; i < sizes[1]; i++) entries[(offset + i) * sizes[1] + i] = 1;
                break;
            default:
                for (int i = 0; i < sizes[1]; i++)
                    for (int k = 0; k < sizes[2]; k++) entries[((i * sizes[2] + k) * sizes[1] + i) * sizes[2] + k] = 1;
                break;
        }
        return entries;
    }

    private long PlaceOf(UnitNode u) => u.Index <= SizeOf(u.Axes[0])
        ? u.Index - 1
        : throw new NablaException(ErrorCode.Kind, $"The index {u.Index} is out of range: the dimension has {SizeOf(u.Axes[0])} entries.");

    private static bool IsStructured(ContractNode c) => c.HasDelta || c.Factors.Any(f => f.Operand is UnitNode or EmbedNode or PairNode);

    private void FindUsers(Node root)
    {
        var pending = new Stack<Node>([root]);
        while (pending.TryPop(out var n))
            foreach (var o in n.Operands)
            {
                bool isNew = !_users.TryGetValue(o, out var users);
                if (isNew) _users[o] = users = new(ReferenceEqualityComparer.Instance);
                users!.Add(n);
                if (isNew) pending.Push(o);
            }
    }
}
