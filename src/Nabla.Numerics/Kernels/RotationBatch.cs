using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla.Numerics;

/// <summary>Sweeps of plane rotations of neighbouring rows: those of short rows are done at once, others are collected and then applied together to a strip of columns at a time, which stays in the cache.</summary>
/// <remarks>
/// Van Zee, van de Geijn and Quintana-Ortí (2014), Restructuring the tridiagonal and bidiagonal QR algorithms for performance. Rotation k turns rows k and k + 1: (x, y) becomes (c x + s y, c y - s x).
/// </remarks>
internal sealed unsafe class RotationBatch<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Sweeps = 40;
    private readonly T* rows;
    private readonly int stride;
    private readonly int width;
    private readonly bool collects;
    private readonly List<(int First, int Count, bool Down, int Offset)> sweeps = [];
    private T[] cosines = [];
    private T[] sines = [];
    private int used;

    /// <summary>For rows of <paramref name="width"/> entries, <paramref name="stride"/> apart; no rows when null.</summary>
    internal RotationBatch(T* rows, int stride, int width)
    {
        this.rows = rows;
        this.stride = stride;
        this.width = width;
        collects = rows != null && width > 8 * Math.Max(Vector<T>.Count, 1);
    }

    /// <summary>Opens a sweep over the rows <paramref name="first"/> to <paramref name="last"/>: downwards from the first, or upwards from the last.</summary>
    internal void Begin(int first, int last, bool down)
    {
        if (!collects) return;
        if (sweeps.Count == Sweeps) Apply();
        int count = last - first;
        if (used + count > cosines.Length)
        {
            Array.Resize(ref cosines, Math.Max(2 * cosines.Length, used + 8 * count));
            Array.Resize(ref sines, cosines.Length);
        }
        sweeps.Add((first, count, down, used));
        for (int k = 0; k < count; k++) (cosines[used + k], sines[used + k]) = (T.One, T.Zero);
        used += count;
    }

    /// <summary>Sets the rotation of rows k and k + 1 in the open sweep.</summary>
    internal void Set(int k, T c, T s)
    {
        if (collects)
        {
            (int first, _, _, int offset) = sweeps[^1];
            (cosines[offset + k - first], sines[offset + k - first]) = (c, s);
        }
        else if (rows != null) Vectors.Rotate(rows + (long)k * stride, rows + (long)(k + 1) * stride, width, c, s);
    }

    /// <summary>Applies what was collected.</summary>
    internal void Apply()
    {
        if (sweeps.Count == 0) return;
        int strip = 8 * Math.Max(Vector<T>.Count, 1), strips = (width + strip - 1) / strip;
        fixed (T* cos = cosines, sin = sines)
        {
            T* c = cos, s = sin;
            void Strip(int item)
            {
                int from = item * strip, size = Math.Min(strip, width - from);
                foreach ((int first, int count, bool down, int offset) in sweeps)
                {
                    T* start = rows + (long)first * stride + from;
                    if (!Vector<T>.IsSupported || size < strip) ApplyPart(start, stride, size, count, c + offset, s + offset, down);
                    else ApplyWhole(start, stride, count, c + offset, s + offset, down);
                }
            }

            if ((long)used * width > 1_000_000) Parallelism.For(strips, Strip);
            else
                for (int item = 0; item < strips; item++) Strip(item);
        }
        sweeps.Clear();
        used = 0;
    }

    private static void ApplyPart(T* x, int stride, int size, int count, T* c, T* s, bool down)
    {
        for (int step = 0; step < count; step++)
        {
            int k = down ? step : count - 1 - step;
            Vectors.Rotate(x + (long)k * stride, x + (long)(k + 1) * stride, size, c[k], s[k]);
        }
    }

    /// <summary>One sweep over a strip of 8 vectors. Upwards is downwards with the rows in reverse order and the sines negated.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ApplyWhole(T* x, nint stride, int count, T* c, T* s, bool down)
    {
        int w = Vector<T>.Count, step = down ? 1 : -1;
        T sign = down ? T.One : -T.One;
        if (!down)
        {
            x += count * stride;
            c += count - 1;
            s += count - 1;
            stride = -stride;
        }
        Vector<T> y0 = Vector.Load(x), y1 = Vector.Load(x + w), y2 = Vector.Load(x + 2 * w), y3 = Vector.Load(x + 3 * w);
        Vector<T> y4 = Vector.Load(x + 4 * w), y5 = Vector.Load(x + 5 * w), y6 = Vector.Load(x + 6 * w), y7 = Vector.Load(x + 7 * w);
        for (int k = 0; k < count; k++, c += step, s += step)
        {
            T* next = x + stride;
            Vector<T> cos = new(*c), sin = new(sign * *s);
            Turn(x, next, cos, sin, ref y0);
            Turn(x + w, next + w, cos, sin, ref y1);
            Turn(x + 2 * w, next + 2 * w, cos, sin, ref y2);
            Turn(x + 3 * w, next + 3 * w, cos, sin, ref y3);
            Turn(x + 4 * w, next + 4 * w, cos, sin, ref y4);
            Turn(x + 5 * w, next + 5 * w, cos, sin, ref y5);
            Turn(x + 6 * w, next + 6 * w, cos, sin, ref y6);
            Turn(x + 7 * w, next + 7 * w, cos, sin, ref y7);
            x = next;
        }
        y0.Store(x);
        y1.Store(x + w);
        y2.Store(x + 2 * w);
        y3.Store(x + 3 * w);
        y4.Store(x + 4 * w);
        y5.Store(x + 5 * w);
        y6.Store(x + 6 * w);
        y7.Store(x + 7 * w);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Turn(T* x, T* next, Vector<T> cos, Vector<T> sin, ref Vector<T> carried)
    {
        Vector<T> b = Vector.Load(next);
        Vectors.MultiplyAdd(sin, b, cos * carried).Store(x);
        carried = Vectors.MultiplyAdd(cos, b, -sin * carried);
    }
}
