using System.Buffers;
using System.Numerics;

namespace Nabla.Numerics;

/// <summary>Estimates the one-norm of a linear map from a few products with it and its transpose.</summary>
/// <remarks>Hager (1984), Condition estimates; Higham (1988), FORTRAN codes for estimating the one-norm of a real or complex matrix.</remarks>
internal static class OneNormEstimate
{
    private const int Cap = 5;

    internal static T Of<T>(ILinearMap<T> map)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] pooled = ArrayPool<T>.Shared.Rent(map.Order);
        T estimate = Of(map, pooled.AsSpan(0, map.Order));
        ArrayPool<T>.Shared.Return(pooled);
        return estimate;
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

    private static T Norm1<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T sum = T.Zero;
        foreach (T entry in x) sum += T.Abs(entry);
        return sum;
    }
}
