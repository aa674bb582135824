using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla.Numerics;

/// <summary>Sums, extremes and norms of contiguous entries.</summary>
internal static unsafe class Reductions
{
    private const int Block = 1024;

    /// <summary>The sum, pairwise over blocks (Higham 1993), so that its error grows with the logarithm of the count.</summary>
    internal static T Sum<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        fixed (T* p = x) return Sum(p, x.Length);
    }

    internal static T SumOfAbsolutes<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T sum = T.Zero, compensation = T.Zero;
        foreach (T entry in x)
        {
            T y = T.Abs(entry) - compensation, next = sum + y;
            compensation = T.IsFinite(next) ? next - sum - y : T.Zero;
            sum = next;
        }
        return sum;
    }

    internal static T Max<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T max = x[0];
        foreach (T entry in x) max = T.Max(max, entry);
        return max;
    }

    internal static T Min<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T min = x[0];
        foreach (T entry in x) min = T.Min(min, entry);
        return min;
    }

    internal static T MaxOfAbsolutes<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        fixed (T* p = x) return Vectors.MaxOfAbsolutes(p, x.Length);
    }

    /// <summary>Whether no entry is infinite or not a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static bool AreFinite<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int k = 0;
        T sum = T.Zero;
        fixed (T* p = x)
        {
            // x - x is 0 for finite numbers and not a number for all others.
            if (Vector<T>.IsSupported && x.Length >= Vector<T>.Count)
            {
                Vector<T> total = default;
                for (; k <= x.Length - Vector<T>.Count; k += Vector<T>.Count)
                {
                    Vector<T> v = Vector.Load(p + k);
                    total += v - v;
                }
                sum = Vector.Sum(total);
            }
            for (; k < x.Length; k++) sum += p[k] - p[k];
        }
        return sum == T.Zero;
    }

    /// <summary>The Euclidean norm: the plain sum of squares where it is safe, else scaled by a power of two.</summary>
    internal static T Norm2<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        fixed (T* p = x) return Vectors.Norm2(p, x.Length);
    }

    private static T Sum<T>(T* x, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (n <= Block) return BlockSum(x, n);
        int half = (n / Block + 1) / 2 * Block;
        return Sum(x, half) + Sum(x + half, n - half);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T BlockSum<T>(T* x, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int k = 0;
        T sum = T.Zero;
        if (Vector<T>.IsSupported && n >= 8 * Vector<T>.Count)
        {
            int w = Vector<T>.Count;
            Vector<T> s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
            for (; k <= n - 8 * w; k += 8 * w)
            {
                s0 += Vector.Load(x + k);
                s1 += Vector.Load(x + k + w);
                s2 += Vector.Load(x + k + 2 * w);
                s3 += Vector.Load(x + k + 3 * w);
                s4 += Vector.Load(x + k + 4 * w);
                s5 += Vector.Load(x + k + 5 * w);
                s6 += Vector.Load(x + k + 6 * w);
                s7 += Vector.Load(x + k + 7 * w);
            }
            sum = Vector.Sum((s0 + s4) + (s1 + s5) + ((s2 + s6) + (s3 + s7)));
        }
        for (; k < n; k++) sum += x[k];
        return sum;
    }
}
