using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla.Numerics;

/// <summary>Solves a small lower triangular system for a strip of columns at once: four rows of three vectors stay in registers.</summary>
/// <remarks>
/// The triangle is packed four rows at a time: for each group of rows the columns up to and including the diagonal block, each of four entries.
/// The strip is packed row by row, <see cref="Width{T}"/> entries each.
/// </remarks>
internal static unsafe class TriangularTile
{
    /// <summary>The largest order of a triangle.</summary>
    internal const int Order = 32;

    /// <summary>The room for a packed triangle of <see cref="Order"/> rows.</summary>
    internal const int Room = Order * (Order + 4) / 2;

    internal static int Width<T>()
        where T : unmanaged => 3 * Math.Max(Vector<T>.Count, 1);

    /// <summary>Packs the lower triangle at M; rows beyond n are those of the identity.</summary>
    internal static void Pack<T>(bool unit, int n, T* M, nint row, nint column, T* packed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < n; i += 4)
        {
            for (int k = 0; k < i + 4; k++, packed += 4)
            {
                for (int r = 0; r < 4; r++)
                    packed[r] = i + r >= n || (unit && k == i + r) ? (k == i + r ? T.One : T.Zero) : k > i + r ? T.Zero : M[(i + r) * row + k * column];
            }
        }
    }

    /// <summary>The strip x becomes the inverse of the triangle times x; n is a multiple of four.</summary>
    internal static void Solve<T>(bool unit, int n, T* triangle, T* x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < n; i += 4)
        {
            SolveFour(unit, i, triangle, x, x + i * Width<T>());
            triangle += 4 * (i + 4);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void SolveFour<T>(bool unit, int k, T* m, T* x, T* y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int w = Vector<T>.Count;
        Vector<T> s00 = Vector.Load(y), s01 = Vector.Load(y + w), s02 = Vector.Load(y + 2 * w);
        Vector<T> s10 = Vector.Load(y + 3 * w), s11 = Vector.Load(y + 4 * w), s12 = Vector.Load(y + 5 * w);
        Vector<T> s20 = Vector.Load(y + 6 * w), s21 = Vector.Load(y + 7 * w), s22 = Vector.Load(y + 8 * w);
        Vector<T> s30 = Vector.Load(y + 9 * w), s31 = Vector.Load(y + 10 * w), s32 = Vector.Load(y + 11 * w);
        for (int p = 0; p < k; p++)
        {
            Vector<T> x0 = Vector.Load(x), x1 = Vector.Load(x + w), x2 = Vector.Load(x + 2 * w), a = new(-m[0]);
            s00 = Vectors.MultiplyAdd(a, x0, s00);
            s01 = Vectors.MultiplyAdd(a, x1, s01);
            s02 = Vectors.MultiplyAdd(a, x2, s02);
            a = new(-m[1]);
            s10 = Vectors.MultiplyAdd(a, x0, s10);
            s11 = Vectors.MultiplyAdd(a, x1, s11);
            s12 = Vectors.MultiplyAdd(a, x2, s12);
            a = new(-m[2]);
            s20 = Vectors.MultiplyAdd(a, x0, s20);
            s21 = Vectors.MultiplyAdd(a, x1, s21);
            s22 = Vectors.MultiplyAdd(a, x2, s22);
            a = new(-m[3]);
            s30 = Vectors.MultiplyAdd(a, x0, s30);
            s31 = Vectors.MultiplyAdd(a, x1, s31);
            s32 = Vectors.MultiplyAdd(a, x2, s32);
            m += 4;
            x += 3 * w;
        }
        Vector<T> q = new(m[0]);
        if (!unit) (s00, s01, s02) = (s00 / q, s01 / q, s02 / q);
        q = new(-m[1]);
        (s10, s11, s12) = (Vectors.MultiplyAdd(q, s00, s10), Vectors.MultiplyAdd(q, s01, s11), Vectors.MultiplyAdd(q, s02, s12));
        q = new(-m[2]);
        (s20, s21, s22) = (Vectors.MultiplyAdd(q, s00, s20), Vectors.MultiplyAdd(q, s01, s21), Vectors.MultiplyAdd(q, s02, s22));
        q = new(-m[3]);
        (s30, s31, s32) = (Vectors.MultiplyAdd(q, s00, s30), Vectors.MultiplyAdd(q, s01, s31), Vectors.MultiplyAdd(q, s02, s32));
        q = new(m[5]);
        if (!unit) (s10, s11, s12) = (s10 / q, s11 / q, s12 / q);
        q = new(-m[6]);
        (s20, s21, s22) = (Vectors.MultiplyAdd(q, s10, s20), Vectors.MultiplyAdd(q, s11, s21), Vectors.MultiplyAdd(q, s12, s22));
        q = new(-m[7]);
        (s30, s31, s32) = (Vectors.MultiplyAdd(q, s10, s30), Vectors.MultiplyAdd(q, s11, s31), Vectors.MultiplyAdd(q, s12, s32));
        q = new(m[10]);
        if (!unit) (s20, s21, s22) = (s20 / q, s21 / q, s22 / q);
        q = new(-m[11]);
        (s30, s31, s32) = (Vectors.MultiplyAdd(q, s20, s30), Vectors.MultiplyAdd(q, s21, s31), Vectors.MultiplyAdd(q, s22, s32));
        q = new(m[15]);
        if (!unit) (s30, s31, s32) = (s30 / q, s31 / q, s32 / q);
        s00.Store(y);
        s01.Store(y + w);
        s02.Store(y + 2 * w);
        s10.Store(y + 3 * w);
        s11.Store(y + 4 * w);
        s12.Store(y + 5 * w);
        s20.Store(y + 6 * w);
        s21.Store(y + 7 * w);
        s22.Store(y + 8 * w);
        s30.Store(y + 9 * w);
        s31.Store(y + 10 * w);
        s32.Store(y + 11 * w);
    }
}
