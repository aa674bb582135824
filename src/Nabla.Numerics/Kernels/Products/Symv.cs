using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla.Numerics;

/// <summary>The product of a symmetric matrix, of which the upper triangle is stored, by a vector: each entry is read once, four rows side by side.</summary>
internal static unsafe class Symv
{
    private const int WideColumns = 64;

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
            if (Register512<T>.IsSupported && n - i >= WideColumns) Four<Register512<T>, T>(row + i + 4, stride, x + i + 4, y + i + 4, x + i, n - i - 4, sums);
            else Four<Register<T>, T>(row + i + 4, stride, x + i + 4, y + i + 4, x + i, n - i - 4, sums);
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
    private static void Four<V, T>(T* a, nint stride, T* x, T* y, T* factors, int n, T* sums)
        where V : struct, IRegister<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T* b = a + stride, c = b + stride, d = c + stride;
        T fa = factors[0], fb = factors[1], fc = factors[2], fd = factors[3];
        V va = V.Of(fa), vb = V.Of(fb), vc = V.Of(fc), vd = V.Of(fd), ta = default, tb = default, tc = default, td = default;
        int k = 0, w = V.Count;
        for (; k <= n - w; k += w)
        {
            V ra = V.Load(a + k), rb = V.Load(b + k), rc = V.Load(c + k), rd = V.Load(d + k), xk = V.Load(x + k);
            V left = V.MultiplyAdd(va, ra, V.Load(y + k)), right = vc * rc;
            ta = V.MultiplyAdd(ra, xk, ta);
            tb = V.MultiplyAdd(rb, xk, tb);
            left = V.MultiplyAdd(vb, rb, left);
            right = V.MultiplyAdd(vd, rd, right);
            tc = V.MultiplyAdd(rc, xk, tc);
            td = V.MultiplyAdd(rd, xk, td);
            (left + right).Store(y + k);
        }
        T sa = V.Sum(ta), sb = V.Sum(tb), sc = V.Sum(tc), sd = V.Sum(td);
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
