using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nabla.Numerics;

/// <summary>Checks that a matrix is symmetric up to rounding and takes its symmetric part.</summary>
internal static class Symmetry
{
    private const int Tile = 32;

    /// <summary>The entries of (A + A')/2, row by row.</summary>
    /// <exception cref="ArgumentException">A and A' differ by more than rounding explains.</exception>
    [SkipLocalsInit]
    internal static T[] SymmetricPart<T>(NDArray<T> A)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(A);
        A.MustBeSquare().MustBeFinite();
        int n = A.Rows;
        T[] a = A.ToArray();
        T half = Precision<T>.Number(0.5), precision = T.Cbrt(Precision<T>.Epsilon);
        T tolerance = precision * precision * Reductions.MaxOfAbsolutes<T>(a);
        Span<T> transposed = stackalloc T[Tile * Tile];
        for (int i0 = 0; i0 < n; i0 += Tile)
        {
            int rows = Math.Min(Tile, n - i0);
            for (int j0 = 0; j0 <= i0; j0 += Tile)
            {
                int columns = Math.Min(Tile, n - j0);
                Transposition.Copy(a.AsSpan(j0 * n + i0), n, columns, rows, transposed);
                for (int i = i0; i < i0 + rows; i++)
                {
                    Span<T> row = a.AsSpan(i * n + j0, columns), column = transposed.Slice((i - i0) * columns, columns);
                    if (MemoryMarshal.AsBytes(row).SequenceEqual(MemoryMarshal.AsBytes(column))) continue;
                    for (int j = j0; j < Math.Min(i, j0 + columns); j++)
                    {
                        T x = row[j - j0], y = column[j - j0];
                        if (x == y) continue;
                        if (!(T.Abs(x - y) <= tolerance))
                            throw new ArgumentException($"The {n} x {n} matrix must be symmetric, but entry [{i}, {j}] is {x} and entry [{j}, {i}] is {y}.");
                        a[i * n + j] = a[j * n + i] = half * x + half * y;
                    }
                }
            }
        }
        return a;
    }
}
