using Nabla.Expressions.Core;
using Nabla.Expressions.Operators;

namespace Nabla.Expressions.Compilation;

/// <summary>Builds one tape: takes in every element-wise tensor that nothing else needs, and reads the others.</summary>
internal sealed class Fusion
{
    private const int MostMembers = 200;

    private readonly Lowering _lowering;
    private readonly int[] _labels;
    private readonly int[] _sizes;
    private readonly long _count;
    private readonly HashSet<Node> _members = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<Node> _exclusive = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(Node, string), Entry> _built = [];
    private readonly List<Read> _reads = [];
    private readonly List<Instruction> _code = [];

    /// <param name="lowering">The plan that is made.</param>
    /// <param name="owner">The tensor whose value, or a part of it, is made.</param>
    /// <param name="roots">The tensors that are asked for.</param>
    /// <param name="labels">The labels of the walk, outermost first.</param>
    /// <param name="sizes">Their sizes.</param>
    public Fusion(Lowering lowering, Node owner, IEnumerable<Node> roots, int[] labels, int[] sizes)
    {
        (_lowering, _labels, _sizes, _count) = (lowering, labels, sizes, View.Product(sizes));
        _members.Add(owner);
        _exclusive.Add(owner);
        Decide(owner, roots);
    }

    /// <summary>A value on the way: a number, or a register; registers of reads are negative.</summary>
    private readonly record struct Entry(int Register, double Number, bool IsNumber)
    {
        public static Entry Of(double number) => new(0, number, true);
    }

    /// <summary>The step that stores a sum of multiples of products.</summary>
    public Step Store(IEnumerable<(double Factor, IReadOnlyList<Leaf> Leaves, ContractNode? Product)> terms, Destination to)
    {
        var value = Total([.. terms.Select(t => (t.Factor * to.Factor, Product(t.Leaves, t.Product)))]);
        if (to.Adds) value = Combine(Operation.Add, ReadOf(to.View, to.Labels), value);
        var (tape, _) = Finished(value, Walk(to.View, to.Labels), 0);
        return new EntrywiseStep(tape);
    }

    /// <summary>The step that stores the entries of a tensor.</summary>
    public Step Store(Node node, int[] labels, Destination to)
    {
        var value = Total([(to.Factor, Build(node, labels))]);
        if (to.Adds) value = Combine(Operation.Add, ReadOf(to.View, to.Labels), value);
        var (tape, _) = Finished(value, Walk(to.View, to.Labels), 0);
        return new EntrywiseStep(tape);
    }

    /// <summary>The step that stores the sum of a product over the last labels of the walk.</summary>
    public Step Sum(IReadOnlyList<Leaf> leaves, ContractNode? product, int reduced, Destination to)
    {
        var (tape, left) = Finished(Product(leaves, product), Walk(to.View, to.Labels), reduced);
        return new ReductionStep(tape, left, to.Factor, to.Adds);
    }

    /// <summary>The step that counts, over the last labels of the walk, where no factor is zero.</summary>
    public ReductionStep CountNonzero(IReadOnlyList<Leaf> leaves, int reduced, Destination to)
    {
        var product = Entry.Of(1);
        foreach (var leaf in leaves) product = Combine(Operation.Multiply, product, Unary(Operation.Sign, leaf.Node is { } n ? Build(n, leaf.Labels) : ReadOf(leaf.View!, leaf.Labels), 0));
        var (tape, left) = Finished(Unary(Operation.Abs, product, 0), Walk(to.View, to.Labels), reduced);
        return new(tape, left, 1, false);
    }

    private (Tape Tape, int Reduced) Finished(Entry value, Read target, int reduced)
    {
        if (value.IsNumber) value = Emit(new(Operation.Fill, int.MinValue, int.MinValue, value.Number, 0));
        int Register(int register) => register == int.MinValue ? -1 : register < 0 ? -1 - register : _reads.Count + register;
        var code = _code.Select((c, i) => c with { A = Register(c.A), B = Register(c.B), Target = _reads.Count + i }).ToArray();
        int result = Register(value.Register);
        return Tape.Of(_sizes, _reads, FusedPairs.Of(code, result), result, target, reduced);
    }

    // A tensor is taken in where all that use it are: in descending order, so that those have been decided.
    private void Decide(Node owner, IEnumerable<Node> roots)
    {
        var pending = new PriorityQueue<Node, int>();
        var seen = new HashSet<Node>(ReferenceEqualityComparer.Instance);
        void Push(Node n)
        {
            if (seen.Add(n)) pending.Enqueue(n, -n.Id);
        }
        foreach (var n in roots)
            if (ReferenceEquals(n, owner)) foreach (var o in n.Operands) Push(o);
            else Push(n);
        while (pending.TryDequeue(out var n, out _))
        {
            if (!_lowering.IsEntrywise(n) || _lowering.HasValue(n)) continue;
            bool isOwn = _lowering.IsUsedOnlyBy(n, _exclusive);
            if (!Lowering.IsCheap(n) && (!isOwn || _lowering.CountOf(n) < _count || _members.Count > MostMembers)) continue;
            _members.Add(n);
            if (isOwn) _exclusive.Add(n);
            foreach (var o in n.Operands) Push(o);
        }
    }

    private Entry Build(Node node, int[] labels)
    {
        if (DeepRecursion.IsNeeded) return DeepRecursion.Continue(() => Build(node, labels));
        var key = (node, string.Join(',', labels));
        if (_built.TryGetValue(key, out var known)) return known;
        return _built[key] = Number(node) is { } number ? Entry.Of(number) : _members.Contains(node) && !_lowering.HasValue(node) ? Inside(node, labels) : ReadOf(_lowering.Value(node), labels);
    }

    private double? Number(Node node) => node switch
    {
        ContractNode { Factors.Count: 0, HasDelta: false, Sums: false } => 1,
        AddNode { IsZero: true } => 0,
        SymbolNode { SizeOf: { } dimension } => _lowering.SizeOf(dimension),
        SymbolNode { Name: "pi" } s when !_lowering.IsInput(s) => Math.PI,
        _ => null,
    };

    private Entry Inside(Node node, int[] labels)
    {
        switch (node)
        {
            case AddNode sum:
                return Total([.. sum.Terms.Select(t => (t.Coefficient.ToDouble(), Build(t.Node, labels)))]);
            case ContractNode product:
                var map = new int[product.Sizes.Count];
                for (int a = 0; a < product.Result.Count; a++) map[product.Result[a]] = labels[a];
                return Product([.. product.Factors.Select(f => new Leaf(f.Operand, null, Array.ConvertAll(f.Labels, l => map[l]), f.Exponent))], product);
            default:
                var function = (MapNode)node;
                var arguments = function.Arguments.Select(a => function.Function is Log && Squares.IsSumOfProducts(a) ? ReadOf(_lowering.InRange(a, 1), labels) : Build(a, labels)).ToArray();
                return Function(function.Function, arguments);
        }
    }

    private Entry Product(IReadOnlyList<Leaf> leaves, ContractNode? product)
    {
        var under = Entry.Of(1);
        (var over, leaves) = SigmoidSlope(leaves);
        var divisor = Entry.Of(1);
        var repeated = new List<Entry>();
        // Scalars first, and what they divide as soon as it is there: the product of all other factors may underflow where the quotient does not.
        foreach (var leaf in leaves.OrderBy(l => l.Labels.Length > 0))
        {
            if (leaf.Labels.Length > 0 && divisor.IsNumber && !under.IsNumber) (divisor, under) = (under, Entry.Of(1));
            if (!divisor.IsNumber && !over.IsNumber) (over, divisor) = (Combine(Operation.Divide, over, divisor), Entry.Of(1));
            double e = leaf.Exponent.ToDouble();
            var x = leaf.Node is not { } node ? ReadOf(leaf.View!, leaf.Labels)
                : Squares.NeedsRange(node, leaf.Exponent) ? ReadOf(_lowering.InRange(node, e), leaf.Labels)
                : Build(node, leaf.Labels);
            if (leaf.Node is { } n && _lowering.IsNormPower(n, leaf.Exponent, product)) over = Combine(Operation.Multiply, over, Unary(Operation.NormPower, x, e));
            else if (leaf.Labels.Length > 0 && e is -2 or -3 or -4) repeated.AddRange(Enumerable.Repeat(x, (int)-e));
            else if (e < 0) under = Combine(Operation.Multiply, under, Raised(x, -e));
            else over = Combine(Operation.Multiply, over, Raised(x, e));
        }
        if (!divisor.IsNumber) under = Combine(Operation.Multiply, divisor, under);
        if (under is not { IsNumber: true, Number: 1 }) over = Combine(Operation.Divide, over, under);
        // One after the other: the square of a divisor may be beyond the range where the quotient is not.
        return repeated.Aggregate(over, (quotient, by) => Combine(Operation.Divide, quotient, by));
    }

    // sigmoid(z).*sigmoid(-z) takes one exponential.
    private (Entry Slope, IReadOnlyList<Leaf> Others) SigmoidSlope(IReadOnlyList<Leaf> leaves)
    {
        Leaf[] sigmoids = [.. leaves.Where(l => l.Exponent.IsOne && l.Node is MapNode { Function: Sigmoid } s && _members.Contains(s) && !_lowering.HasValue(s))];
        foreach (var a in sigmoids)
            foreach (var b in sigmoids)
            {
                var z = ((MapNode)a.Node!).Arguments[0];
                if (a.Node!.Id < b.Node!.Id && a.Labels.AsSpan().SequenceEqual(b.Labels) && Signs.AreOpposite(z, ((MapNode)b.Node).Arguments[0]))
                    return (Unary(Operation.SigmoidSlope, Build(z, a.Labels), 0), [.. leaves.Where(l => l != a && l != b)]);
            }
        return (Entry.Of(1), leaves);
    }

    private Entry Raised(Entry x, double e) => e switch
    {
        1 => x,
        2 => Unary(Operation.Square, x, 0),
        0.5 => Unary(Operation.Root, x, 0),
        _ => Unary(Operation.PowerOf, x, e),
    };

    private Entry Total((double Factor, Entry Value)[] terms)
    {
        double constant = 0;
        Entry? sum = null;
        // A term with the factor one first: nothing to do for it.
        foreach (var (factor, value) in terms.OrderBy(t => t.Factor == 1 ? 0 : 1))
        {
            if (value.IsNumber) constant += factor * value.Number;
            else if (sum is not { } s) sum = factor == 1 ? value : Emit(new(Operation.Scale, value.Register, int.MinValue, factor, 0));
            else
                sum = Emit(factor switch
                {
                    1 => new(Operation.Add, s.Register, value.Register, 0, 0),
                    -1 => new(Operation.Subtract, s.Register, value.Register, 0, 0),
                    _ => new(Operation.ScaleAdd, value.Register, s.Register, factor, 0),
                });
        }
        return sum is not { } total ? Entry.Of(constant) : constant == 0 ? total : Emit(new(Operation.Offset, total.Register, int.MinValue, constant, 0));
    }

    private Entry Combine(Operation operation, Entry a, Entry b)
    {
        switch (operation)
        {
            case Operation.Add:
                return Total([(1, a), (1, b)]);
            case Operation.Multiply when a.IsNumber && b.IsNumber:
                return Entry.Of(a.Number * b.Number);
            case Operation.Multiply when a.IsNumber:
                return a.Number == 1 ? b : Emit(new(Operation.Scale, b.Register, int.MinValue, a.Number, 0));
            case Operation.Multiply when b.IsNumber:
                return Combine(operation, b, a);
            case Operation.Divide when b.IsNumber:
                return Combine(Operation.Multiply, a, Entry.Of(1 / b.Number));
            case Operation.Divide when a.IsNumber:
                return Emit(new(Operation.Reciprocal, b.Register, int.MinValue, a.Number, 0));
            default:
                return Emit(new(operation, Filled(a).Register, Filled(b).Register, 0, 0));
        }
    }

    private Entry Unary(Operation operation, Entry x, double constant) => Emit(new(operation, Filled(x).Register, int.MinValue, constant, 0));

    private Entry Filled(Entry x) => x.IsNumber ? Emit(new(Operation.Fill, int.MinValue, int.MinValue, x.Number, 0)) : x;

    private Entry Function(ElementwiseOperator function, Entry[] x)
    {
        Operation? known = function switch
        {
            Abs => Operation.Abs,
            Signum => Operation.Sign,
            Relu => Operation.Relu,
            Exp => Operation.Exp,
            Expm1 => Operation.Expm1,
            Log => Operation.Log,
            Log1p => Operation.Log1p,
            Sin => Operation.Sin,
            Cos => Operation.Cos,
            Tanh => Operation.Tanh,
            Sigmoid => Operation.Sigmoid,
            Softplus => Operation.Softplus,
            Maximum => Operation.Maximum,
            Minimum => Operation.Minimum,
            ElementwisePower => Operation.Power,
            _ => null,
        };
        int a = Filled(x[0]).Register, b = x.Length > 1 ? Filled(x[1]).Register : int.MinValue;
        return Emit(new(known ?? Operation.Function, a, b, 0, 0, known is null ? function : null));
    }

    private Entry Emit(Instruction instruction)
    {
        _code.Add(instruction);
        return new(_code.Count - 1, 0, false);
    }

    private Entry ReadOf(View view, int[] labels)
    {
        var read = Walk(view, labels);
        int found = _reads.FindIndex(r => ReferenceEquals(r.Storage, read.Storage) && r.Offset == read.Offset && r.Strides.AsSpan().SequenceEqual(read.Strides));
        if (found < 0)
        {
            found = _reads.Count;
            _reads.Add(read);
        }
        return new(-1 - found, 0, false);
    }

    private Read Walk(View view, int[] labels) => new(view.Storage, view.Offset, [.. _labels.Select(l => view.StrideOf(labels, l))]);
}
