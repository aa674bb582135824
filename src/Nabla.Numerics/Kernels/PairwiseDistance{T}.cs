using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla.Numerics;

/// <summary>The distances between the rows of A (m x k) and those of B (n x k), tile by tile as in a product of matrices: two rows of A by four vectors of rows of B.</summary>
/// <remarks>Sums run over the columns in their order. A Euclidean distance whose squares left the range of the type is computed again by itself.</remarks>
/// <param name="A">A matrix.</param>
/// <param name="B">A matrix with as many columns.</param>
/// <param name="metric">Which distance.</param>
/// <typeparam name="T">The type of the entries.</typeparam>
internal sealed unsafe class PairwiseDistance<T>(NDArray<T> A, NDArray<T> B, Metric metric)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Group = 16;
    private const long ParallelWork = 1_000_000;

    private static readonly int s_width = 4 * Vector<T>.Count;

    private readonly int _m = A.Rows;
    private readonly int _n = B.Rows;
    private readonly int _k = A.Columns;

    public NDArray<T> Compute()
    {
        NDArray<T> result = NDArray<T>.Uninitialised([_m, _n]);
        if (_m == 0 || _n == 0) return result;
        if (_k == 0)
        {
            result.AsSpan().Fill(metric == Metric.Cosine ? T.NaN : T.Zero);
            return result;
        }
        T[] a = Prepared(A), b = Prepared(B);
        T[] packed = GC.AllocateUninitializedArray<T>(Shape.Allocatable([(_n + s_width - 1) / s_width * s_width, _k]));
        fixed (T* pb = b, to = packed)
            for (int j = 0; j < _n; j += s_width) Panels.Pack(pb + (nint)j * _k, _k, 1, Math.Min(s_width, _n - j), _k, s_width, to + (nint)j * _k);
        void Rows(int item)
        {
            fixed (T* pa = a, pb = b, panels = packed, r = result.Data)
                for (int j = 0; j < _n; j += s_width)
                    for (int i = item * Group; i < Math.Min(_m, (item + 1) * Group); i += 2) Tile(i, j, pa, pb, panels + (nint)j * _k, r);
        }

        int items = (_m + Group - 1) / Group;
        if ((long)_m * _n * _k >= ParallelWork) Parallelism.For(items, Rows);
        else
            for (int item = 0; item < items; item++) Rows(item);
        return result;
    }

    /// <summary>The rows; for angles, those of length 1.</summary>
    private T[] Prepared(NDArray<T> rows)
    {
        T[] entries = rows.ToArray();
        for (int i = 0; i < rows.Rows && metric == Metric.Cosine; i++) Statistics.Normalise(entries.AsSpan(i * _k, _k));
        return entries;
    }

    private void Tile(int i, int j, T* a, T* b, T* panel, T* result)
    {
        T* sums = stackalloc T[2 * s_width], x = a + (nint)i * _k;
        int rows = Math.Min(2, _m - i), columns = Math.Min(s_width, _n - j);
        T* y = rows == 2 ? x + _k : x;
        switch (metric)
        {
            case Metric.Manhattan: Accumulate<Operations.AddAbsolute<T>>(_k, x, y, panel, sums); break;
            case Metric.Chebyshev: Accumulate<Operations.LargerAbsolute<T>>(_k, x, y, panel, sums); break;
            default: Accumulate<Operations.AddSquare<T>>(_k, x, y, panel, sums); break;
        }
        for (int r = 0; r < rows; r++, x += _k, sums += s_width, i++)
        {
            if (metric == Metric.Euclidean) Roots(sums, x, b + (nint)j * _k, columns);
            if (metric == Metric.Cosine)
                for (int l = 0; l < columns; l++) sums[l] *= Precision<T>.Number(0.5);
            new ReadOnlySpan<T>(sums, columns).CopyTo(new Span<T>(result + (nint)i * _n + j, columns));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Accumulate<TOperation>(int k, T* x, T* y, T* panel, T* sums)
        where TOperation : struct, IBinaryOperation<T>
    {
        int w = Vector<T>.Count;
        Vector<T> x0 = default, x1 = default, x2 = default, x3 = default, y0 = default, y1 = default, y2 = default, y3 = default;
        for (int p = 0; p < k; p++, panel += 4 * w)
        {
            Vector<T> a = new(x[p]), c = new(y[p]), b = Vector.Load(panel);
            x0 = TOperation.Invoke(x0, a - b);
            y0 = TOperation.Invoke(y0, c - b);
            b = Vector.Load(panel + w);
            x1 = TOperation.Invoke(x1, a - b);
            y1 = TOperation.Invoke(y1, c - b);
            b = Vector.Load(panel + 2 * w);
            x2 = TOperation.Invoke(x2, a - b);
            y2 = TOperation.Invoke(y2, c - b);
            b = Vector.Load(panel + 3 * w);
            x3 = TOperation.Invoke(x3, a - b);
            y3 = TOperation.Invoke(y3, c - b);
        }
        x0.Store(sums);
        x1.Store(sums + w);
        x2.Store(sums + 2 * w);
        x3.Store(sums + 3 * w);
        y0.Store(sums + 4 * w);
        y1.Store(sums + 5 * w);
        y2.Store(sums + 6 * w);
        y3.Store(sums + 7 * w);
    }

    /// <summary>The roots of sums of squares of x - y for the rows y of B.</summary>
    private void Roots(T* sums, T* x, T* y, int columns)
    {
        Vector<T> least = new(Precision<T>.SafeSquare), largest = new(T.One / Precision<T>.SafeSquare);
        for (int l = 0; l < columns; l += Vector<T>.Count)
        {
            Vector<T> squares = Vector.Load(sums + l);
            Vector.SquareRoot(squares).Store(sums + l);
            if (Vector.GreaterThanAll(squares, least) && Vector.LessThanAll(squares, largest)) continue;
            for (int j = l; j < Math.Min(columns, l + Vector<T>.Count); j++)
                if (!(squares[j - l] > least[0] && squares[j - l] < largest[0])) sums[j] = Statistics.Between(new ReadOnlySpan<T>(x, _k), new ReadOnlySpan<T>(y + (nint)j * _k, _k), Metric.Euclidean);
        }
    }
}
