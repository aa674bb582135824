using System.Numerics;

namespace Nabla.Numerics;

/// <summary>The largest singular values and their vectors of a large matrix, approximately, from products with a few random vectors.</summary>
/// <remarks>
/// Halko, Martinsson and Tropp (2011), Finding structure with randomness: a random sample of the range, sharpened by power iterations with orthogonalisation, then an exact decomposition of the small rest.
/// The same seed gives the same result. The values are never above the true ones by more than rounding.
/// </remarks>
/// <typeparam name="T">The type of the entries.</typeparam>
public sealed class RandomizedSVD<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Factors a matrix.</summary>
    /// <param name="A">An m x n matrix.</param>
    /// <param name="rank">How many singular values are wanted, at most min(m, n).</param>
    /// <param name="oversampling">How many more directions to sample.</param>
    /// <param name="powerIterations">How often to multiply by A A' before; more where the values fall slowly.</param>
    /// <param name="seed">The seed of the random directions.</param>
    /// <exception cref="ShapeException">A is not a matrix.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The rank is negative or above min(m, n), or another number is negative.</exception>
    /// <exception cref="NotFiniteNumberException">An entry is infinite or not a number.</exception>
    public RandomizedSVD(NDArray<T> A, int rank, int oversampling = 10, int powerIterations = 2, int seed = 0)
    {
        ArgumentNullException.ThrowIfNull(A);
        A.MustBeMatrix().MustBeFinite();
        int least = Math.Min(A.Rows, A.Columns);
        if (rank < 0 || rank > least) throw new ArgumentOutOfRangeException(nameof(rank), $"The rank must lie between 0 and {least} for a matrix of {A.Rows} x {A.Columns}, but it is {rank}.");
        ArgumentOutOfRangeException.ThrowIfNegative(oversampling);
        ArgumentOutOfRangeException.ThrowIfNegative(powerIterations);
        int sample = (int)Math.Min(least, (long)rank + oversampling);
        var random = new Random(seed);
        NDArray<T> directions = NDArray<T>.Zeros(A.Columns, sample).Map(_ => Precision<T>.Number(Normal(random)));
        T size = A.NormInf();
        NDArray<T> scaled = size == T.Zero ? A : A / size;
        NDArray<T> Q = new QR<T>(NDArray.MatMul(scaled, directions)).Q;
        for (int k = 0; k < powerIterations; k++)
        {
            NDArray<T> Z = new QR<T>(NDArray.MatMul(scaled.Transpose(), Q)).Q;
            Q = new QR<T>(NDArray.MatMul(scaled, Z)).Q;
        }
        var small = new SVD<T>(NDArray.MatMul(Q.Transpose(), scaled));
        U = NDArray.MatMul(Q, small.U.Slice(.., ..rank));
        S = small.S.Slice(..rank) * (size == T.Zero ? T.One : size);
        V = small.V.Slice(.., ..rank).Copy();
    }

    /// <summary>The left singular vectors, m x rank.</summary>
    public NDArray<T> U { get; }

    /// <summary>The singular values, falling.</summary>
    public NDArray<T> S { get; }

    /// <summary>The right singular vectors, n x rank.</summary>
    public NDArray<T> V { get; }

    /// <summary>A normal deviate by the method of Box and Muller (1958).</summary>
    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
