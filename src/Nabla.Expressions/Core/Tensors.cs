using System.Numerics;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Operators;

namespace Nabla.Expressions.Core;

/// <summary>The store of the tensors of one question: builds, simplifies and interns them.</summary>
internal sealed class Tensors
{
    private readonly HashSet<Node> _nodes = new(new StructureComparer());
    private int _count;

    public Tensors(Work work)
    {
        Work = work;
        Orientation = new(this);
        One = Intern(new ContractNode([], [], []));
    }

    /// <summary>The budget.</summary>
    public Work Work { get; }

    /// <summary>Properties that the function's domain implies, beside those that are declared.</summary>
    public IReadOnlyDictionary<string, Properties> Implied { get; init; } = new Dictionary<string, Properties>();

    /// <summary>Whether determinants are differentiated to <see cref="Cofactors"/>, which singular matrices have too, and not to det(X)*inv(X)', which reads better.</summary>
    public bool TakesCofactors { get; init; }

    /// <summary>What is known of a variable: what is declared and what the domain implies.</summary>
    public Properties PropertiesOf(Variable variable) => variable.Properties | Implied.GetValueOrDefault(variable.Name);

    /// <summary>Transposes.</summary>
    public Orientation Orientation { get; }

    /// <summary>The scalar 1: the empty contraction.</summary>
    public Node One { get; }

    /// <summary>Where in the program stands what tensors are made for now.</summary>
    public Place? Place { get; set; }

    /// <summary>The node of the store that is equal to a new one.</summary>
    public Node Intern(Node node)
    {
        if (_nodes.TryGetValue(node, out var known)) return known;
        if (_count >= Limits.Nodes) throw new NablaException(ErrorCode.Limit, $"The derivative would need more than {Limits.Nodes} tensors.");
        node.Id = _count++;
        node.Place = Place;
        _nodes.Add(node);
        return node;
    }

    /// <summary>A variable.</summary>
    public SymbolNode Symbol(string name, IReadOnlyList<Dimension> axes, Properties properties = Properties.None) =>
        (SymbolNode)Intern(new SymbolNode(name, [.. axes], properties));

    /// <summary>A vector or matrix of numbers.</summary>
    public Node Literal(Coefficient[] entries, Dimension[] axes) =>
        entries.All(e => e.IsZero) ? Zero(axes) : Intern(new LiteralNode(entries, axes));

    /// <summary>The k-th unit vector, counted from 1.</summary>
    public Node Unit(Dimension dimension, long index) => Intern(new UnitNode(dimension, index));

    /// <summary>The embedding of one part of a partitioned axis.</summary>
    public Node Embed(Dimension[] parts, int part) => Intern(new EmbedNode(parts, part));

    /// <summary>The tensor that merges two axes into one.</summary>
    public Node Pair(Dimension slow, Dimension fast) => Intern(new PairNode(slow, fast));

    /// <summary>Zero.</summary>
    public Node Zero(IReadOnlyList<Dimension> axes) => Intern(new AddNode([], [.. axes]));

    /// <summary>A tensor all of whose entries are one number.</summary>
    public Node Constant(Coefficient value, IReadOnlyList<Dimension> axes)
    {
        var c = new Contraction(this);
        c.Scale(value);
        return c.Build([.. axes.Select(c.Label)]);
    }

    /// <summary>Whether the program uses the name pi for something else.</summary>
    public bool PiIsTaken { get; init; }

    /// <summary>The number pi: a symbol that is written by its name, where the program leaves the name to it.</summary>
    public Node Pi => PiIsTaken ? Constant(Coefficient.Inexact(Math.PI), []) : Symbol("pi", [], Properties.Positive);

    /// <summary>A scalar along axes.</summary>
    public Node Spread(Node scalar, IReadOnlyList<Dimension> axes)
    {
        var c = new Contraction(this);
        c.Multiply(scalar);
        return c.Build([.. axes.Select(c.Label)]);
    }

    /// <summary>An exact integer.</summary>
    public static Coefficient Integer(long value) => Coefficient.Rational(new BigInteger(value), BigInteger.One);

    /// <summary>The size of a dimension: a number where it is known, else made of symbols that stand for the sizes of names.</summary>
    public Node Size(Dimension dimension)
    {
        var terms = new List<(Coefficient, Node)>();
        foreach (var (factors, coefficient) in dimension.Monomials)
        {
            var product = new Contraction(this);
            foreach (string name in factors)
                product.Multiply(Intern(new SymbolNode("#" + name, [], Properties.Positive) { SizeOf = Dimension.Named(name) }));
            terms.Add((Integer(coefficient), product.Build()));
        }
        return Sum(terms, []);
    }

    /// <summary>A contraction; <c>...</c> stands for common leading axes. A result label that stands twice is a delta.</summary>
    public Node Einsum(string specification, params ReadOnlySpan<Node> operands)
    {
        int arrow = specification.IndexOf("->", StringComparison.Ordinal);
        string[] inputs = specification[..arrow].Split(',');
        var c = new Contraction(this);
        var named = new Dictionary<char, int>();
        int[] batch = [];
        for (int i = 0; i < operands.Length; i++)
        {
            string letters = inputs[i].Replace("...", "", StringComparison.Ordinal);
            int leading = operands[i].Order - letters.Length;
            var labels = new int[operands[i].Order];
            for (int a = 0; a < labels.Length; a++)
            {
                if (a < leading)
                {
                    if (batch.Length <= a) batch = [.. batch, c.Label(operands[i].Axes[a])];
                    labels[a] = batch[a];
                }
                else if (!named.TryGetValue(letters[a - leading], out labels[a])) named[letters[a - leading]] = labels[a] = c.Label(operands[i].Axes[a]);
            }
            c.Multiply(operands[i], labels, 1);
        }
        return c.Build([.. batch, .. specification[(arrow + 2)..].Replace("...", "", StringComparison.Ordinal).Select(l => named[l])]);
    }

    /// <summary>The sum of tensors with equal axes.</summary>
    public Node Add(params ReadOnlySpan<Node> terms)
    {
        var list = new List<(Coefficient, Node)>(terms.Length);
        foreach (var t in terms) list.Add((1, t));
        return Sum(list, terms[0].Axes);
    }

    /// <summary>The difference of two tensors with equal axes.</summary>
    public Node Subtract(Node x, Node y) => Sum([(1, x), (-1, y)], x.Axes);

    /// <summary>A sum of multiples of tensors with equal axes: equal terms are merged.</summary>
    public Node Sum(List<(Coefficient Coefficient, Node Node)> terms, IReadOnlyList<Dimension> axes)
    {
        Work.Check();
        var merged = new Dictionary<Node, Coefficient>(ReferenceEqualityComparer.Instance);
        foreach (var (c, n) in terms)
        {
            if (n is AddNode inner) foreach (var (d, m) in inner.Terms) Collect(m, c * d);
            else Collect(n, c);
        }
        var kept = merged.Where(t => !t.Value.IsZero).OrderBy(t => t.Key.Id).Select(t => (t.Value, t.Key)).ToArray();
        return kept.Length == 1 && kept[0].Value.IsOne ? kept[0].Key : Intern(new AddNode(kept, [.. axes]));

        void Collect(Node n, Coefficient c) => merged[n] = merged.TryGetValue(n, out var before) ? before + c : c;
    }

    /// <summary>A multiple.</summary>
    public Node Scale(Coefficient factor, Node x)
    {
        if (factor.IsOne) return x;
        if (factor is { IsExact: true, IsZero: true }) return Zero(x.Axes);
        return Sum([(factor, x)], x.Axes);
    }

    /// <summary>A sum without its content: <c>sum^exponent = Content * Primitive^exponent</c>; the first term of the primitive sum is positive. A fractional power leaves the sum as it is.</summary>
    public (Coefficient Content, Node Primitive) Primitive(AddNode sum, Coefficient exponent)
    {
        var content = Content(sum);
        if (!exponent.IsInteger || content.IsOne) return (1, sum);
        var power = content.Power(exponent);
        if (!power.IsExact) return (1, sum);
        return (power, Sum([.. sum.Terms.Select(t => (t.Coefficient / content, t.Node))], sum.Axes));
    }

    private static Coefficient Content(AddNode sum)
    {
        var first = sum.Terms[0].Coefficient;
        Coefficient sign = first.Sign < 0 ? -1 : 1;
        var denominator = first.Denominator;
        // x^2 + 0.01 stays as it is: (100*x^2 + 1)/100 would be no simpler.
        if (sum.Terms.Any(t => !t.Coefficient.IsExact || t.Coefficient.Denominator != denominator)) return sign;
        var numerator = BigInteger.Zero;
        foreach (var (c, _) in sum.Terms) numerator = BigInteger.GreatestCommonDivisor(numerator, c.Numerator);
        return sign * Coefficient.Rational(numerator, denominator);
    }

    /// <summary>The diagonal of a square tensor of two axes.</summary>
    public Node Diagonal(Node x) => Einsum("ii->i", x);

    /// <summary>Every entry to a rational power.</summary>
    public Node Power(Node x, Coefficient exponent)
    {
        var c = new Contraction(this);
        int[] labels = c.LabelsFor(x);
        c.Multiply(x, labels, exponent);
        return c.Build(labels);
    }

    /// <summary>The product entry by entry of tensors with equal axes.</summary>
    public Node Multiply(params ReadOnlySpan<Node> factors)
    {
        var c = new Contraction(this);
        int[] labels = c.LabelsFor(factors[0]);
        foreach (var f in factors) c.Multiply(f, labels, 1);
        return c.Build(labels);
    }

    /// <summary>The absolute values of the entries.</summary>
    public Node AbsoluteValue(Node x) => Map((ElementwiseOperator)OperatorTable.Find("abs")!, x);

    /// <summary>A scalar function of tensors with equal axes.</summary>
    public Node Map(ElementwiseOperator function, params ReadOnlySpan<Node> arguments)
    {
        var first = arguments[0];
        if (first.Order > 0 && Broadcast.Common(arguments) is var constant && constant.Contains(true))
        {
            // What does not depend on an axis is computed once and broadcast.
            var reduced = new Node[arguments.Length];
            for (int i = 0; i < reduced.Length; i++) reduced[i] = Broadcast.Drop(this, arguments[i], constant);
            return Broadcast.Along(this, Map(function, reduced), first.Axes, constant);
        }
        if (arguments.Length == 1)
        {
            if (function.Parity != 0 && first is AddNode { Terms: [(var c, _), ..] } sum && c.Sign < 0)
            {
                var positive = Map(function, Scale(-1, sum));
                return function.Parity < 0 ? Scale(-1, positive) : positive;
            }
            // What is antisymmetric, as B' - B, has its sign already: its transpose would change it again.
            if (first.Order == 2 && Orientation.Of(first) is (var oriented, true) && (function.Parity == 0 || !ReferenceEquals(oriented, Scale(-1, first))))
                return Einsum("ij->ji", Map(function, oriented));
        }
        return function.Simplify(this, arguments) ?? Intern(new MapNode(function, arguments.ToArray(), [.. first.Axes]));
    }

    /// <summary>A function of the trailing axes of a tensor.</summary>
    public Node Apply(TensorOperator function, Node x, int operated)
    {
        int batch = x.Order - operated;
        if (batch > 0 && Broadcast.Of(x) is var constant && constant.AsSpan(0, batch).Contains(true))
        {
            for (int a = batch; a < constant.Length; a++) constant[a] = false;
            var reduced = Apply(function, Broadcast.Drop(this, x, constant), operated);
            Dimension[] axes = [.. x.Axes.Take(batch), .. function.ResultAxes([.. x.Axes.Skip(batch)])];
            return Broadcast.Along(this, reduced, axes, [.. constant.Take(batch), .. new bool[axes.Length - batch]]);
        }
        if (batch == 0 && operated == 2 && (function.KeepsSymmetry || function.IgnoresTransposition) && Orientation.Of(x) is (var oriented, true))
        {
            var value = Apply(function, oriented, operated);
            return function.KeepsSymmetry ? Einsum("ij->ji", value) : value;
        }
        return function.Simplify(this, x, operated)
            ?? Intern(new ApplyNode(function, x, operated, [.. x.Axes.Take(batch), .. function.ResultAxes([.. x.Axes.Skip(batch)])]));
    }

    private sealed class StructureComparer : IEqualityComparer<Node>
    {
        public bool Equals(Node? a, Node? b) => ReferenceEquals(a, b) || (a is not null && b is not null && a.IsSameStructure(b));

        public int GetHashCode(Node node) => node.StructureHash;
    }
}
