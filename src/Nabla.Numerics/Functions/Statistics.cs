using System.Numerics;

namespace Nabla.Numerics;

/// <summary>Variances, covariances and distances of the rows of a matrix, each row an observation.</summary>
public static class Statistics
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
        return (centred * centred).Sum(axis) / T.CreateChecked(A.Shape[axis] - freedom);
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
        return NDArray.MatMul(centred.Transpose(), centred) / T.CreateChecked(A.Rows - freedom);
    }

    /// <summary>The Euclidean distances between the rows of A and those of B: entry (i, j) is |A[i] - B[j]|.</summary>
    /// <remarks>By differences, not by inner products: near rows lose no digits, and nothing overflows on the way.</remarks>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="A">An m x k matrix.</param>
    /// <param name="B">An n x k matrix.</param>
    /// <exception cref="ShapeException">The operands are not matrices with as many columns.</exception>
    public static NDArray<T> PairwiseDistances<T>(NDArray<T> A, NDArray<T> B)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(A);
        ArgumentNullException.ThrowIfNull(B);
        if (A.MustBeMatrix().Columns != B.MustBeMatrix().Columns)
            throw new ShapeException($"Rows between which distances are taken must have the same length, but the matrices are {Shape.Text(A.Shape)} and {Shape.Text(B.Shape)}.");
        int m = A.Rows, n = B.Rows, k = A.Columns;
        NDArray<T> result = NDArray<T>.Zeros(m, n);
        T[] a = A.ToArray(), b = B.ToArray();
        Parallelism.For(m, i =>
        {
            T[] difference = new T[k];
            for (int j = 0; j < n; j++)
            {
                for (int l = 0; l < k; l++) difference[l] = a[i * k + l] - b[j * k + l];
                result.Data[i * n + j] = Reductions.Norm2<T>(difference);
            }
        });
        return result;
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
        return largest * T.Pow(x.Map(v => T.Pow(T.Abs(v) / largest, order)).Sum(), T.One / order);
    }

    private static void MustExceed<T>(NDArray<T> A, int axis, int freedom)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (A.Shape[axis] <= freedom) throw new ShapeException($"The variance with {freedom} degrees of freedom taken away needs more than {freedom} entries along axis {axis}, but the shape is {Shape.Text(A.Shape)}.");
    }
}
