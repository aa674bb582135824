using Nabla.Expressions.Core;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Operators;
using Nabla.Numerics;

namespace Nabla.Expressions.Evaluation;

/// <content>Sums of products beyond the range of a double, whose roots, logarithms and quotients may be within it: they are carried with an exponent of their own.</content>
internal sealed partial class TensorEvaluator
{
    private readonly Dictionary<Node, ScaledNumber[]> _scaled = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<Node> _inRange = new(ReferenceEqualityComparer.Instance);

    // The sums of products whose roots, logarithms and quotients may be within the range where they are not themselves.
    private void FindRanges(IReadOnlyList<Node> order)
    {
        foreach (var n in order.Reverse())
        {
            if (n is ContractNode c) _inRange.UnionWith(c.Factors.Where(f => Squares.NeedsRange(f.Operand, f.Exponent)).Select(f => f.Operand));
            else if (n is MapNode { Function: Log } map && Squares.IsSumOfProducts(map.Arguments[0])) _inRange.Add(map.Arguments[0]);
            if (n is AddNode sum && _inRange.Contains(n)) _inRange.UnionWith(sum.Terms.Select(t => t.Node));
        }
    }

    private IEnumerable<ScaledNumber> ScaledEntries(ContractNode c, Dictionary<Node, NDArray<double>> found, int[] labelSizes, NDArray<double> result)
    {
        int[] at = new int[result.Shape.Length];
        for (int k = 0; k < result.Count; k++)
        {
            double entry = result[at];
            yield return ScaledNumber.IsNeeded(entry) && Scaled(c, found, labelSizes, at) is { } scaled ? scaled : ScaledNumber.Of(entry);
            for (int a = at.Length - 1; a >= 0 && ++at[a] == result.Shape[a]; a--) at[a] = 0;
        }
    }

    // The entry of a contraction, with what it needs of every operand divided by a power of two near its largest entry; null where that is zero or not finite.
    private ScaledNumber? Scaled(ContractNode c, Dictionary<Node, NDArray<double>> found, int[] labelSizes, int[] at)
    {
        var chosen = new Dictionary<int, int>();
        for (int a = 0; a < at.Length; a++)
            if (chosen.TryGetValue(c.Result[a], out int place) && place != at[a]) return null;
            else chosen[c.Result[a]] = at[a];
        foreach (var f in c.Factors)
            if (f.Operand is UnitNode unit && chosen.TryGetValue(f.Labels[0], out int place) && place != unit.Index - 1) return null;
            else if (f.Operand is UnitNode one) chosen[f.Labels[0]] = (int)one.Index - 1;
        double exponent = 0;
        var operands = new List<(NDArray<double> Value, int[] Labels)>();
        foreach (var f in c.Factors)
        {
            if (f.Operand is UnitNode) continue;
            var value = found[f.Operand];
            for (int a = f.Labels.Length - 1; a >= 0; a--) if (chosen.TryGetValue(f.Labels[a], out int place)) value = value.At(a, place);
            double largest = value.NormInf();
            if (!f.Exponent.IsInteger || largest == 0 || !double.IsFinite(largest)) return null;
            int scale = Math.ILogB(largest);
            exponent += scale * f.Exponent.ToDouble();
            operands.Add((value.Map(x => Raise(Math.ScaleB(x, -scale), f.Exponent.ToDouble())), [.. f.Labels.Where(l => !chosen.ContainsKey(l))]));
        }
        return Math.Abs(exponent) < 1e6 ? new(Einsum.Contract(operands, [], labelSizes, work).Value.ToScalar(), (int)exponent) : null;
    }

    // The power of a scalar, where that or the scalar itself is beyond the range of a double.
    private ScaledNumber? ScaledPower(Factor f, Dictionary<Node, NDArray<double>> found)
    {
        if (f.Labels.Length > 0) return null;
        double e = f.Exponent.ToDouble();
        if (_scaled.TryGetValue(f.Operand, out var numbers)) return numbers[0].Mantissa == 0 ? null : numbers[0].Power(e);
        double value = found[f.Operand].ToScalar();
        return f.Exponent.IsOne || value == 0 || !double.IsFinite(value) || !ScaledNumber.IsNeeded(Raise(value, e)) ? null : ScaledNumber.Of(value).Power(e);
    }

    private static double InRange(ScaledNumber power, Coefficient exponent, ScaledNumber of) =>
        power.ToDouble() is var value && (exponent.ToDouble() >= -1 || !ScaledNumber.IsNeeded(value))
            ? value
            : throw new NablaException(ErrorCode.Domain, FormattableString.Invariant($"The power {exponent} of {of.Mantissa:G3}*2^{of.Exponent} is beyond the range of double precision."));
}
