using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla.Numerics;

/// <summary>The product of a strided matrix and a vector: y = factor A x, or y += factor A x.</summary>
/// <remarks>Bound by the reading of the matrix: <see cref="RowGroups"/>. Threads share out y, or parts of the sum that do not depend on their number.</remarks>
/// <typeparam name="T">The type of the entries.</typeparam>
internal sealed unsafe class MatrixVector<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const long ParallelWork = 200_000;
    private const int ShareUnit = 4 * RowGroups.Size;
    private const int PartRows = 256;
    private const int MostParts = 16;
    private const int MostPartial = 8192;
    private const int CacheBytes = 1 << 22;

    [ThreadStatic]
    private static MatrixVector<T>? ofThread;

    private readonly Action<int> _item;
    private readonly Action<int> _part;
    private T[] _partial = [];
    private T* _a, _x, _y;
    private nint _row, _column, _xStep, _yStep;
    private int _m, _k, _share;
    private T _factor;
    private bool _adds;

    public MatrixVector() => (_item, _part) = (Item, Part);

    /// <summary>The one of this thread, for kernels that keep none.</summary>
    public static MatrixVector<T> OfThread => ofThread ??= new();

    /// <summary>y = factor A x or y += factor A x, for A of m x k.</summary>
    public void Multiply(int m, int k, T factor, T* A, nint row, nint column, T* x, nint xStep, T* y, nint yStep, bool adds)
    {
        (_row, _column, _xStep, _yStep, _m, _k, _factor, _adds) = (row, column, xStep, yStep, m, k, factor, adds);
        _a = A;
        _x = x;
        _y = y;
        if ((long)m * k < ParallelWork)
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
        _share = ((m + parts - 1) / parts + ShareUnit - 1) / ShareUnit * ShareUnit;
        Parallelism.For((m + _share - 1) / _share, _item);
    }

    /// <summary>The entries of the parts of the sum, where it is made in parts.</summary>
    /// <param name="m">The rows of A.</param>
    /// <param name="k">The columns of A.</param>
    /// <param name="isAlongColumns">Whether the columns of A lie along the memory.</param>
    public static long PartialEntries(int m, int k, bool isAlongColumns) =>
        isAlongColumns && (long)m * k >= ParallelWork && m is >= 8 and <= MostPartial && k >= 2 * PartRows ? (long)m * Math.Min(MostParts, k / PartRows) : 0;

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
            AddColumns(T.One, _x + first * _xStep, _a + first * _column, count, sums, _m);
        }
    }

    private void Item(int item)
    {
        int first = item * _share, count = Math.Min(_share, _m - first);
        T* a = _a + first * _row, y = _y + first * _yStep;
        if (_column == 1 && _xStep == 1) RowGroups.Multiply(a, _row, count, _x, _k, _factor, y, _yStep, _adds);
        else if (_row == 1 && _yStep == 1)
        {
            if (!_adds) new Span<T>(y, count).Clear();
            AddColumns(_factor, _x, a, _k, y, count);
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

    private void AddColumns(T factor, T* x, T* columns, int count, T* y, int n)
    {
        if ((long)_m * _k * sizeof(T) > CacheBytes) RowGroups.AddCombination(factor, x, _xStep, columns, _column, count, y, n);
        else Vectors.AddCombination(factor, x, _xStep, columns, _column, count, y, n);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(T* y, T sum, bool adds) => *y = adds ? *y + sum : sum;
}
