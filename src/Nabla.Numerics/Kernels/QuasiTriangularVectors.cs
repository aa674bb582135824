using System.Numerics;

namespace Nabla.Numerics;

/// <summary>The right eigenvectors of an upper quasi-triangular matrix by back substitution.</summary>
/// <remarks>
/// The vector of a real eigenvalue is a row; that of a complex pair is two, its real and imaginary part. Pivots below the rounding errors of the matrix are replaced by their size,
/// and vectors that grow are scaled down, as in Anderson (1999), LAPACK Users' Guide.
/// </remarks>
internal static unsafe class QuasiTriangularVectors
{
    internal static T[] Of<T>(T* s, int n, T[] re, T[] im)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] x = LargePages.Zeros<T>(n * n), xr = new T[n], xi = new T[n];
        T norm = T.Zero;
        for (int i = 0; i < n; i++)
            for (int j = Math.Max(0, i - 1); j < n; j++) norm = T.Max(norm, T.Abs(s[(long)i * n + j]));
        T least = T.Max(Precision<T>.Epsilon * norm, Precision<T>.SafeMinimum / Precision<T>.Epsilon);
        for (int k = n - 1; k >= 0; k--)
        {
            bool pair = im[k] < T.Zero;
            Array.Clear(xr);
            Array.Clear(xi);
            int top = k;
            if (!pair) xr[k] = T.One;
            else
            {
                top = k - 1;
                T b = s[(long)top * n + k], c = s[(long)k * n + top];
                if (T.Abs(b) >= T.Abs(c)) (xr[top], xi[k]) = (T.One, im[top] / b);
                else (xr[top], xi[k]) = (-im[top] / c, T.One);
            }
            Substitute(s, n, top - 1, top, k, pair ? im[k - 1] : T.Zero, re[k], im, xr, xi, least);
            if (pair) xi.AsSpan(0, k + 1).CopyTo(x.AsSpan(k * n));
            xr.AsSpan(0, k + 1).CopyTo(x.AsSpan((pair ? k - 1 : k) * n));
            if (pair) k--;
        }
        return x;
    }

    private static void Substitute<T>(T* s, int n, int start, int from, int to, T wi, T wr, T[] im, T[] xr, T[] xi, T least)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T large = T.Sqrt(T.One / Precision<T>.SafeMinimum);
        for (int j = start; j >= 0; j--)
        {
            T* row = s + (long)j * n;
            int width = to - j;
            if (im[j] == T.Zero)
            {
                T rr = -Dot(row, xr, j + 1, width), ri = -Dot(row, xi, j + 1, width);
                (xr[j], xi[j]) = Divide(rr, ri, row[j] - wr, -wi, least);
            }
            else
            {
                T* above = row - n;
                int i = j - 1;
                T r1 = -Dot(above, xr, j + 1, width), i1 = -Dot(above, xi, j + 1, width), r2 = -Dot(row, xr, j + 1, width), i2 = -Dot(row, xi, j + 1, width);
                T a = above[i] - wr, b = above[j], c = row[i], d = row[j] - wr;
                (T cr, T ci) = Divide(c, T.Zero, a, -wi, least);
                if (T.Hypot(a, wi) >= T.Abs(c))
                {
                    (T dr, T di) = (d - cr * b, -wi - ci * b);
                    (xr[j], xi[j]) = Divide(r2 - (cr * r1 - ci * i1), i2 - (cr * i1 + ci * r1), dr, di, least);
                    (xr[i], xi[i]) = Divide(r1 - b * xr[j], i1 - b * xi[j], a, -wi, least);
                }
                else
                {
                    (T ar, T ai) = (a / c, -wi / c);
                    (T dr, T di) = (b - (ar * d + ai * wi), -(ai * d - ar * wi));
                    (xr[j], xi[j]) = Divide(r1 - (ar * r2 - ai * i2), i1 - (ar * i2 + ai * r2), dr, di, least);
                    xr[i] = (r2 - (d * xr[j] + wi * xi[j])) / c;
                    xi[i] = (i2 - (d * xi[j] - wi * xr[j])) / c;
                }
                j--;
            }
            T size = T.Max(T.Abs(xr[Math.Max(j, 0)]), T.Abs(xi[Math.Max(j, 0)]));
            if (j + 1 <= to) size = T.Max(size, T.Max(T.Abs(xr[j + 1]), T.Abs(xi[j + 1])));
            if (size <= large) continue;
            for (int k = Math.Max(j, 0); k <= to; k++)
            {
                xr[k] /= size;
                xi[k] /= size;
            }
        }
    }

    private static T Dot<T>(T* row, T[] x, int first, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        fixed (T* p = x) return Vectors.Dot(row + first, p + first, count);
    }

    /// <summary>(a + bi) / (c + di), the divisor made at least as large as <paramref name="least"/>.</summary>
    private static (T Re, T Im) Divide<T>(T a, T b, T c, T d, T least)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (T.Abs(c) + T.Abs(d) < least) (c, d) = (least, T.Zero);
        if (d == T.Zero) return (a / c, b / c);
        if (T.Abs(c) >= T.Abs(d))
        {
            T ratio = d / c, divisor = c + d * ratio;
            return ((a + b * ratio) / divisor, (b - a * ratio) / divisor);
        }
        T other = c / d, scale = c * other + d;
        return ((a * other + b) / scale, (b * other - a) / scale);
    }
}
