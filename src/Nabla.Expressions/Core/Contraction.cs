using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Core;

/// <summary>Builds one contraction: opens inner ones, lets deltas vanish by renaming, merges equal factors, closes scalars.</summary>
/// <remarks>
/// Labels are numbers in a union-find: two labels that a delta joins become one, which is most of simplification.
/// The rules on powers keep domains: x·x⁻¹ is 1 only where x is known nonzero.
/// </remarks>
internal sealed class Contraction
{
    /// <summary>Inner contractions are opened up to this many factors, so that long chains stay linear.</summary>
    private const int MaxFactors = 32;

    /// <summary>As <see cref="MaxFactors"/> for powers of one matrix, whose terms must be seen to be equal.</summary>
    private const int MaxEqualFactors = 256;

    /// <summary>Sums that hold a delta are distributed up to this many terms.</summary>
    private const int MaxTerms = 24;

    private readonly Tensors _tensors;
    private readonly List<Dimension> _sizes = [];
    private readonly List<int> _parent = [];
    private readonly List<Factor> _factors = [];
    private readonly HashSet<int> _absorbed = [];
    private int[] _result = [];
    private Coefficient _coefficient = 1;
    private bool _zero;
    private bool _closed;

    public Contraction(Tensors tensors) => _tensors = tensors;

    /// <summary>A new label.</summary>
    public int Label(Dimension size)
    {
        _sizes.Add(size);
        _parent.Add(_parent.Count);
        return _parent.Count - 1;
    }

    /// <summary>New labels for all axes of a tensor.</summary>
    public int[] LabelsFor(Node node)
    {
        var labels = new int[node.Order];
        for (int i = 0; i < labels.Length; i++) labels[i] = Label(node.Axes[i]);
        return labels;
    }

    /// <summary>Adds a factor; inner structure is opened at once.</summary>
    public void Multiply(Node operand, int[] labels, Coefficient exponent)
    {
        var pending = new Stack<Factor>();
        pending.Push(new(operand, labels, exponent));
        while (pending.TryPop(out var f)) Take(f, pending);
    }

    /// <summary>Adds a plain factor.</summary>
    public void Multiply(Node operand, params int[] labels) => Multiply(operand, labels, 1);

    /// <summary>Multiplies by a number.</summary>
    public void Scale(Coefficient factor) => _coefficient *= factor;

    /// <summary>The finished tensor.</summary>
    /// <param name="result">The labels of its axes; a label that stands twice is a delta.</param>
    public Node Build(params int[] result)
    {
        _result = result;
        if (_zero) return Zero();
        _tensors.Work.Check();
        Simplify();
        if (_zero) return Zero();
        if (!_closed && Distributed() is { } sum) return sum;
        CountOnes();
        CloseScalars();
        if (_zero) return Zero();
        return _tensors.Scale(_coefficient, Monic());
    }

    /// <summary>As <see cref="Build"/>, for a part of a larger contraction: labels that the part does not use are not its own.</summary>
    public Node BuildPart(int[] result, IEnumerable<int> used)
    {
        var own = used.Select(Find).ToHashSet();
        for (int l = 0; l < _parent.Count; l++) if (!own.Contains(Find(l))) _absorbed.Add(l);
        return Build(result);
    }

    /// <summary>As <see cref="Build"/>, without distributing over sums: for writing a factor in front of a bracket.</summary>
    public Node BuildClosed(params int[] result)
    {
        _closed = true;
        return Build(result);
    }

    private Node Zero() => _tensors.Zero([.. _result.Select(l => _sizes[l])]);

    private int Find(int label)
    {
        while (_parent[label] != label) label = _parent[label] = _parent[_parent[label]];
        return label;
    }

    private void Join(int a, int b)
    {
        (a, b) = (Find(a), Find(b));
        if (a != b) _parent[Math.Max(a, b)] = Math.Min(a, b);
    }

    private void Take(Factor f, Stack<Factor> pending)
    {
        if (f.Exponent.IsZero) return;
        switch (f.Operand)
        {
            case AddNode { IsZero: true }:
                if (f.Exponent.Sign < 0) throw new NablaException(ErrorCode.Domain, $"The divisor is zero{(f.Operand.Order == 0 ? "" : " in every entry")}, whatever the values.");
                _zero = true;
                return;
            case AddNode { Terms.Count: 1 } scaled when PowerOf(scaled.Terms[0].Coefficient, f.Exponent) is { } power:
                _coefficient *= power;
                pending.Push(f with { Operand = scaled.Terms[0].Node });
                return;
            case AddNode { Terms.Count: > 1 } sum when _tensors.Primitive(sum, f.Exponent) is var (content, primitive) && !ReferenceEquals(primitive, sum):
                _coefficient *= content;
                pending.Push(f with { Operand = primitive });
                return;
            case MapNode { Function: Operators.Abs, Arguments: [var inside] } when f.Exponent is { IsInteger: true } even && even.Numerator.IsEven:
                pending.Push(f with { Operand = inside });
                return;
            case ContractNode c when Openable(c, f.Exponent):
                Open(c, f, pending);
                return;
            default:
                _factors.Add(Oriented(f));
                return;
        }
    }

    private static Coefficient? PowerOf(Coefficient c, Coefficient exponent)
    {
        if (c.IsZero || (c.Sign < 0 && !exponent.IsInteger)) return null;
        var power = c.Power(exponent);
        return power.IsExact || !c.IsExact ? power : null;
    }

    private Factor Oriented(Factor f)
    {
        if (f.Operand.Order != 2) return f;
        var (node, swapped) = _tensors.Orientation.Of(f.Operand);
        return swapped ? f with { Operand = node, Labels = [f.Labels[1], f.Labels[0]] } : f with { Operand = node };
    }

    private bool Openable(ContractNode c, Coefficient exponent)
    {
        if (c.IsScalarBase) return false;
        if (_factors.Count + c.Factors.Count > MaxFactors && c.Factors.Count > 2 && !IsPower(c)) return false;
        if (exponent.IsOne) return true;
        if (c.Sums) return false;
        if (exponent.IsInteger) return exponent.Sign > 0 || !c.HasDelta;
        return !c.HasDelta && c.Factors.All(g => Signs.IsNonnegative(g.Operand) || (g.Exponent.IsInteger && g.Exponent.Numerator.IsEven));
    }

    // Whether all factors are one matrix.
    private bool IsPower(ContractNode c)
    {
        var matrix = c.Factors[0].Operand;
        return matrix.Order == 2 && _factors.Count + c.Factors.Count <= MaxEqualFactors
            && c.Factors.All(f => ReferenceEquals(f.Operand, matrix)) && _factors.TrueForAll(f => ReferenceEquals(f.Operand, matrix));
    }

    private void Open(ContractNode c, Factor f, Stack<Factor> pending)
    {
        var map = new int[c.Sizes.Count];
        Array.Fill(map, -1);
        for (int i = 0; i < c.Result.Count; i++)
        {
            ref int outer = ref map[c.Result[i]];
            if (outer < 0) outer = f.Labels[i];
            else Join(outer, f.Labels[i]);
        }
        for (int l = 0; l < map.Length; l++) if (map[l] < 0) map[l] = Label(c.Sizes[l]);
        for (int i = c.Factors.Count - 1; i >= 0; i--)
        {
            var g = c.Factors[i];
            var operand = g.Operand;
            // (x²)^(1/2) is |x|.
            if (!f.Exponent.IsInteger && !Signs.IsNonnegative(operand)) operand = _tensors.AbsoluteValue(operand);
            pending.Push(new(operand, Array.ConvertAll(g.Labels, l => map[l]), g.Exponent * f.Exponent));
        }
    }

    private void Simplify()
    {
        bool changed = true;
        while (changed && !_zero)
        {
            for (int i = 0; i < _factors.Count; i++) _factors[i] = _factors[i] with { Labels = Array.ConvertAll(_factors[i].Labels, Find) };
            changed = Merge() || JoinedAxes.Apply(this, _tensors) || Selectors.Apply(this) || StableForms.Apply(this, _tensors) || Divisors.Apply(this);
        }
        _result = Array.ConvertAll(_result, Find);
    }

    // What the rules of Selectors and StableForms see and do.
    internal List<Factor> Factors => _factors;

    internal bool IsResult(int label) => _result.Any(l => Find(l) == label);

    internal int Uses(int label) => _factors.Sum(f => f.Labels.Count(l => l == label));

    internal void Unify(int a, int b) => Join(a, b);

    internal void Vanish() => _zero = true;

    /// <summary>Removes a factor whose sum over the labels is one.</summary>
    internal void Absorb(int factor, params ReadOnlySpan<int> labels)
    {
        _factors.RemoveAt(factor);
        foreach (int l in labels) _absorbed.Add(l);
    }

    /// <summary>Adds to the power of a factor and removes others, with the labels that they sum over.</summary>
    internal void Raise(int factor, Coefficient by, HashSet<int> others, ReadOnlySpan<int> summed)
    {
        _factors[factor] = _factors[factor] with { Exponent = _factors[factor].Exponent + by };
        foreach (int j in others.OrderDescending()) _factors.RemoveAt(j);
        foreach (int l in summed) _absorbed.Add(l);
        _factors.RemoveAll(f => f.Exponent.IsZero);
    }

    internal void Replace(int factor, Node operand, int[] labels, Coefficient exponent)
    {
        _factors.RemoveAt(factor);
        Multiply(operand, labels, exponent);
    }

    private bool Merge()
    {
        for (int i = 0; i < _factors.Count; i++)
            for (int j = i + 1; j < _factors.Count; j++)
                if (ReferenceEquals(_factors[i].Operand, _factors[j].Operand) && SameLabels(_factors[i], _factors[j])
                    && Merged(_factors[i].Operand, _factors[i].Exponent, _factors[j].Exponent, IsNonzeroHere(_factors[i].Operand)) is { } exponent)
                {
                    _factors.RemoveAt(j);
                    if (exponent.IsZero) _factors.RemoveAt(i);
                    else _factors[i] = _factors[i] with { Exponent = exponent };
                    return true;
                }
        return false;
    }

    private static bool SameLabels(Factor a, Factor b) => a.Labels.AsSpan().SequenceEqual(b.Labels)
        || (a.Labels.Length == 2 && a.Labels[0] == b.Labels[1] && a.Labels[1] == b.Labels[0] && Signs.IsSymmetric(a.Operand));

    private static Coefficient? Merged(Node operand, Coefficient a, Coefficient b, bool nonzero)
    {
        if (operand is UnitNode or EmbedNode or PairNode) return 1;
        var sum = a + b;
        if (!a.IsInteger && !b.IsInteger && sum.IsInteger && !Signs.IsNonnegative(operand)) return null;
        return a.Sign * b.Sign < 0 && sum.Sign >= 0 && !nonzero ? null : sum;
    }

    // Where inv(A) is a factor, det(A) is not zero.
    private bool IsNonzeroHere(Node operand) => Signs.IsNonzero(operand)
        || (operand is ApplyNode { Function: Operators.Determinant, Argument: var A } && _factors.Any(f => f.Operand is ApplyNode { Function: Operators.Inverse, Argument: var B } && ReferenceEquals(A, B)));

    // A sum other than a mask is opened under a bare permutation of axes, and when it holds a delta, or a selection, that another factor or a sum can use.
    private Node? Distributed()
    {
        for (int i = 0; i < _factors.Count; i++)
        {
            if (_factors[i] is not { IsPlain: true, Operand: AddNode { Terms: { Count: <= MaxTerms } terms } } f || (_factors.Count > 1 && IsMask(terms))) continue;
            bool bare = _factors.Count == 1 && f.Labels.Length == _result.Length && f.Labels.Distinct().Count() == f.Labels.Length && f.Labels.All(l => _result.Contains(l));
            bool delta = terms.Any(t => t.Node is ContractNode c && ((c.HasDelta && UsesDelta(c, f)) || MeetsSelector(c, f)));
            if (!bare && !delta) continue;
            var parts = new List<(Coefficient, Node)>(terms.Count);
            foreach (var (coefficient, node) in terms)
            {
                var part = new Contraction(_tensors);
                foreach (var size in _sizes) part.Label(size);
                foreach (int l in _absorbed) part._absorbed.Add(Find(l));
                for (int l = 0; l < _parent.Count; l++) if (Find(l) != l) part._absorbed.Add(l);
                part.Scale(coefficient * _coefficient);
                for (int j = 0; j < _factors.Count; j++)
                    if (j != i) part.Multiply(_factors[j].Operand, _factors[j].Labels, _factors[j].Exponent);
                part.Multiply(node, f.Labels, 1);
                parts.Add((1, part.Build(_result)));
            }
            return _tensors.Sum(parts, [.. _result.Select(l => _sizes[l])]);
        }
        return null;
    }

    // Ones but on a diagonal: x times that is x or 0, where x - x*eye is x - x beside other terms, which rounding does not let cancel.
    private static bool IsMask(IReadOnlyList<(Coefficient Coefficient, Node Node)> terms) =>
        terms is [var a, var b] && (a.Coefficient + b.Coefficient).IsZero
        && a.Node is ContractNode { Factors.Count: 0, Sums: false, HasDelta: var isDelta } && b.Node is ContractNode { Factors.Count: 0, Sums: false, HasDelta: var isOther } && isDelta != isOther;

    private bool UsesDelta(ContractNode delta, Factor f)
    {
        for (int i = 0; i < f.Labels.Length; i++)
        {
            if (delta.Result.Count(l => l == delta.Result[i]) < 2) continue;
            int label = f.Labels[i];
            if (!_result.Contains(label) || Uses(label) > 1) return true;
        }
        return false;
    }

    // A term selects along an axis along which another factor selects too: together they vanish or are a delta.
    private bool MeetsSelector(ContractNode term, Factor f)
    {
        for (int i = 0; i < f.Labels.Length; i++)
        {
            int label = f.Labels[i], inner = term.Result[i];
            if (term.Factors.Any(g => IsSelector(g) && g.Labels.Contains(inner)) && _factors.Any(g => IsSelector(g) && g.Labels.Contains(label))) return true;
        }
        return false;
    }

    private static bool IsSelector(Factor f) => f is { IsPlain: true, Operand: UnitNode or EmbedNode or PairNode };

    // A label that is summed and that no factor bears counts the entries of its dimension.
    private void CountOnes()
    {
        var borne = new HashSet<int>(_factors.SelectMany(f => f.Labels));
        borne.UnionWith(_result);
        borne.UnionWith(_absorbed.Select(Find));
        for (int l = 0; l < _parent.Count; l++)
        {
            if (_parent[l] != l || borne.Contains(l)) continue;
            if (_sizes[l].Size is { } size) _coefficient *= Tensors.Integer(size);
            else _factors.Add(new(_tensors.Size(_sizes[l]), [], 1));
        }
    }

    private void CloseScalars()
    {
        if (_factors.Count == 0) return;
        var component = new int[_factors.Count];
        var ofLabel = new Dictionary<int, int>();
        for (int i = 0; i < component.Length; i++)
        {
            component[i] = i;
            foreach (int l in _factors[i].Labels)
            {
                if (!ofLabel.TryGetValue(l, out int other)) { ofLabel[l] = component[i]; continue; }
                if (other == component[i]) continue;
                var (from, to) = (component[i], other);
                for (int j = 0; j <= i; j++) if (component[j] == from) component[j] = to;
                foreach (int k in ofLabel.Keys.ToArray()) if (ofLabel[k] == from) ofLabel[k] = to;
            }
        }
        var resultComponents = new HashSet<int>(_result.Where(ofLabel.ContainsKey).Select(l => ofLabel[l]));
        var scalars = component.Where((c, i) => _factors[i].Labels.Length > 0 && !resultComponents.Contains(c)).Distinct().ToArray();
        if (scalars.Length == 0 || (scalars.Length == 1 && component.All(c => c == scalars[0]) && _result.Length == 0)) { MergeScalars(); return; }
        var rest = new List<Factor>();
        for (int i = 0; i < component.Length; i++) if (!scalars.Contains(component[i])) rest.Add(_factors[i]);
        var closed = scalars.Select(s => _tensors.Intern(Labelling.Canonical([.. _factors.Where((_, i) => component[i] == s)], [], l => _sizes[l]))).ToArray();
        _factors.Clear();
        _factors.AddRange(rest);
        foreach (var scalar in closed) _factors.Add(new(scalar, [], 1));
        MergeScalars();
    }

    private void MergeScalars()
    {
        while (Merge() || StableForms.Apply(this, _tensors))
        {
        }
    }

    private Node Monic()
    {
        if (_factors.Count == 1 && _factors[0] is { IsPlain: true } only && only.Labels.Length == _result.Length && _result.Distinct().Count() == _result.Length
            && (only.Labels.AsSpan().SequenceEqual(_result) || (_result.Length == 2 && only.Labels[0] == _result[1] && only.Labels[1] == _result[0] && Signs.IsSymmetric(only.Operand))))
            return only.Operand;
        return _tensors.Intern(Labelling.Canonical(_factors, _result, l => _sizes[l]));
    }
}
