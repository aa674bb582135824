using Nabla.Expressions.Core;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Operators;
using Nabla.Numerics;

namespace Nabla.Expressions.Evaluation;

/// <summary>Evaluates tensors of the core, operands first, each once.</summary>
/// <remarks>Powers -1/2, -3/2, ... of a sum of squares that is zero count as zero in derivatives: the subgradient of a norm at its kink.</remarks>
/// <param name="values">The values of the symbols.</param>
/// <param name="sizes">The sizes of the dimensions.</param>
/// <param name="work">The budget.</param>
/// <param name="takesSubgradients">Whether a derivative is evaluated, and not a function.</param>
/// <param name="rounding">0 rounds to nearest, another number in one of the other ways (<see cref="OtherRounding"/>).</param>
internal sealed partial class TensorEvaluator(IReadOnlyDictionary<string, NDArray<double>> values, IReadOnlyDictionary<string, long> sizes, Work work, bool takesSubgradients = true, int rounding = 0)
{
    private readonly long _maxEntriesAtOnce = 8 * work.Entries;

    private readonly SortedSet<string> _kinks = new(StringComparer.Ordinal);
    private HashSet<Node> _divisors = [];
    private long _held;

    /// <summary>The functions that were evaluated at a kink; in a derivative only the norms whose subgradient was taken.</summary>
    public IReadOnlyCollection<string> Kinks => _kinks;

    /// <summary>The largest magnitude of an entry on the way: what cancels leaves noise in proportion to it.</summary>
    public double Magnitude { get; private set; }

    /// <summary>How many entries were computed.</summary>
    public long Entries { get; private set; }

    /// <summary>Whether any tensor on the way had an entry that is infinite or not a number.</summary>
    public bool IsBeyondRange { get; private set; }

    /// <summary>Where in the program stands what first had an entry that is infinite or not a number.</summary>
    public Place? NotFinite { get; private set; }

    /// <summary>The same with another rounding.</summary>
    /// <param name="way">Which one.</param>
    public TensorEvaluator Rounded(int way) => new(values, sizes, work, takesSubgradients, way);

    /// <summary>The value of a tensor.</summary>
    /// <exception cref="NablaException">A value is missing, a limit is exceeded or a matrix is singular.</exception>
    public NDArray<double> Evaluate(Node root)
    {
        var order = root.WithOperands();
        if (takesSubgradients) _divisors = Reciprocals.OfRules(order);
        FindRanges(order);
        var uses = new Dictionary<Node, int>(ReferenceEqualityComparer.Instance);
        foreach (var n in order) foreach (var o in n.Operands) uses[o] = uses.GetValueOrDefault(o) + 1;
        var found = new Dictionary<Node, NDArray<double>>(ReferenceEqualityComparer.Instance);
        foreach (var n in order)
        {
            work.Check();
            var value = Placed(n, found);
            found[n] = value;
            Observe(n, value);
            Hold(value.Count);
            foreach (var o in n.Operands)
                if (--uses[o] == 0 && found.Remove(o, out var spent)) _held -= spent.Count;
        }
        return found[root];
    }

    private NDArray<double> Placed(Node node, Dictionary<Node, NDArray<double>> found)
    {
        try
        {
            var value = Compute(node, found);
            return rounding == 0 ? value : value.Map(Saturates(node) ? x => OtherRounding.OfSaturated(x, rounding) : x => OtherRounding.Of(x, rounding));
        }
        catch (NablaException e) when (e.Place is null && !work.IsOver)
        {
            throw e.At(node.Place);
        }
    }

    // Whether an entry of exactly 1 or -1 has been rounded.
    private static bool Saturates(Node node) => node is MapNode { Function: Tanh or Sigmoid or Erf } or ApplyNode { Function: Softmax };

    private void Observe(Node node, NDArray<double> value)
    {
        Entries += value.Count;
        bool finite = true;
        foreach (double entry in value.AsContiguous().AsSpan())
        {
            if (!double.IsFinite(entry)) finite = false;
            else if (Math.Abs(entry) > Magnitude) Magnitude = Math.Abs(entry);
        }
        if (finite || IsBeyondRange) return;
        (IsBeyondRange, NotFinite) = (true, node.Place);
    }

    private void Hold(long entries)
    {
        _held += entries;
        if (_held > _maxEntriesAtOnce) throw new NablaException(ErrorCode.Limit, $"The intermediate values need more than {_maxEntriesAtOnce} entries at once.");
    }

    private int[] ShapeOf(IReadOnlyList<Dimension> axes)
    {
        var shape = new int[axes.Count];
        double entries = 1;
        for (int i = 0; i < shape.Length; i++)
        {
            long size = SizeOf(axes[i]);
            entries *= size;
            if (entries > work.Entries) throw new NablaException(ErrorCode.Limit, $"A value would have {entries:0} entries or more, but a value has at most {work.Entries}.");
            shape[i] = (int)size;
        }
        return shape;
    }

    private long SizeOf(Dimension dimension)
    {
        if (dimension.Size is { } size) return size;
        foreach (string name in dimension.Names)
            if (!sizes.ContainsKey(name)) throw new NablaException(ErrorCode.Request, $"The size of the dimension {name} is not given by any value.");
        return dimension.Evaluate(sizes);
    }

    private NDArray<double> Compute(Node node, Dictionary<Node, NDArray<double>> found)
    {
        switch (node)
        {
            case SymbolNode { SizeOf: { } dimension }:
                return NDArray<double>.Scalar(SizeOf(dimension));
            case SymbolNode { Name: "pi" } when !values.ContainsKey("pi"):
                return NDArray<double>.Scalar(Math.PI);
            case SymbolNode s:
                return values.TryGetValue(s.Name, out var given) ? given : throw new NablaException(ErrorCode.Request, $"A value is needed for {s.Name}.");
            case LiteralNode l:
                return NDArray<double>.FromArray([.. l.Entries.Select(e => e.ToDouble())], ShapeOf(l.Axes));
            case UnitNode u:
                var unit = NDArray<double>.Zeros(ShapeOf(u.Axes));
                if (u.Index > unit.Count) throw new NablaException(ErrorCode.Kind, $"The index {u.Index} is out of range: the dimension has {unit.Count} entries.");
                unit.AsSpan()[(int)u.Index - 1] = 1;
                return unit;
            case EmbedNode e:
                var embedding = NDArray<double>.Zeros(ShapeOf(e.Axes));
                int offset = (int)e.Parts.Take(e.Part).Sum(SizeOf);
                for (int i = 0; i < embedding.Shape[1]; i++) embedding[offset + i, i] = 1;
                return embedding;
            case PairNode p:
                var pair = NDArray<double>.Zeros(ShapeOf(p.Axes));
                for (int i = 0; i < pair.Shape[1]; i++)
                    for (int k = 0; k < pair.Shape[2]; k++) pair[i * pair.Shape[2] + k, i, k] = 1;
                return pair;
            case AddNode a:
                return Sum(a, found);
            case MapNode m:
                return Map(m, found);
            case ApplyNode a:
                return Apply(a, found[a.Argument]);
            default:
                return Contract((ContractNode)node, found);
        }
    }

    private NDArray<double> Sum(AddNode sum, Dictionary<Node, NDArray<double>> found)
    {
        var total = NDArray<double>.Zeros(ShapeOf(sum.Axes));
        var entries = total.AsSpan();
        foreach (var (coefficient, node) in sum.Terms)
        {
            double c = coefficient.ToDouble();
            var term = found[node].AsContiguous().AsSpan();
            bool isRounded = rounding != 0 && Math.Abs(c) != 1;
            for (int i = 0; i < entries.Length; i++) entries[i] += isRounded ? OtherRounding.Of(c * term[i], rounding) : c * term[i];
        }
        if (!sum.Terms.Any(t => _scaled.ContainsKey(t.Node))) return total;
        var scaled = new ScaledNumber[entries.Length];
        for (int i = 0; i < scaled.Length; i++)
            scaled[i] = ScaledNumber.IsNeeded(entries[i])
                ? ScaledNumber.Sum([.. sum.Terms.Select(t => (t.Coefficient.ToDouble(), _scaled.TryGetValue(t.Node, out var numbers) ? numbers[i] : ScaledNumber.Of(found[t.Node].AsContiguous().AsSpan()[i])))])
                : ScaledNumber.Of(entries[i]);
        _scaled[sum] = scaled;
        return total;
    }

    private NDArray<double> Map(MapNode map, Dictionary<Node, NDArray<double>> found)
    {
        var arguments = map.Arguments.Select(a => found[a].AsContiguous()).ToArray();
        var result = NDArray<double>.Zeros(arguments[0].Shape);
        var entries = result.AsSpan();
        Span<double> x = stackalloc double[arguments.Length];
        for (int i = 0; i < entries.Length; i++)
        {
            for (int k = 0; k < x.Length; k++) x[k] = arguments[k].AsSpan()[i];
            entries[i] = map.Function is Log && _scaled.TryGetValue(map.Arguments[0], out var numbers) && numbers[i].Mantissa > 0 ? numbers[i].Log() : map.Function.Evaluate(x);
            if (!takesSubgradients && map.Function.IsKink(x)) _kinks.Add(map.Function.Name);
        }
        return result;
    }

    private NDArray<double> Apply(ApplyNode apply, NDArray<double> argument)
    {
        var result = NDArray<double>.Zeros(ShapeOf(apply.Axes));
        argument = argument.AsContiguous();
        int[] operated = argument.Shape[apply.Batch..].ToArray();
        int size = operated.Aggregate(1, (a, b) => a * b), batches = size == 0 ? 0 : (int)(argument.Count / size);
        int step = batches == 0 ? 0 : (int)(result.Count / batches);
        for (int b = 0; b < batches; b++)
        {
            work.Check();
            var own = argument.AsSpan().Slice(b * size, size);
            var value = operated.Length == 1 ? Value.Column(own) : Value.Matrix(operated[0], operated[1], own);
            var call = new Arguments(apply.Function.Name, [value], () => value.Shape, default, work);
            try
            {
                double[] entries = apply.Function.EvaluateEntries(call);
                if (!takesSubgradients && call.KinkIsHit) _kinks.Add(apply.Function.Name);
                if (_divisors.Contains(apply) && apply.Function.NoDerivativeAt(entries) is { } reason) throw new NablaException(ErrorCode.Domain, reason);
                entries.CopyTo(result.AsSpan()[(b * step)..]);
            }
            catch (Exception e) when (NumericFailure.Of(e, apply.Function.Name, [value]) is { } failure)
            {
                throw failure;
            }
        }
        return result;
    }

    private NDArray<double> Contract(ContractNode c, Dictionary<Node, NDArray<double>> found)
    {
        int[] labelSizes = [.. c.Sizes.Select(s => (int)Math.Min(SizeOf(s), int.MaxValue))];
        var shape = ShapeOf(c.Axes);
        var operands = new List<(NDArray<double> Value, int[] Labels)>();
        var scale = new ScaledNumber(1, 0);
        bool isScaled = c.Factors.Any(f => ScaledPower(f, found) is not null);
        foreach (var f in c.Factors)
        {
            if (ScaledPower(f, found) is { } power)
            {
                scale = scale.Times(power);
                continue;
            }
            var value = Power(found[f.Operand], f.Operand, f.Exponent, isMultiplied: c.Factors.Count > 1);
            if (f.Labels.Length == 0) scale = isScaled ? scale.Times(ScaledNumber.Of(value.ToScalar())) : scale with { Mantissa = scale.Mantissa * value.ToScalar() };
            else if (isScaled && value.NormInf() is var largest && largest > 0 && double.IsFinite(largest))
            {
                int exponent = Math.ILogB(largest);
                scale = scale with { Exponent = scale.Exponent + exponent };
                operands.Add((value.Map(x => Math.ScaleB(x, -exponent)), f.Labels));
            }
            else operands.Add((value, f.Labels));
        }
        var (product, labels) = Einsum.Contract(operands, [.. c.Result.Distinct()], labelSizes, work);
        if (c is { Order: 0, Factors.Count: > 0 } && (isScaled || ScaledNumber.IsNeeded(scale.Mantissa * product.ToScalar())))
        {
            if (isScaled) _scaled[c] = [scale.Times(ScaledNumber.Of(product.ToScalar()))];
            else if (Scaled(c, found, labelSizes, []) is { } scaled) _scaled[c] = [scaled];
        }
        // Deltas and ones: the entries of the result whose labels agree.
        var result = NDArray<double>.Zeros(shape);
        var index = new int[c.ResultLabels];
        var at = new int[c.Result.Count];
        var from = new int[labels.Length];
        long total = 1;
        for (int l = 0; l < index.Length; l++) total *= labelSizes[l];
        for (long k = 0; k < total; k++)
        {
            for (int i = 0; i < at.Length; i++) at[i] = index[c.Result[i]];
            for (int i = 0; i < from.Length; i++) from[i] = index[labels[i]];
            result[at] = scale.Exponent == 0 ? scale.Mantissa * product[from] : Math.ScaleB(scale.Mantissa * product[from], scale.Exponent);
            for (int l = index.Length - 1; l >= 0 && ++index[l] == labelSizes[l]; l--) index[l] = 0;
        }
        if (c.Order > 0 && _inRange.Contains(c) && result.ToArray().Any(ScaledNumber.IsNeeded)) _scaled[c] = [.. ScaledEntries(c, found, labelSizes, result)];
        return result;
    }

    private NDArray<double> Power(NDArray<double> value, Node node, Coefficient exponent, bool isMultiplied)
    {
        if (exponent.IsOne) return value;
        double e = exponent.ToDouble();
        bool norm = takesSubgradients && Squares.IsNormPower(node, exponent);
        if (norm && value.ToArray().Contains(0)) _kinks.Add("norm2");
        if (_scaled.TryGetValue(node, out var numbers) && numbers.Length == value.Count)
            return NDArray<double>.FromArray([.. numbers.Select(m => m.Mantissa == 0 || !double.IsFinite(m.Mantissa) ? norm && m.Mantissa == 0 ? 0 : Raise(m.Mantissa, e) : InRange(m.Power(e), exponent, m))], value.Shape);
        return value.Map(x => norm && x == 0 ? 0 : e < -1 && (isMultiplied || !exponent.IsInteger) && x != 0 && double.IsFinite(x) && ScaledNumber.IsNeeded(Raise(x, e))
            ? throw new NablaException(ErrorCode.Domain, $"The power {exponent} of {x:G3} is beyond the range of double precision.")
            : Raise(x, e));
    }

    private static double Raise(double x, double e) => e switch
    {
        2 => x * x,
        -1 => 1 / x,
        0.5 => Math.Sqrt(x),
        -0.5 => 1 / Math.Sqrt(x),
        _ => Math.Pow(x, e),
    };
}
