using System.Numerics;
using System.Runtime.CompilerServices;
using Nabla.Numerics;

namespace Nabla.Expressions.Compilation;

/// <summary>The product of a strided matrix and a vector: y = factor A x, or y += factor A x.</summary>
/// <remarks>Where rows lie along the memory, four rows at a time meet the vector; where columns do, four columns at a time are added to y. Threads share out y, or parts of the sum that do not depend on their number.</remarks>
/// <typeparam name="T">The type of the entries.</typeparam>
internal sealed unsafe class MatrixVector<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const long ParallelWork = 200_000;

    private const int PartRows = 256;
    private const int MostParts = 16;
    private const int MostPartial = 8192;

    private readonly Action<int> _item;
    private readonly Action<int> _part;
    private T[] _partial = [];
    private T* _a, _x, _y;
    private nint _row, _column, _xStep, _yStep;
    private int _m, _k, _share;
    private T _factor;
    private bool _adds;

    public MatrixVector() => (_item, _part) = (Item, Part);

    /// <summary>y = factor A x or y += factor A x, for A of m x k.</summary>
    public void Multiply(int m, int k, T factor, T* A, nint row, nint column, T* x, nint xStep, T* y, nint yStep, bool adds)
    {
        (_row, _column, _xStep, _yStep, _m, _k, _factor, _adds) = (row, column, xStep, yStep, m, k, factor, adds);
        _a = A;
        _x = x;
        _y = y;
        if ((long)m * k < ParallelWork || m < 64)
        {
            _share = m;
            Item(0);
            return;
        }
        if (PartialEntries(m, k, row == 1) > 0)
        {
            ByParts();
            return;
        }
        int parts = 4 * Parallelism.Threads;
        _share = Math.Max(16, ((m + parts - 1) / parts + 15) / 16 * 16);
        Parallelism.For((m + _share - 1) / _share, _item);
    }

    /// <summary>The entries of the parts of the sum, where it is made in parts.</summary>
    /// <param name="m">The rows of A.</param>
    /// <param name="k">The columns of A.</param>
    /// <param name="isAlongColumns">Whether the columns of A lie along the memory.</param>
    public static long PartialEntries(int m, int k, bool isAlongColumns) =>
        isAlongColumns && (long)m * k >= ParallelWork && m is >= 64 and <= MostPartial && k >= 2 * PartRows ? (long)m * Math.Min(MostParts, k / PartRows) : 0;

    // Columns of A lie across the memory: parts of the sum, as many whatever the threads, are made side by side and added in order.
    private void ByParts()
    {
        int parts = Math.Min(MostParts, _k / PartRows);
        _share = (_k + parts - 1) / parts;
        if (_partial.Length < parts * _m) _partial = GC.AllocateUninitializedArray<T>(parts * _m, pinned: true);
        Parallelism.For(parts, _part);
        for (int i = 0; i < _m; i++)
        {
            T sum = T.Zero;
            for (int p = 0; p < parts; p++) sum += _partial[p * _m + i];
            Store(_y + i * _yStep, _factor * sum, _adds);
        }
    }

    private void Part(int part)
    {
        int first = part * _share, count = Math.Min(_share, _k - first);
        fixed (T* sums = &_partial[part * _m])
        {
            new Span<T>(sums, _m).Clear();
            Vectors.AddCombination(T.One, _x + first * _xStep, _xStep, _a + first * _column, _column, count, sums, _m);
        }
    }

    private void Item(int item)
    {
        int first = item * _share, count = Math.Min(_share, _m - first);
        T* a = _a + first * _row, y = _y + first * _yStep;
        if (_column == 1 && _xStep == 1) MultiplyRows(a, _row, count, _x, _k, _factor, y, _yStep, _adds);
        else if (_row == 1 && _yStep == 1)
        {
            if (!_adds) new Span<T>(y, count).Clear();
            Vectors.AddCombination(_factor, _x, _xStep, a, _column, _k, y, count);
        }
        else
        {
            for (int i = 0; i < count; i++)
            {
                T sum = T.Zero;
                for (int p = 0; p < _k; p++) sum += a[i * _row + p * _column] * _x[p * _xStep];
                Store(y + i * _yStep, _factor * sum, _adds);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(T* y, T sum, bool adds) => *y = adds ? *y + sum : sum;

    /// <summary>y = factor A x or y += factor A x for some rows of A, each of which lies along the memory.</summary>
    public static void MultiplyRows(T* a, nint row, int count, T* x, int k, T factor, T* y, nint yStep, bool adds)
    {
        int i = 0;
        T* sums = stackalloc T[4];
        for (; i <= count - 4; i += 4)
        {
            FourDots(a + i * row, row, x, k, sums);
            for (int r = 0; r < 4; r++) Store(y + (i + r) * yStep, factor * sums[r], adds);
        }
        for (; i < count; i++) Store(y + i * yStep, factor * Vectors.Dot(a + i * row, x, k), adds);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourDots(T* a, nint row, T* x, int n, T* sums)
    {
        T* a1 = a + row, a2 = a1 + row, a3 = a2 + row;
        Vector<T> s0 = default, s1 = default, s2 = default, s3 = default, t0 = default, t1 = default, t2 = default, t3 = default;
        int k = 0, w = Vector<T>.Count;
        for (; k <= n - 2 * w; k += 2 * w)
        {
            Vector<T> u = Vector.Load(x + k), v = Vector.Load(x + k + w);
            s0 = Vectors.MultiplyAdd(Vector.Load(a + k), u, s0);
            s1 = Vectors.MultiplyAdd(Vector.Load(a1 + k), u, s1);
            s2 = Vectors.MultiplyAdd(Vector.Load(a2 + k), u, s2);
            s3 = Vectors.MultiplyAdd(Vector.Load(a3 + k), u, s3);
            t0 = Vectors.MultiplyAdd(Vector.Load(a + k + w), v, t0);
            t1 = Vectors.MultiplyAdd(Vector.Load(a1 + k + w), v, t1);
            t2 = Vectors.MultiplyAdd(Vector.Load(a2 + k + w), v, t2);
            t3 = Vectors.MultiplyAdd(Vector.Load(a3 + k + w), v, t3);
        }
        T r0 = Vector.Sum(s0 + t0), r1 = Vector.Sum(s1 + t1), r2 = Vector.Sum(s2 + t2), r3 = Vector.Sum(s3 + t3);
        for (; k < n; k++)
        {
            r0 += a[k] * x[k];
            r1 += a1[k] * x[k];
            r2 += a2[k] * x[k];
            r3 += a3[k] * x[k];
        }
        sums[0] = r0;
        sums[1] = r1;
        sums[2] = r2;
        sums[3] = r3;
    }
}
