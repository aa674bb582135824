using System.Numerics;

namespace Nabla.Numerics;

/// <summary>A product of Householder reflectors in the compact form H_0 H_1 ... = I - V T V', applied by matrix products.</summary>
/// <remarks>Schreiber and Van Loan (1989), A storage-efficient WY representation for products of Householder transformations. The reflectors are the rows of V', with ones on the diagonal.</remarks>
internal sealed unsafe class BlockReflector<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    internal const int Width = 32;
    private readonly int length;
    private readonly int count;
    private readonly T[] rows;
    private readonly T[] factor;

    /// <summary>How many reflectors of a length are applied at once where they are also made.</summary>
    internal static int WidthFor(int length) => length > 1024 ? 2 * Width : Width;

    /// <summary>Gathers reflectors: number k begins at v + k * stride + k and has length - k entries.</summary>
    internal BlockReflector(T* v, nint stride, int length, int count, ReadOnlySpan<T> taus)
    {
        this.length = length;
        this.count = count;
        rows = LargePages.Zeros<T>(checked(count * length));
        factor = new T[count * count];
        for (int k = 0; k < count; k++) new ReadOnlySpan<T>(v + k * stride + k, length - k).CopyTo(rows.AsSpan(k * length + k));
        T[] inner = new T[count * count];
        fixed (T* r = rows, s = inner) Gemm.Set(count, count, length, T.One, r, length, 1, r, 1, length, s, count);
        for (int i = 0; i < count; i++)
        {
            factor[i * count + i] = taus[i];
            for (int j = 0; j < i; j++)
            {
                T sum = T.Zero;
                for (int k = j; k < i; k++) sum += factor[j * count + k] * inner[k * count + i];
                factor[j * count + i] = -taus[i] * sum;
            }
        }
    }

    /// <summary>A becomes A H, or A H', for A of m x length.</summary>
    internal void ApplyRight(T* A, nint stride, int m, bool transposed)
    {
        if (m == 0 || count == 0) return;
        T[] product = LargePages.Uninitialised<T>(m * count), scaled = LargePages.Uninitialised<T>(m * count);
        fixed (T* v = rows, t = factor, p = product, s = scaled)
        {
            Gemm.Set(m, count, length, T.One, A, stride, 1, v, 1, length, p, count);
            Gemm.Set(m, count, count, T.One, p, count, 1, t, transposed ? 1 : count, transposed ? count : 1, s, count);
            Gemm.Add(m, length, count, -T.One, s, count, 1, v, length, 1, A, stride);
        }
    }

    /// <summary>Z becomes Z (H_0 H_1 ...)' where Z begins as the first rows of the identity: the transpose of the orthogonal factor.</summary>
    internal static void Accumulate(T* v, nint stride, int length, ReadOnlySpan<T> taus, T* Z, nint zStride, int zRows)
    {
        for (int i = 0; i < zRows; i++) Z[i * zStride + i] = T.One;
        int block = WidthFor(length), last = (taus.Length - 1) / block * block;
        for (int k = last; k >= 0; k -= block)
        {
            int width = Math.Min(block, taus.Length - k);
            if (width <= 0 || zRows <= k) continue;
            T* corner = Z + k * zStride + k;
            if (width <= 2 || length - k < 8)
            {
                for (int i = k + width - 1; i >= k; i--)
                    if (zRows > i) Reflector.ApplyRight(v + i * stride + i, taus[i], Z + i * zStride + i, zStride, zRows - i, length - i);
            }
            else new BlockReflector<T>(v + k * stride + k, stride, length - k, width, taus.Slice(k, width)).ApplyRight(corner, zStride, zRows - k, transposed: true);
        }
    }

    /// <summary>Z (rows x length) becomes Z (H_0 H_1 ...)'.</summary>
    internal static void ApplyAll(T* v, nint stride, int length, ReadOnlySpan<T> taus, T* Z, nint zStride, int rows)
    {
        int block = length >= 256 ? 2 * Width : Width;
        for (int k = (taus.Length - 1) / block * block; k >= 0 && k < taus.Length; k -= block)
        {
            int width = Math.Min(block, taus.Length - k);
            new BlockReflector<T>(v + k * stride + k, stride, length - k, width, taus.Slice(k, width)).ApplyRight(Z + k, zStride, rows, transposed: true);
        }
    }
}
