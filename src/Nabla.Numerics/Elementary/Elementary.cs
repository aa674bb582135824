using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Numerics;

/// <summary>Elementary functions of arrays, entry by entry, with errors below 2 units in the last place in double precision.</summary>
/// <remarks>The kernels are those of <see cref="VectorMath"/>; other types are computed in double and rounded once. Large arrays are shared out among threads, with the same bits.</remarks>
public static unsafe class Elementary
{
    private const int Chunk = 16384;

    /// <summary>e^x.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="x">The arguments.</param>
    /// <param name="result">The array that takes the values, of the same shape; a new one when null. It may be x.</param>
    /// <exception cref="ShapeException">The result has another shape.</exception>
    /// <exception cref="ArgumentException">The result is a broadcast view.</exception>
    public static NDArray<T> Exp<T>(NDArray<T> x, NDArray<T>? result = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Apply<T, VectorFunctions.Exp>(x, result);

    /// <summary>e^x - 1.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="x">The arguments.</param>
    /// <param name="result">The array that takes the values, of the same shape; a new one when null. It may be x.</param>
    /// <exception cref="ShapeException">The result has another shape.</exception>
    /// <exception cref="ArgumentException">The result is a broadcast view.</exception>
    public static NDArray<T> Expm1<T>(NDArray<T> x, NDArray<T>? result = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Apply<T, VectorFunctions.Expm1>(x, result);

    /// <summary>The natural logarithm; negative infinity at 0, not a number below.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="x">The arguments.</param>
    /// <param name="result">The array that takes the values, of the same shape; a new one when null. It may be x.</param>
    /// <exception cref="ShapeException">The result has another shape.</exception>
    /// <exception cref="ArgumentException">The result is a broadcast view.</exception>
    public static NDArray<T> Log<T>(NDArray<T> x, NDArray<T>? result = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Apply<T, VectorFunctions.Log>(x, result);

    /// <summary>log(1 + x); negative infinity at -1, not a number below.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="x">The arguments.</param>
    /// <param name="result">The array that takes the values, of the same shape; a new one when null. It may be x.</param>
    /// <exception cref="ShapeException">The result has another shape.</exception>
    /// <exception cref="ArgumentException">The result is a broadcast view.</exception>
    public static NDArray<T> Log1p<T>(NDArray<T> x, NDArray<T>? result = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Apply<T, VectorFunctions.Log1p>(x, result);

    /// <summary>The hyperbolic tangent.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="x">The arguments.</param>
    /// <param name="result">The array that takes the values, of the same shape; a new one when null. It may be x.</param>
    /// <exception cref="ShapeException">The result has another shape.</exception>
    /// <exception cref="ArgumentException">The result is a broadcast view.</exception>
    public static NDArray<T> Tanh<T>(NDArray<T> x, NDArray<T>? result = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Apply<T, VectorFunctions.Tanh>(x, result);

    /// <summary>The logistic function 1 / (1 + e^-x).</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="x">The arguments.</param>
    /// <param name="result">The array that takes the values, of the same shape; a new one when null. It may be x.</param>
    /// <exception cref="ShapeException">The result has another shape.</exception>
    /// <exception cref="ArgumentException">The result is a broadcast view.</exception>
    public static NDArray<T> Sigmoid<T>(NDArray<T> x, NDArray<T>? result = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Apply<T, VectorFunctions.Sigmoid>(x, result);

    /// <summary>The sine of arguments in radians.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="x">The arguments.</param>
    /// <param name="result">The array that takes the values, of the same shape; a new one when null. It may be x.</param>
    /// <exception cref="ShapeException">The result has another shape.</exception>
    /// <exception cref="ArgumentException">The result is a broadcast view.</exception>
    public static NDArray<T> Sin<T>(NDArray<T> x, NDArray<T>? result = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Apply<T, VectorFunctions.Sin>(x, result);

    /// <summary>The cosine of arguments in radians.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="x">The arguments.</param>
    /// <param name="result">The array that takes the values, of the same shape; a new one when null. It may be x.</param>
    /// <exception cref="ShapeException">The result has another shape.</exception>
    /// <exception cref="ArgumentException">The result is a broadcast view.</exception>
    public static NDArray<T> Cos<T>(NDArray<T> x, NDArray<T>? result = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Apply<T, VectorFunctions.Cos>(x, result);

    /// <summary>The error function.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="x">The arguments.</param>
    /// <param name="result">The array that takes the values, of the same shape; a new one when null. It may be x.</param>
    /// <exception cref="ShapeException">The result has another shape.</exception>
    /// <exception cref="ArgumentException">The result is a broadcast view.</exception>
    public static NDArray<T> Erf<T>(NDArray<T> x, NDArray<T>? result = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Apply<T, VectorFunctions.Erf>(x, result);

    /// <summary>x^y for arrays of the same shape, or a scalar (order 0) and an array.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="x">The bases.</param>
    /// <param name="y">The exponents.</param>
    /// <exception cref="ShapeException">The shapes differ and neither is a scalar.</exception>
    public static NDArray<T> Pow<T>(NDArray<T> x, NDArray<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        int[] shape = ElementWise.CommonShape(x, y, "Pow");
        T[] bases = x.BroadcastTo(shape).ToArray(), exponents = y.BroadcastTo(shape).ToArray();
        int w = Lanes512.IsSupported ? 8 : Vector<double>.Count;
        double* a = stackalloc double[w], b = stackalloc double[w];
        for (int k = 0; k < bases.Length; k += w)
        {
            int count = Math.Min(w, bases.Length - k);
            for (int l = 0; l < w; l++) (a[l], b[l]) = l < count ? (double.CreateTruncating(bases[k + l]), double.CreateTruncating(exponents[k + l])) : (1, 1);
            if (Lanes512.IsSupported) LaneMath.Pow(new Lanes512(Vector512.Load(a)), new Lanes512(Vector512.Load(b))).Value.Store(a);
            else VectorMath.Pow(Vector.Load(a), Vector.Load(b)).Store(a);
            for (int l = 0; l < count; l++) bases[k + l] = T.CreateTruncating(a[l]);
        }
        return new NDArray<T>(bases, shape);
    }

    private static NDArray<T> Apply<T, TFunction>(NDArray<T> x, NDArray<T>? result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, IVectorFunction
    {
        ArgumentNullException.ThrowIfNull(x);
        if (result is not null && !result.MustBeWritable().Shape.SequenceEqual(x.Shape))
            throw new ShapeException($"The values of a function of {Shape.Text(x.Shape)} have its shape, but the result is {Shape.Text(result.Shape)}.");
        NDArray<T> source = x.AsContiguous(), target = result is { IsContiguous: true } ? result : NDArray<T>.Uninitialised(x.Shape.ToArray());
        fixed (T* from = source.AsSpan(), to = target.AsSpan())
        {
            int n = (int)target.Count;
            if (n <= 2 * Chunk || Parallelism.Threads == 1) Run<T, TFunction>(from, to, n);
            else Share<T, TFunction>(from, to, n);
        }
        if (result is null || ReferenceEquals(target, result)) return target;
        target.CopyTo(result);
        return result;
    }

    private static void Share<T, TFunction>(T* a, T* r, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, IVectorFunction =>
        Parallelism.For((n + Chunk - 1) / Chunk, item => Run<T, TFunction>(a + (long)item * Chunk, r + (long)item * Chunk, Math.Min(Chunk, n - item * Chunk)));

    /// <summary>A function of n contiguous entries.</summary>
    internal static void Run<T, TFunction>(T* x, T* r, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, IVectorFunction
    {
        bool wide = Lanes512.IsSupported && TFunction.IsWide;
        if (typeof(T) == typeof(double) && wide) WideDoubles<TFunction>((double*)x, (double*)r, n);
        else if (typeof(T) == typeof(double)) Doubles<TFunction>((double*)x, (double*)r, n);
        else if (typeof(T) == typeof(float) && wide) WideFloats<TFunction>((float*)x, (float*)r, n);
        else if (typeof(T) == typeof(float)) Floats<TFunction>((float*)x, (float*)r, n);
        else
        {
            for (int k = 0; k < n; k++) r[k] = T.CreateTruncating(TFunction.Invoke(new Vector<double>(double.CreateTruncating(x[k])))[0]);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Doubles<TFunction>(double* x, double* r, int n)
        where TFunction : struct, IVectorFunction
    {
        int w = Vector<double>.Count, k = 0;
        for (; k <= n - w; k += w) TFunction.Invoke(Vector.Load(x + k)).Store(r + k);
        if (k == n) return;
        double* last = stackalloc double[w];
        for (int l = 0; l < w; l++) last[l] = k + l < n ? x[k + l] : 0;
        TFunction.Invoke(Vector.Load(last)).Store(last);
        for (int l = 0; k + l < n; l++) r[k + l] = last[l];
    }

    private static void WideDoubles<TFunction>(double* x, double* r, int n)
        where TFunction : struct, IVectorFunction
    {
        int whole = n & ~7;
        WholeVectors<TFunction>(x, r, whole);
        if (whole == n) return;
        double* last = stackalloc double[16];
        last = Aligned(last);
        for (int l = 0; l < 8; l++) last[l] = whole + l < n ? x[whole + l] : 0;
        WholeVectors<TFunction>(last, last, 8);
        for (int l = 0; whole + l < n; l++) r[whole + l] = last[l];
    }

    [SkipLocalsInit]
    private static void WholeVectors<TFunction>(double* x, double* r, int n)
        where TFunction : struct, IVectorFunction
    {
        if (!TFunction.HasSteps)
        {
            WideVectors<TFunction>(x, r, n);
            return;
        }
        const int Block = 512;
        double* first = stackalloc double[Block + 8];
        first = Aligned(first);
        for (int k = 0; k < n; k += Block)
        {
            int count = Math.Min(Block, n - k);
            FirstStep<TFunction>(x + k, first, count);
            SecondStep<TFunction>(x + k, first, r + k, count);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void FirstStep<TFunction>(double* x, double* first, int n)
        where TFunction : struct, IVectorFunction
    {
        for (int k = 0; k < n; k += 8) TFunction.First(Vector512.Load(x + k)).Store(first + k);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void SecondStep<TFunction>(double* x, double* first, double* r, int n)
        where TFunction : struct, IVectorFunction
    {
        for (int k = 0; k < n; k += 8) TFunction.Second(Vector512.Load(x + k), Vector512.Load(first + k)).Store(r + k);
    }

    /// <summary>A function of n entries, a multiple of eight. The loop stands alone, since only then do its constants stay in registers.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void WideVectors<TFunction>(double* x, double* r, int n)
        where TFunction : struct, IVectorFunction
    {
        for (int k = 0; k < n; k += 8)
        {
            Vector512<double> v = Vector512.Load(x + k);
            if (TFunction.Holds(v)) TFunction.Invoke(v).Store(r + k);
            else One<TFunction>(x + k, r + k);
        }
    }

    /// <summary>The next address at the start of a line of the cache: what is stored across two lines cannot be read again before it has left the core.</summary>
    private static double* Aligned(double* p) => (double*)(((nint)p + 63) & ~(nint)63);

    /// <summary>A function of eight entries one by one.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void One<TFunction>(double* x, double* r)
        where TFunction : struct, IVectorFunction
    {
        for (int l = 0; l < 8; l++) r[l] = TFunction.Invoke(x[l]);
    }

    /// <summary>Blocks of entries are widened, so that the loop over doubles is the only one.</summary>
    [SkipLocalsInit]
    private static void WideFloats<TFunction>(float* x, float* r, int n)
        where TFunction : struct, IVectorFunction
    {
        const int Block = 256;
        double* wide = stackalloc double[Block + 8];
        wide = Aligned(wide);
        for (int k = 0; k < n; k += Block)
        {
            int count = Math.Min(Block, n - k);
            Widen(x + k, wide, count);
            WideDoubles<TFunction>(wide, wide, count);
            Narrow(wide, r + k, count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Widen(float* x, double* r, int n)
    {
        int k = 0;
        for (; k <= n - 8; k += 8) Avx512F.ConvertToVector512Double(Vector256.Load(x + k)).Store(r + k);
        for (; k < n; k++) r[k] = x[k];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Narrow(double* x, float* r, int n)
    {
        int k = 0;
        for (; k <= n - 8; k += 8) Avx512F.ConvertToVector256Single(Vector512.Load(x + k)).Store(r + k);
        for (; k < n; k++) r[k] = (float)x[k];
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Floats<TFunction>(float* x, float* r, int n)
        where TFunction : struct, IVectorFunction
    {
        int w = Vector<float>.Count, k = 0;
        for (; k <= n - w; k += w)
        {
            Vector.Widen(Vector.Load(x + k), out Vector<double> low, out Vector<double> high);
            Vector.Narrow(TFunction.Invoke(low), TFunction.Invoke(high)).Store(r + k);
        }
        for (; k < n; k++) r[k] = (float)TFunction.Invoke(new Vector<double>(x[k]))[0];
    }
}
