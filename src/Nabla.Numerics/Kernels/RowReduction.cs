using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla.Numerics;

/// <summary>Makes one row of many that lie one behind the other: entry j is f(x₀ⱼ) ∘ f(x₁ⱼ) ∘ ..., pairwise over blocks of rows.</summary>
/// <remarks>The rows are read in the order in which they lie, and the row that is made stays in the first cache.</remarks>
internal static unsafe class RowReduction
{
    private const int Block = 64;
    private const int Strip = 1024;
    private const int ShortRow = 64;

    /// <summary>Reduces a matrix with at least one row and one column.</summary>
    internal static void Run<T, TFunction, TOperation>(T* x, int rows, int columns, T* result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, IUnaryOperation<T>
        where TOperation : struct, IBinaryOperation<T>
    {
        int together = ShortRow / columns;
        if (together > 1 && rows >= 4 * together)
        {
            // Several short rows are one long row, of which the pieces are reduced in the end, and what is left over.
            T* pieces = stackalloc T[ShortRow];
            Run<T, TFunction, TOperation>(x, rows / together, together * columns, pieces);
            Accumulate<T, Operations.Identity<T>, TOperation>(pieces, columns, together, columns, result);
            for (int i = rows / together * together; i < rows; i++) Combine<T, TFunction, TOperation>(x + (nint)i * columns, result, columns);
            return;
        }
        int width = Math.Min(columns, Strip), levels = BitOperations.Log2((uint)rows) + 1;
        T[] scratch = ArrayPool<T>.Shared.Rent(levels * width);
        fixed (T* s = scratch)
            for (int j = 0; j < columns; j += width) Reduce<T, TFunction, TOperation>(x + j, columns, rows, Math.Min(width, columns - j), result + j, s);
        ArrayPool<T>.Shared.Return(scratch);
    }

    private static void Reduce<T, TFunction, TOperation>(T* x, nint row, int rows, int width, T* result, T* scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, IUnaryOperation<T>
        where TOperation : struct, IBinaryOperation<T>
    {
        if (rows <= Block)
        {
            Accumulate<T, TFunction, TOperation>(x, row, rows, width, result);
            return;
        }
        int half = (rows / Block + 1) / 2 * Block;
        Reduce<T, TFunction, TOperation>(x, row, half, width, result, scratch);
        Reduce<T, TFunction, TOperation>(x + half * row, row, rows - half, width, scratch, scratch + width);
        Combine<T, Operations.Identity<T>, TOperation>(scratch, result, width);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Accumulate<T, TFunction, TOperation>(T* x, nint row, int rows, int width, T* result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, IUnaryOperation<T>
        where TOperation : struct, IBinaryOperation<T>
    {
        for (int j = 0; j < width; j++) result[j] = TFunction.Invoke(x[j]);
        int i = 1;
        for (; i <= rows - 4; i += 4)
        {
            T* a = x + i * row, b = a + row, c = b + row, d = c + row;
            int j = 0;
            if (Vector<T>.IsSupported)
            {
                for (; j <= width - Vector<T>.Count; j += Vector<T>.Count)
                {
                    Vector<T> first = TOperation.Invoke(TFunction.Invoke(Vector.Load(a + j)), TFunction.Invoke(Vector.Load(b + j)));
                    Vector<T> second = TOperation.Invoke(TFunction.Invoke(Vector.Load(c + j)), TFunction.Invoke(Vector.Load(d + j)));
                    TOperation.Invoke(Vector.Load(result + j), TOperation.Invoke(first, second)).Store(result + j);
                }
            }
            for (; j < width; j++)
            {
                T first = TOperation.Invoke(TFunction.Invoke(a[j]), TFunction.Invoke(b[j])), second = TOperation.Invoke(TFunction.Invoke(c[j]), TFunction.Invoke(d[j]));
                result[j] = TOperation.Invoke(result[j], TOperation.Invoke(first, second));
            }
        }
        for (; i < rows; i++) Combine<T, TFunction, TOperation>(x + i * row, result, width);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Combine<T, TFunction, TOperation>(T* x, T* result, int width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, IUnaryOperation<T>
        where TOperation : struct, IBinaryOperation<T>
    {
        int j = 0;
        if (Vector<T>.IsSupported)
            for (; j <= width - Vector<T>.Count; j += Vector<T>.Count) TOperation.Invoke(Vector.Load(result + j), TFunction.Invoke(Vector.Load(x + j))).Store(result + j);
        for (; j < width; j++) result[j] = TOperation.Invoke(result[j], TFunction.Invoke(x[j]));
    }
}
