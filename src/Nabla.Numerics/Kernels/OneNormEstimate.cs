using System.Buffers;
using System.Numerics;

namespace Nabla.Numerics;

/// <summary>Estimates the one-norm of a linear map from a few products with it and its transpose.</summary>
/// <remarks>Hager (1984), Condition estimates; Higham (1988), FORTRAN codes for estimating the one-norm of a real or complex matrix.</remarks>
internal static class OneNormEstimate
{
    private const int Cap = 5;
    private const double GoldenRatio = 1.618033988749895;
    private const double SilverRatio = 2.414213562373095;

    internal static T Of<T>(ILinearMap<T> map)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] pooled = ArrayPool<T>.Shared.Rent(map.Order);
        T estimate = Of(map, pooled.AsSpan(0, map.Order));
        ArrayPool<T>.Shared.Return(pooled);
        return estimate;
    }

    /// <summary>Whether the norm is certainly below a limit, by one product: with numbers that have nothing in common with those of any matrix, it is smaller than the norm by more than the factor that is left for that only with a probability of the cube root of the precision.</summary>
    /// <remarks>Dixon (1983), Estimating extremal eigenvalues and condition numbers of matrices.</remarks>
    internal static bool IsFarBelow<T>(ILinearMap<T> map, T limit)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = map.Order;
        T[] pooled = ArrayPool<T>.Shared.Rent(n);
        Span<T> x = pooled.AsSpan(0, n);
        for (int i = 0; i < n; i++) x[i] = T.CreateTruncating((1 + Fraction((i + 1) * GoldenRatio)) * (Fraction((i + 1) * SilverRatio) < 0.5 ? -1 : 1));
        T given = Norm1<T>(x);
        map.Apply(x);
        T norm = Norm1<T>(x) / given;
        ArrayPool<T>.Shared.Return(pooled);
        return norm * T.CreateChecked(n) < limit * T.Cbrt(Precision<T>.Epsilon);
    }

    private static T Of<T>(ILinearMap<T> map, Span<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = x.Length;
        x.Fill(T.One / T.CreateChecked(n));
        int last = -1;
        T estimate = T.Zero;
        for (int step = 0; step < Cap; step++)
        {
            map.Apply(x);
            T norm = Norm1<T>(x);
            if (!T.IsFinite(norm)) return T.PositiveInfinity;
            if (step > 0 && norm <= estimate) break;
            estimate = norm;
            for (int i = 0; i < n; i++) x[i] = x[i] < T.Zero ? -T.One : T.One;
            map.ApplyTransposed(x);
            int largest = 0;
            for (int i = 1; i < n; i++)
                if (T.Abs(x[i]) > T.Abs(x[largest])) largest = i;
            if (largest == last) break;
            last = largest;
            x.Clear();
            x[largest] = T.One;
        }
        for (int i = 0; i < n; i++)
        {
            T size = T.One + T.CreateChecked(i) / T.CreateChecked(Math.Max(n - 1, 1));
            x[i] = (i & 1) == 0 ? size : -size;
        }
        map.Apply(x);
        T alternating = (Norm1<T>(x) + Norm1<T>(x)) / T.CreateChecked(3L * n);
        return T.IsFinite(alternating) ? T.Max(estimate, alternating) : T.PositiveInfinity;
    }

    private static double Fraction(double x) => x - Math.Floor(x);

    private static T Norm1<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T sum = T.Zero;
        foreach (T entry in x) sum += T.Abs(entry);
        return sum;
    }
}
