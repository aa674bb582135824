using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Numerics;

/// <summary>Copies a matrix into its transpose, a square tile at a time, so that both sides stay in the cache.</summary>
internal static unsafe class Transposition
{
    private const int Tile = 32;

    /// <summary>Entry (i, j) of the source, at i * row + j, goes to j * targetRow + i.</summary>
    internal static void Copy<T>(T* source, nint row, int rows, int columns, T* target, nint targetRow)
        where T : unmanaged
    {
        for (int i = 0; i < rows; i += Tile)
            for (int j = 0; j < columns; j += Tile)
                CopyTile(source + i * row + j, row, Math.Min(Tile, rows - i), Math.Min(Tile, columns - j), target + j * targetRow + i, targetRow);
    }

    internal static void Copy<T>(ReadOnlySpan<T> source, nint row, int rows, int columns, Span<T> target)
        where T : unmanaged
    {
        fixed (T* from = source, to = target) Copy(from, row, rows, columns, to, rows);
    }

    /// <summary>The transpose of a matrix whose rows lie one after the other.</summary>
    internal static T[] Of<T>(T[] source, int rows, int columns)
        where T : unmanaged
    {
        T[] target = LargePages.Uninitialised<T>(source.Length);
        fixed (T* from = source, to = target) Copy(from, columns, rows, columns, to, rows);
        return target;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyTile<T>(T* source, nint row, int rows, int columns, T* target, nint targetRow)
        where T : unmanaged
    {
        int i = 0;
        for (; i <= rows - 4; i += 4)
        {
            T* s0 = source + i * row, s1 = s0 + row, s2 = s1 + row, s3 = s2 + row, to = target + i;
            int j = 0;
            if (typeof(T) == typeof(double) && Avx.IsSupported)
                for (; j <= columns - 4; j += 4, to += 4 * targetRow) Turn((double*)s0 + j, (double*)s1 + j, (double*)s2 + j, (double*)s3 + j, (double*)to, targetRow);
            else if (typeof(T) == typeof(float) && Sse.IsSupported)
                for (; j <= columns - 4; j += 4, to += 4 * targetRow) Turn((float*)s0 + j, (float*)s1 + j, (float*)s2 + j, (float*)s3 + j, (float*)to, targetRow);
            for (; j < columns; j++, to += targetRow) (to[0], to[1], to[2], to[3]) = (s0[j], s1[j], s2[j], s3[j]);
        }
        for (; i < rows; i++)
            for (int j = 0; j < columns; j++) target[j * targetRow + i] = source[i * row + j];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Turn(double* s0, double* s1, double* s2, double* s3, double* to, nint row)
    {
        Vector256<double> a = Vector256.Load(s0), b = Vector256.Load(s1), c = Vector256.Load(s2), d = Vector256.Load(s3);
        Vector256<double> ab0 = Avx.UnpackLow(a, b), ab1 = Avx.UnpackHigh(a, b), cd0 = Avx.UnpackLow(c, d), cd1 = Avx.UnpackHigh(c, d);
        Avx.Permute2x128(ab0, cd0, 0x20).Store(to);
        Avx.Permute2x128(ab1, cd1, 0x20).Store(to + row);
        Avx.Permute2x128(ab0, cd0, 0x31).Store(to + 2 * row);
        Avx.Permute2x128(ab1, cd1, 0x31).Store(to + 3 * row);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Turn(float* s0, float* s1, float* s2, float* s3, float* to, nint row)
    {
        Vector128<float> a = Vector128.Load(s0), b = Vector128.Load(s1), c = Vector128.Load(s2), d = Vector128.Load(s3);
        Vector128<float> ab0 = Sse.UnpackLow(a, b), ab1 = Sse.UnpackHigh(a, b), cd0 = Sse.UnpackLow(c, d), cd1 = Sse.UnpackHigh(c, d);
        Sse.MoveLowToHigh(ab0, cd0).Store(to);
        Sse.MoveHighToLow(cd0, ab0).Store(to + row);
        Sse.MoveLowToHigh(ab1, cd1).Store(to + 2 * row);
        Sse.MoveHighToLow(cd1, ab1).Store(to + 3 * row);
    }
}
