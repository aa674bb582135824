namespace Nabla.Numerics.Tests;

/// <summary>Operations on random views (slices, steps forwards and backwards, permuted axes, broadcasts) beside their definitions, entry by entry. The entries are small integers, so that sums are exact.</summary>
public class ViewTests
{
    [Fact]
    public void Reductions_along_every_axis_are_their_definitions()
    {
        var random = new Random(Matrices.Seed);
        for (int trial = 0; trial < 3000; trial++)
        {
            NDArray<double> A = Draw(random, Sizes(random, random.Next(1, 4)), special: random.Next(3) == 0);
            for (int axis = 0; axis < A.Order; axis++)
            {
                NDArray<double> sum = A.Sum(axis);
                Same(sum, Fold(A, axis, 0, (a, b) => a + b), "sum");
                if (A.Count == 0) continue;
                Same(A.Max(axis), Fold(A, axis, double.NegativeInfinity, Math.Max), "max");
                Same(A.Min(axis), Fold(A, axis, double.PositiveInfinity, Math.Min), "min");
                if (A.Shape[axis] < 2) continue;
                NDArray<double> mean = A.Mean(axis), variance = Statistics.Variance(A, axis);
                int[] kept = A.Shape.ToArray();
                kept[axis] = 1;
                NDArray<double> spread = Fold(A.Zip(mean.Reshape(kept).BroadcastTo(A.Shape), (x, m) => (x - m) * (x - m)), axis, 0, (a, b) => a + b);
                double[] wanted = spread.ToArray(), found = variance.ToArray();
                for (int k = 0; k < wanted.Length; k++)
                    Assert.True(double.IsNaN(wanted[k]) ? double.IsNaN(found[k]) : Math.Abs(found[k] * (A.Shape[axis] - 1) - wanted[k]) <= 1e-13 * wanted[k], $"variance {found[k]}, squares {wanted[k]}");
            }
            double[] all = A.ToArray();
            Assert.Equal(all.Sum(), A.Sum());
            Assert.Equal(all.Sum(Math.Abs), A.Norm1());
            if (all.Length == 0) continue;
            Assert.Equal(all.Aggregate(Math.Max), A.Max());
            Assert.Equal(all.Aggregate(Math.Min), A.Min());
        }
    }

    [Fact]
    public void Arithmetic_and_copies_are_their_definitions()
    {
        var random = new Random(Matrices.Seed);
        for (int trial = 0; trial < 3000; trial++)
        {
            int[] shape = Sizes(random, random.Next(0, 4));
            NDArray<double> A = Draw(random, shape, special: false), B = random.Next(8) == 0 ? random.Next(-9, 10) : Draw(random, shape, special: false), target = Draw(random, shape, special: false, broadcasts: false);
            double[] a = A.ToArray(), b = B.Order == 0 ? [.. a.Select(_ => B.ToScalar())] : B.ToArray();
            Assert.Equal([.. Entries(A)], a);
            Assert.Equal(a.Zip(b, (x, y) => x + y), (A + B).ToArray());
            Assert.Equal(a.Zip(b, (x, y) => y - x), (B - A).ToArray());
            Assert.Equal(a.Zip(b, (x, y) => x * y), (A * B).ToArray());
            Assert.Equal(a.Zip(b, (x, y) => x / y), (A / B).ToArray());
            A.CopyTo(target);
            Assert.Equal(a, target.ToArray());
        }
    }

    private static int[] Sizes(Random random, int order) => [.. Enumerable.Range(0, order).Select(_ => random.Next(10) switch { 0 => random.Next(0, 2), 1 => order < 3 ? random.Next(50, 300) : 20, 2 => random.Next(1, 40), _ => random.Next(1, 12) })];

    /// <summary>A view of the given shape into a larger array.</summary>
    private static NDArray<double> Draw(Random random, int[] shape, bool special, bool broadcasts = true)
    {
        double Next() => special && random.Next(40) == 0 ? random.Next(3) switch { 0 => double.NaN, 1 => double.PositiveInfinity, _ => double.NegativeInfinity } : random.Next(-9, 10);
        int order = shape.Length;
        int[] axes = Enumerable.Range(0, order).ToArray(), steps = new int[order], lows = new int[order], held = new int[order];
        if (random.Next(2) == 0) random.Shuffle(axes);
        bool isPlain = random.Next(3) == 0;
        for (int k = 0; k < order; k++)
        {
            // Axis axes[k] of the view is axis k of the array.
            int n = shape[axes[k]];
            steps[k] = isPlain || random.Next(2) == 0 ? 1 : random.Next(5) switch { 0 => -1, 1 => -2, 2 => 2, 3 => broadcasts && n > 0 ? 0 : 1, _ => 1 };
            lows[k] = isPlain ? 0 : random.Next(3);
            held[k] = lows[k] + (steps[k] == 0 ? 1 : n * Math.Abs(steps[k])) + (isPlain ? 0 : random.Next(3));
        }
        NDArray<double> array = NDArray<double>.Zeros(held).Map(_ => Next());
        Range[] ranges = [.. Enumerable.Range(0, order).Select(k => lows[k]..(lows[k] + (steps[k] == 0 ? 1 : shape[axes[k]] * Math.Abs(steps[k]))))];
        NDArray<double> view = array.Slice(ranges);
        for (int k = 0; k < order; k++)
            if (steps[k] is not 0 and not 1) view = view.Every(k, steps[k]);
        view = view.BroadcastTo([.. axes.Select(a => shape[a])]);
        int[] back = new int[order];
        for (int k = 0; k < order; k++) back[axes[k]] = k;
        return order == 0 ? view : view.Permute(back);
    }

    private static IEnumerable<double> Entries(NDArray<double> A)
    {
        if (A.Order == 0) return [A.ToScalar()];
        return Enumerable.Range(0, A.Shape[0]).SelectMany(k => Entries(A.At(0, k)));
    }

    private static NDArray<double> Fold(NDArray<double> A, int axis, double start, Func<double, double, double> operation)
    {
        double[]? result = null;
        for (int k = 0; k < A.Shape[axis]; k++)
        {
            double[] slice = [.. Entries(A.At(axis, k))];
            result = [.. (result ?? [.. slice.Select(_ => start)]).Zip(slice, operation)];
        }
        NDArray<double> folded = NDArray<double>.Zeros([.. A.Shape.ToArray().Where((_, k) => k != axis)]);
        result?.CopyTo(folded.AsSpan());
        return folded;
    }

    private static void Same(NDArray<double> found, NDArray<double> wanted, string what)
    {
        Assert.True(found.Shape.SequenceEqual(wanted.Shape), $"{what}: {string.Join(" x ", found.Shape.ToArray())} instead of {string.Join(" x ", wanted.Shape.ToArray())}");
        Assert.Equal(wanted.ToArray(), found.ToArray());
    }
}
