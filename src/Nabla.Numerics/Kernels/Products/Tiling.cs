using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla.Numerics;

/// <summary>The tile of a product that this processor computes at once, and the blocks that fit its caches.</summary>
/// <typeparam name="T">The type of the entries.</typeparam>
internal static unsafe class Tiling<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    internal static readonly bool IsVectorised = typeof(T) == typeof(double) || typeof(T) == typeof(float);

    internal static readonly int Rows = Vector512.IsHardwareAccelerated ? Tile512.Rows : Tile.Rows;

    internal static readonly int Columns = Vector512.IsHardwareAccelerated ? 2 * Vector512<T>.Count : 3 * Vector<T>.Count;

    /// <summary>Steps along the inner dimension: a panel of B stays in the first cache.</summary>
    internal static readonly int Depth = (Vector512.IsHardwareAccelerated ? 4096 : 2048) / sizeof(T);

    /// <summary>Rows of a packed block of A, which stays in the second cache.</summary>
    internal static readonly int BlockRows = 192;

    /// <summary>Columns of a packed block of B.</summary>
    internal static readonly int BlockColumns = 4080 / Columns * Columns;

    /// <summary>A tile of which only the first <paramref name="rows"/> rows and <paramref name="columns"/> columns are wanted.</summary>
    internal static void RunPart(int rows, int columns, int k, T* a, nint aStep, T* b, T* c)
    {
        if (!Vector512.IsHardwareAccelerated) Run(k, T.One, a, aStep, b, c, Columns, false);
        else if (columns <= Vector512<T>.Count) Tile512.RunNarrow(k, T.One, a, aStep, b, c, Columns, false);
        else if (rows > 8) Tile512.Run(k, T.One, a, aStep, b, c, Columns, false);
        else
            for (int i = 0; i < rows; i += 4) Tile512.RunFew(k, a + i, aStep, b, c + i * Columns);
    }

    /// <summary>A tile of which column j is wanted only from row j - <paramref name="below"/> on. Others may be written too.</summary>
    internal static void RunBelowDiagonal(int below, int k, T alpha, T* a, nint aStep, T* b, T* c, nint cRow, bool add)
    {
        if (!Vector512.IsHardwareAccelerated || below >= Columns / 2)
        {
            Run(k, alpha, a, aStep, b, c, cRow, add);
            return;
        }
        for (int j = 0; j < Columns; j += Vector512<T>.Count)
        {
            int first = Math.Max(0, j - below) / 4 * 4;
            if (first == 0) Tile512.RunNarrow(k, alpha, a, aStep, b + j, c + j, cRow, add);
            for (int i = first; i > 0 && i < Rows; i += 4) Tile512.RunFewNarrow(k, alpha, a + i, aStep, b + j, c + i * cRow + j, cRow, add);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Run(int k, T alpha, T* a, nint aStep, T* b, T* c, nint cRow, bool add)
    {
        if (Vector512.IsHardwareAccelerated) Tile512.Run(k, alpha, a, aStep, b, c, cRow, add);
        else Tile.Run(k, alpha, a, aStep, b, c, cRow, add);
    }
}
