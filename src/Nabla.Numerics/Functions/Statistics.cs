using System.Numerics;

namespace Nabla.Numerics;

/// <summary>Variances, covariances and distances of the rows of a matrix, each row an observation.</summary>
public static unsafe class Statistics
{
    /// <summary>The variances along one axis, which the result lacks: the mean squared distance from the mean.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="A">An array.</param>
    /// <param name="axis">The axis.</param>
    /// <param name="freedom">What is subtracted from the count in the divisor: 1 for an unbiased estimate from a sample, 0 for a whole population.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    /// <exception cref="ShapeException">The axis has no more entries than <paramref name="freedom"/>.</exception>
    public static NDArray<T> Variance<T>(NDArray<T> A, int axis, int freedom = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(A);
        NDArray<T> mean = A.Mean(axis);
        MustExceed(A, axis, freedom);
        int[] kept = A.Shape.ToArray();
        kept[axis] = 1;
        NDArray<T> centred = A - mean.Reshape(kept).BroadcastTo(A.Shape);
        return centred.Sum<Operations.Square<T>>(axis) / T.CreateChecked(A.Shape[axis] - freedom);
    }

    /// <summary>The covariance matrix of the columns, n x n for m observations of n quantities: X'X / (m - freedom) for the centred X.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="A">An m x n matrix.</param>
    /// <param name="freedom">What is subtracted from m in the divisor.</param>
    /// <exception cref="ShapeException">A is not a matrix, or m is not above <paramref name="freedom"/>.</exception>
    public static NDArray<T> Covariance<T>(NDArray<T> A, int freedom = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(A);
        A.MustBeMatrix();
        MustExceed(A, 0, freedom);
        NDArray<T> centred = A - A.Mean(0).BroadcastTo(A.Shape);
        int n = A.Columns;
        NDArray<T> result = NDArray<T>.Uninitialised([n, n]);
        fixed (T* x = centred.Data, c = result.Data) new SymmetricProduct<T>().Run(n, A.Rows, T.One, x, n, 1, null, c, n, adds: false);
        return result / T.CreateChecked(A.Rows - freedom);
    }

    /// <summary>The distances between the rows of A and those of B: entry (i, j) is that of A[i] and B[j].</summary>
    /// <remarks>By differences, not by inner products: near rows lose no digits, and nothing overflows on the way to a result that does not.</remarks>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="A">An m x k matrix.</param>
    /// <param name="B">An n x k matrix.</param>
    /// <param name="metric">Which distance.</param>
    /// <exception cref="ShapeException">The operands are not matrices with as many columns.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such distance.</exception>
    public static NDArray<T> PairwiseDistances<T>(NDArray<T> A, NDArray<T> B, Metric metric = Metric.Euclidean)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(A);
        ArgumentNullException.ThrowIfNull(B);
        MustExist(metric);
        if (A.MustBeMatrix().Columns != B.MustBeMatrix().Columns)
            throw new ShapeException($"Rows between which distances are taken must have the same length, but the matrices are {Shape.Text(A.Shape)} and {Shape.Text(B.Shape)}.");
        return new PairwiseDistance<T>(A, B, metric).Compute();
    }

    /// <summary>The distance of two vectors.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="x">A vector.</param>
    /// <param name="y">A vector of the same length.</param>
    /// <param name="metric">Which distance.</param>
    /// <exception cref="ShapeException">The operands are not vectors of the same length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such distance.</exception>
    public static T Distance<T>(NDArray<T> x, NDArray<T> y, Metric metric = Metric.Euclidean)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        MustExist(metric);
        if (x.Order != 1 || y.Order != 1 || x.Shape[0] != y.Shape[0])
            throw new ShapeException($"A distance takes two vectors of the same length, but the operands are {Shape.Text(x.Shape)} and {Shape.Text(y.Shape)}.");
        return Between<T>(x.AsContiguous().AsSpan(), y.AsContiguous().AsSpan(), metric);
    }

    /// <summary>The p-norm of all entries: (sum of |x|^p)^(1/p), without overflow or underflow on the way.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="x">An array.</param>
    /// <param name="p">A number from 1; positive infinity for the largest absolute value.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="p"/> is below 1 or not a number.</exception>
    public static T Norm<T>(NDArray<T> x, double p)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(x);
        if (!(p >= 1)) throw new ArgumentOutOfRangeException(nameof(p), $"The order of a norm must be at least 1, but it is {p}.");
        T largest = x.NormInf();
        if (double.IsPositiveInfinity(p) || largest == T.Zero || !T.IsFinite(largest)) return largest;
        if (p == 1) return x.Norm1();
        if (p == 2) return x.Norm2();
        T order = Precision<T>.Number(p);
        return largest * T.Pow(Elementary.Pow(x.Map(v => T.Abs(v) / largest), order).Sum(), T.One / order);
    }

    /// <summary>The distance of two vectors of the same length.</summary>
    internal static T Between<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Metric metric)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] difference = x.ToArray();
        if (metric == Metric.Cosine)
        {
            T[] other = y.ToArray();
            Normalise<T>(difference);
            Normalise<T>(other);
            y = other;
        }
        for (int k = 0; k < difference.Length; k++) difference[k] -= y[k];
        return metric switch
        {
            Metric.Manhattan => Reductions.Sum<T, Operations.Absolute<T>>(difference),
            Metric.Chebyshev => Reductions.MaxOfAbsolutes<T>(difference),
            Metric.SquaredEuclidean => Reductions.Sum<T, Operations.Square<T>>(difference),
            // 1 - x'y / (|x| |y|) as half the squared distance of the unit vectors loses no digits for near directions.
            Metric.Cosine => difference.Length == 0 ? T.NaN : Reductions.Sum<T, Operations.Square<T>>(difference) / (T.One + T.One),
            _ => Reductions.Norm2<T>(difference),
        };
    }

    /// <summary>Divides a vector by its length; not numbers where that is zero.</summary>
    internal static void Normalise<T>(Span<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T norm = Reductions.Norm2<T>(x);
        if (IsOutside<T>(norm, x))
        {
            int exponent = -T.ILogB(Reductions.MaxOfAbsolutes<T>(x));
            foreach (ref T entry in x) entry = T.ScaleB(entry, exponent);
            norm = Reductions.Norm2<T>(x);
        }
        foreach (ref T entry in x) entry /= norm;
    }

    /// <summary>Whether the norm of a finite vector overflowed, or lost digits by underflow: the direction is that of a multiple.</summary>
    private static bool IsOutside<T>(T norm, ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        norm > T.Zero && (norm < Precision<T>.SafeMinimum / Precision<T>.Epsilon || (T.IsInfinity(norm) && T.IsFinite(Reductions.MaxOfAbsolutes(x))));

    private static void MustExist(Metric metric)
    {
        if (!Enum.IsDefined(metric)) throw new ArgumentOutOfRangeException(nameof(metric), metric, "There is no such distance.");
    }

    private static void MustExceed<T>(NDArray<T> A, int axis, int freedom)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (A.Shape[axis] <= freedom) throw new ShapeException($"The variance with {freedom} degrees of freedom taken away needs more than {freedom} entries along axis {axis}, but the shape is {Shape.Text(A.Shape)}.");
    }
}
