using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla.Numerics;

/// <summary>Kernels over contiguous vectors: the level-1 operations of the factorisations.</summary>
internal static unsafe class Vectors
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector<T> MultiplyAdd<T>(Vector<T> a, Vector<T> b, Vector<T> c)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(double)) return Vector.MultiplyAddEstimate(a.As<T, double>(), b.As<T, double>(), c.As<T, double>()).As<double, T>();
        if (typeof(T) == typeof(float)) return Vector.MultiplyAddEstimate(a.As<T, float>(), b.As<T, float>(), c.As<T, float>()).As<float, T>();
        return a * b + c;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<T> MultiplyAdd<T>(Vector512<T> a, Vector512<T> b, Vector512<T> c)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => typeof(T) == typeof(double)
            ? Vector512.FusedMultiplyAdd(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>()
            : Vector512.FusedMultiplyAdd(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>();

    /// <summary>x'y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static T Dot<T>(T* x, T* y, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int k = 0;
        T sum = T.Zero;
        if (Vector<T>.IsSupported && n >= Vector<T>.Count)
        {
            int w = Vector<T>.Count;
            Vector<T> s0 = default, s1 = default, s2 = default, s3 = default;
            for (; k <= n - 4 * w; k += 4 * w)
            {
                s0 = MultiplyAdd(Vector.Load(x + k), Vector.Load(y + k), s0);
                s1 = MultiplyAdd(Vector.Load(x + k + w), Vector.Load(y + k + w), s1);
                s2 = MultiplyAdd(Vector.Load(x + k + 2 * w), Vector.Load(y + k + 2 * w), s2);
                s3 = MultiplyAdd(Vector.Load(x + k + 3 * w), Vector.Load(y + k + 3 * w), s3);
            }
            for (; k <= n - w; k += w) s0 = MultiplyAdd(Vector.Load(x + k), Vector.Load(y + k), s0);
            sum = Vector.Sum((s0 + s1) + (s2 + s3));
        }
        for (; k < n; k++) sum += x[k] * y[k];
        return sum;
    }

    /// <summary>y += alpha x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Axpy<T>(T alpha, T* x, T* y, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int k = 0;
        if (Vector<T>.IsSupported)
        {
            int w = Vector<T>.Count;
            var a = new Vector<T>(alpha);
            for (; k <= n - 2 * w; k += 2 * w)
            {
                Vector<T> y0 = MultiplyAdd(a, Vector.Load(x + k), Vector.Load(y + k));
                Vector<T> y1 = MultiplyAdd(a, Vector.Load(x + k + w), Vector.Load(y + k + w));
                y0.Store(y + k);
                y1.Store(y + k + w);
            }
            for (; k <= n - w; k += w) MultiplyAdd(a, Vector.Load(x + k), Vector.Load(y + k)).Store(y + k);
        }
        for (; k < n; k++) y[k] += alpha * x[k];
    }

    /// <summary>y += the sum over k of factor * a[k * aStep] times the vector at X + k * xStep, four at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void AddCombination<T>(T factor, T* a, nint aStep, T* X, nint xStep, int count, T* y, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int k = 0, w = Vector<T>.Count;
        for (; k <= count - 4; k += 4)
        {
            T a0 = factor * a[k * aStep], a1 = factor * a[(k + 1) * aStep], a2 = factor * a[(k + 2) * aStep], a3 = factor * a[(k + 3) * aStep];
            T* x0 = X + k * xStep, x1 = x0 + xStep, x2 = x1 + xStep, x3 = x2 + xStep;
            int j = 0;
            if (Vector<T>.IsSupported)
            {
                Vector<T> v0 = new(a0), v1 = new(a1), v2 = new(a2), v3 = new(a3);
                for (; j <= n - w; j += w)
                {
                    Vector<T> sum = MultiplyAdd(v0, Vector.Load(x0 + j), Vector.Load(y + j));
                    sum = MultiplyAdd(v1, Vector.Load(x1 + j), sum);
                    sum = MultiplyAdd(v2, Vector.Load(x2 + j), sum);
                    MultiplyAdd(v3, Vector.Load(x3 + j), sum).Store(y + j);
                }
            }
            for (; j < n; j++) y[j] += a0 * x0[j] + a1 * x1[j] + a2 * x2[j] + a3 * x3[j];
        }
        for (; k < count; k++) Axpy(factor * a[k * aStep], X + k * xStep, y, n);
    }

    /// <summary>Whether all entries are finite: 0 x is zero then, else not a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static bool AreFinite<T>(T* x, long n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        long k = 0;
        T sum = T.Zero;
        if (Vector<T>.IsSupported && n >= Vector<T>.Count)
        {
            int w = Vector<T>.Count;
            Vector<T> zero = default, s0 = default, s1 = default, s2 = default, s3 = default;
            for (; k <= n - 4 * w; k += 4 * w)
            {
                s0 = MultiplyAdd(Vector.Load(x + k), zero, s0);
                s1 = MultiplyAdd(Vector.Load(x + k + w), zero, s1);
                s2 = MultiplyAdd(Vector.Load(x + k + 2 * w), zero, s2);
                s3 = MultiplyAdd(Vector.Load(x + k + 3 * w), zero, s3);
            }
            for (; k <= n - w; k += w) s0 = MultiplyAdd(Vector.Load(x + k), zero, s0);
            sum = Vector.Sum((s0 + s1) + (s2 + s3));
        }
        for (; k < n; k++) sum += x[k] * T.Zero;
        return sum == T.Zero;
    }

    /// <summary>x *= alpha.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Scale<T>(T alpha, T* x, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int k = 0;
        if (Vector<T>.IsSupported)
        {
            var a = new Vector<T>(alpha);
            for (; k <= n - Vector<T>.Count; k += Vector<T>.Count) (a * Vector.Load(x + k)).Store(x + k);
        }
        for (; k < n; k++) x[k] *= alpha;
    }

    /// <summary>x /= divisor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Divide<T>(T divisor, T* x, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int k = 0;
        if (Vector<T>.IsSupported)
        {
            var d = new Vector<T>(divisor);
            for (; k <= n - Vector<T>.Count; k += Vector<T>.Count) (Vector.Load(x + k) / d).Store(x + k);
        }
        for (; k < n; k++) x[k] /= divisor;
    }

    /// <summary>z = x / y, entry by entry.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Quotients<T>(T* x, T* y, T* z, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int k = 0;
        if (Vector<T>.IsSupported)
            for (; k <= n - Vector<T>.Count; k += Vector<T>.Count) (Vector.Load(x + k) / Vector.Load(y + k)).Store(z + k);
        for (; k < n; k++) z[k] = x[k] / y[k];
    }

    /// <summary>(x, y) becomes (c x + s y, c y - s x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Rotate<T>(T* x, T* y, int n, T c, T s)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int k = 0;
        if (Vector<T>.IsSupported)
        {
            Vector<T> vc = new(c), vs = new(s), minus = new(-s);
            for (; k <= n - Vector<T>.Count; k += Vector<T>.Count)
            {
                Vector<T> vx = Vector.Load(x + k), vy = Vector.Load(y + k);
                MultiplyAdd(vs, vy, vc * vx).Store(x + k);
                MultiplyAdd(minus, vx, vc * vy).Store(y + k);
            }
        }
        for (; k < n; k++)
        {
            T a = x[k], b = y[k];
            x[k] = c * a + s * b;
            y[k] = c * b - s * a;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Swap<T>(T* x, T* y, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int k = 0;
        if (Vector<T>.IsSupported)
        {
            for (; k <= n - Vector<T>.Count; k += Vector<T>.Count)
            {
                Vector<T> a = Vector.Load(x + k);
                Vector.Load(y + k).Store(x + k);
                a.Store(y + k);
            }
        }
        for (; k < n; k++) (x[k], y[k]) = (y[k], x[k]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static T MaxOfAbsolutes<T>(T* x, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int k = 0;
        T max = T.Zero;
        if (Vector<T>.IsSupported && n >= Vector<T>.Count)
        {
            int w = Vector<T>.Count;
            Vector<T> largest = default, other = default;
            for (; k <= n - 2 * w; k += 2 * w)
            {
                largest = Vector.Max(largest, Vector.Abs(Vector.Load(x + k)));
                other = Vector.Max(other, Vector.Abs(Vector.Load(x + k + w)));
            }
            for (; k <= n - w; k += w) largest = Vector.Max(largest, Vector.Abs(Vector.Load(x + k)));
            largest = Vector.Max(largest, other);
            for (int l = 0; l < Vector<T>.Count; l++) max = T.Max(max, largest[l]);
        }
        for (; k < n; k++) max = T.Max(max, T.Abs(x[k]));
        return max;
    }

    /// <summary>The place of the first entry of largest absolute value.</summary>
    internal static int IndexOfLargest<T>(T* x, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T max = MaxOfAbsolutes(x, n);
        int k = 0;
        if (Vector<T>.IsSupported)
        {
            var largest = new Vector<T>(max);
            while (k <= n - Vector<T>.Count && !Vector.EqualsAny(Vector.Abs(Vector.Load(x + k)), largest)) k += Vector<T>.Count;
        }
        while (k < n - 1 && T.Abs(x[k]) != max) k++;
        return k;
    }

    /// <summary>y becomes the larger of |x| and y, entry by entry.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void LargerAbsolutes<T>(T* x, T* y, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int k = 0;
        if (Vector<T>.IsSupported)
            for (; k <= n - Vector<T>.Count; k += Vector<T>.Count) Vector.Max(Vector.Abs(Vector.Load(x + k)), Vector.Load(y + k)).Store(y + k);
        for (; k < n; k++) y[k] = T.Max(T.Abs(x[k]), y[k]);
    }

    /// <summary>|x|'y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static T DotOfAbsolutes<T>(T* x, T* y, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int k = 0;
        T sum = T.Zero;
        if (Vector<T>.IsSupported && n >= Vector<T>.Count)
        {
            int w = Vector<T>.Count;
            Vector<T> s0 = default, s1 = default;
            for (; k <= n - 2 * w; k += 2 * w)
            {
                s0 = MultiplyAdd(Vector.Abs(Vector.Load(x + k)), Vector.Load(y + k), s0);
                s1 = MultiplyAdd(Vector.Abs(Vector.Load(x + k + w)), Vector.Load(y + k + w), s1);
            }
            for (; k <= n - w; k += w) s0 = MultiplyAdd(Vector.Abs(Vector.Load(x + k)), Vector.Load(y + k), s0);
            sum = Vector.Sum(s0 + s1);
        }
        for (; k < n; k++) sum += T.Abs(x[k]) * y[k];
        return sum;
    }

    /// <summary>The Euclidean norm, without overflow or underflow on the way.</summary>
    internal static T Norm2<T>(T* x, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T squares = Dot(x, x, n);
        if (squares > Precision<T>.SafeSquare && squares < T.One / Precision<T>.SafeSquare) return T.Sqrt(squares);
        T max = MaxOfAbsolutes(x, n);
        if (max == T.Zero || !T.IsFinite(max)) return max;
        int exponent = -T.ILogB(max);
        T sum = T.Zero;
        for (int k = 0; k < n; k++)
        {
            T scaled = T.ScaleB(x[k], exponent);
            sum += scaled * scaled;
        }
        return T.ScaleB(T.Sqrt(sum), -exponent);
    }
}
