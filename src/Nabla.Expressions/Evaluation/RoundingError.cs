using System.Globalization;
using Nabla.Expressions.Core;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Evaluation;

/// <summary>How far rounding errors change the value of a tensor, found by evaluating it again with other roundings.</summary>
/// <param name="Change">The largest change of an entry; infinite where another rounding has no finite value.</param>
/// <param name="Largest">The largest magnitude of an entry.</param>
/// <param name="Magnitude">The largest magnitude on the way.</param>
internal readonly record struct RoundingError(double Change, double Largest, double Magnitude)
{
    // Evaluating three times more must stay cheap.
    private const long MaxEntries = 1_000_000;

    /// <summary>Whether no digit is right, and the error is more than the noise of a sum that is zero: the value means nothing.</summary>
    public bool Decides => Change > 0.1 * Largest && Change > 1e-10 * Magnitude;

    /// <summary>The error of a value; none where the tensor is too large for another evaluation.</summary>
    /// <param name="root">The tensor.</param>
    /// <param name="value">Its value.</param>
    /// <param name="evaluator">What evaluated it.</param>
    public static RoundingError Of(Node root, NDArray<double> value, TensorEvaluator evaluator)
    {
        double[] entries = value.ToArray();
        double largest = entries.Length == 0 ? 0 : entries.Max(Math.Abs), change = 0;
        if (evaluator.Entries <= MaxEntries)
        {
            for (int way = 1; way <= OtherRounding.Ways && double.IsFinite(change); way++) change = Math.Max(change, Difference(entries, root, evaluator.Rounded(way)));
        }
        return new(change, largest, evaluator.Magnitude);
    }

    /// <summary>What is to be said of the value.</summary>
    public override string ToString() =>
        double.IsInfinity(Change) ? $"its largest entry is {Text(Largest)} or not defined at all, as rounding decides: the values stand at the edge of a domain"
        : Change < Largest || Decides ? $"values cancel, so that the largest entry, {Text(Largest)}, is uncertain by {Text(Change)}"
        : $"values cancel, so that the largest entry, {Text(Largest)}, is zero up to rounding errors of {Text(Change)}";

    private static string Text(double number) => number.ToString("g3", CultureInfo.InvariantCulture);

    private static double Difference(double[] entries, Node root, TensorEvaluator rounded)
    {
        try
        {
            double change = 0;
            double[] other = rounded.Evaluate(root).ToArray();
            for (int i = 0; i < other.Length; i++) change = Math.Max(change, Math.Abs(other[i] - entries[i]));
            return double.IsFinite(change) ? change : double.PositiveInfinity;
        }
        catch (NablaException e) when (e.Code is ErrorCode.Domain or ErrorCode.Singular)
        {
            return double.PositiveInfinity;
        }
    }
}
