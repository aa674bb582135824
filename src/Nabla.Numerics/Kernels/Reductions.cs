using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla.Numerics;

/// <summary>Sums, extremes and norms of contiguous entries.</summary>
internal static unsafe class Reductions
{
    private const int Block = 1024;

    /// <summary>The sum, pairwise over blocks (Higham 1993), so that its error grows with the logarithm of the count.</summary>
    internal static T Sum<T>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Sum<T, Operations.Identity<T>>(x);

    /// <summary>The sum of a function of the entries, pairwise over blocks.</summary>
    internal static T Sum<T, TFunction>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, IUnaryOperation<T>
    {
        fixed (T* p = x) return Sum<T, TFunction>(p, x.Length);
    }

    /// <summary>The extreme of some entries, at least one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static T Extreme<T, TOperation>(ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperation : struct, IBinaryOperation<T>
    {
        int k = 1, n = x.Length, w = Vector<T>.Count;
        T extreme = x[0];
        fixed (T* p = x)
        {
            if (Vector<T>.IsSupported && n >= 4 * w)
            {
                Vector<T> a = Vector.Load(p), b = Vector.Load(p + w), c = Vector.Load(p + 2 * w), d = Vector.Load(p + 3 * w);
                for (k = 4 * w; k <= n - 4 * w; k += 4 * w)
                {
                    a = TOperation.Invoke(a, Vector.Load(p + k));
                    b = TOperation.Invoke(b, Vector.Load(p + k + w));
                    c = TOperation.Invoke(c, Vector.Load(p + k + 2 * w));
                    d = TOperation.Invoke(d, Vector.Load(p + k + 3 * w));
                }
                a = TOperation.Invoke(TOperation.Invoke(a, b), TOperation.Invoke(c, d));
                for (int l = 0; l < w; l++) extreme = TOperation.Invoke(extreme, a[l]);
            }
            for (; k < n; k++) extreme = TOperation.Invoke(extreme, p[k]);
        }
        return extreme;
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

    private static T Sum<T, TFunction>(T* x, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, IUnaryOperation<T>
    {
        if (n <= Block) return BlockSum<T, TFunction>(x, n);
        int half = (n / Block + 1) / 2 * Block;
        return Sum<T, TFunction>(x, half) + Sum<T, TFunction>(x + half, n - half);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T BlockSum<T, TFunction>(T* x, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, IUnaryOperation<T>
    {
        int k = 0;
        T sum = T.Zero;
        if (Vector<T>.IsSupported && n >= 8 * Vector<T>.Count)
        {
            int w = Vector<T>.Count;
            Vector<T> s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
            for (; k <= n - 8 * w; k += 8 * w)
            {
                s0 += TFunction.Invoke(Vector.Load(x + k));
                s1 += TFunction.Invoke(Vector.Load(x + k + w));
                s2 += TFunction.Invoke(Vector.Load(x + k + 2 * w));
                s3 += TFunction.Invoke(Vector.Load(x + k + 3 * w));
                s4 += TFunction.Invoke(Vector.Load(x + k + 4 * w));
                s5 += TFunction.Invoke(Vector.Load(x + k + 5 * w));
                s6 += TFunction.Invoke(Vector.Load(x + k + 6 * w));
                s7 += TFunction.Invoke(Vector.Load(x + k + 7 * w));
            }
            sum = Vector.Sum((s0 + s4) + (s1 + s5) + ((s2 + s6) + (s3 + s7)));
        }
        for (; k < n; k++) sum += TFunction.Invoke(x[k]);
        return sum;
    }
}
