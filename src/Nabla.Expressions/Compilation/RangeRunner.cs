using System.Numerics;
using Nabla.Numerics;

namespace Nabla.Expressions.Compilation;

/// <summary>Looks through sums of products for one that overflowed, or that lost digits by underflow.</summary>
/// <typeparam name="T">The type of the entries.</typeparam>
internal sealed unsafe class RangeRunner<T>(Workspace<T> workspace, RangeStep step) : Runner<T>(workspace)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Between these the sums have all their digits, and the power is a normal number.
    private readonly T _least = T.Max(Precision<T>.SafeSquare, T.Pow(Precision<T>.SafeMinimum, T.CreateTruncating(0.95 / step.Power)));
    private readonly T _largest = T.Min(T.BitDecrement(T.PositiveInfinity), T.Pow(Precision<T>.SafeMinimum, T.CreateTruncating(-0.95 / Math.Max(1, step.Power))));

    private readonly Runner<T>[]? _counts = step.Counts is { } counts ? [.. counts.Select(c => c.Bind(workspace))] : null;
    private readonly Storage[] _places = [.. step.Outputs];

    /// <inheritdoc/>
    public override void Run()
    {
        T* sums = At(step.View);
        bool isCounted = false;
        for (long k = 0; k < step.View.Count; k++)
        {
            if (T.Abs(sums[k]) is var size && size >= _least && size <= _largest) continue;
            if (sums[k] != T.Zero || _counts is null) throw new RangeException();
            if (!isCounted) foreach (var count in _counts) count.Run();
            isCounted = true;
            foreach (var place in _places)
                if (*At(place, k) != T.Zero) throw new RangeException();
        }
    }
}
