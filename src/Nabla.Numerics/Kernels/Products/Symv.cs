using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla.Numerics;

/// <summary>The product of a symmetric matrix, of which the upper triangle is stored, by a vector: each entry is read once, four rows side by side.</summary>
internal static unsafe class Symv
{
    /// <summary>y = A x.</summary>
    internal static void Set<T>(T* A, nint stride, int n, T* x, T* y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        new Span<T>(y, n).Clear();
        T* sums = stackalloc T[4];
        int i = 0;
        for (; i <= n - 4; i += 4)
        {
            T* row = A + i * stride;
            Four(row + i + 4, stride, x + i + 4, y + i + 4, x + i, n - i - 4, sums);
            for (int r = 0; r < 4; r++, row += stride)
            {
                y[i + r] += row[i + r] * x[i + r] + sums[r];
                for (int s = r + 1; s < 4; s++)
                {
                    y[i + r] += row[i + s] * x[i + s];
                    y[i + s] += row[i + s] * x[i + r];
                }
            }
        }
        for (; i < n; i++)
        {
            T* row = A + i * stride;
            y[i] += row[i] * x[i];
            for (int j = i + 1; j < n; j++)
            {
                y[i] += row[j] * x[j];
                y[j] += row[j] * x[i];
            }
        }
    }

    /// <summary>The products of four rows by x, and y += their combination.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Four<T>(T* a, nint stride, T* x, T* y, T* factors, int n, T* sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T* b = a + stride, c = b + stride, d = c + stride;
        T sa = T.Zero, sb = T.Zero, sc = T.Zero, sd = T.Zero, fa = factors[0], fb = factors[1], fc = factors[2], fd = factors[3];
        int k = 0;
        if (Vector<T>.IsSupported)
        {
            int w = Vector<T>.Count;
            Vector<T> va = new(fa), vb = new(fb), vc = new(fc), vd = new(fd), ta = default, tb = default, tc = default, td = default;
            for (; k <= n - w; k += w)
            {
                Vector<T> ra = Vector.Load(a + k), rb = Vector.Load(b + k), rc = Vector.Load(c + k), rd = Vector.Load(d + k), xk = Vector.Load(x + k);
                Vector<T> left = Vectors.MultiplyAdd(va, ra, Vector.Load(y + k)), right = vc * rc;
                ta = Vectors.MultiplyAdd(ra, xk, ta);
                tb = Vectors.MultiplyAdd(rb, xk, tb);
                left = Vectors.MultiplyAdd(vb, rb, left);
                right = Vectors.MultiplyAdd(vd, rd, right);
                tc = Vectors.MultiplyAdd(rc, xk, tc);
                td = Vectors.MultiplyAdd(rd, xk, td);
                (left + right).Store(y + k);
            }
            (sa, sb, sc, sd) = (Vector.Sum(ta), Vector.Sum(tb), Vector.Sum(tc), Vector.Sum(td));
        }
        for (; k < n; k++)
        {
            sa += a[k] * x[k];
            sb += b[k] * x[k];
            sc += c[k] * x[k];
            sd += d[k] * x[k];
            y[k] += fa * a[k] + fb * b[k] + (fc * c[k] + fd * d[k]);
        }
        (sums[0], sums[1], sums[2], sums[3]) = (sa, sb, sc, sd);
    }
}
