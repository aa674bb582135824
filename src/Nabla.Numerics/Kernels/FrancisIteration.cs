using System.Numerics;

namespace Nabla.Numerics;

/// <summary>Reduces a Hessenberg matrix to real Schur form by the implicit double-shift QR iteration.</summary>
/// <remarks>
/// Francis (1961); deflation after Ahues and Tisseur (1997); exceptional shifts every tenth step without deflation; a cap on the steps of each eigenvalue.
/// H is n x n, row-major; zt is the transpose of the orthogonal factor, or null.
/// </remarks>
internal static unsafe class FrancisIteration
{
    private const int Cap = 300;

    /// <summary>Reduces the Hessenberg matrix h to quasi-triangular form with standard blocks; without the form only the eigenvalues are right.</summary>
    internal static void Iterate<T>(T* h, int n, T* zt, bool form, T[] re, T[] im)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T small = Negligible<T>(n);
        for (int j = 0; j < n - 2; j++)
            for (int i = j + 2; i < n; i++) h[(long)i * n + j] = T.Zero;
        int hi = n - 1, deflationFree = 0;
        while (hi >= 0)
        {
            int lo = 0;
            for (int step = 0; ; step++)
            {
                lo = FindDeflation(h, n, 0, hi, small);
                if (lo > 0) h[(long)lo * n + lo - 1] = T.Zero;
                if (lo >= hi - 1) break;
                if (step == Cap) throw new ConvergenceException($"The QR iteration for the eigenvalues of a {n} x {n} matrix did not converge in {Cap} steps for one of them.");
                deflationFree++;
                Step(h, n, lo, hi, zt, form, Shifts(h, n, lo, hi, deflationFree));
            }
            deflationFree = 0;
            if (lo == hi) (re[hi], im[hi]) = (h[(long)hi * n + hi], T.Zero);
            else Standardise(h, n, hi, zt, form, re, im);
            hi = lo - 1;
        }
    }

    /// <summary>Below this an entry of a matrix of order n is negligible whatever stands beside it.</summary>
    internal static T Negligible<T>(int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Precision<T>.SafeMinimum * (T.CreateChecked(Math.Max(n, 1)) / Precision<T>.Epsilon);

    /// <summary>The last row from <paramref name="first"/> to <paramref name="hi"/> whose entry left of the diagonal is negligible, or <paramref name="first"/>.</summary>
    internal static int FindDeflation<T>(T* h, int n, int first, int hi, T small)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T eps = Precision<T>.Epsilon;
        for (int k = hi; k > first; k--)
        {
            T* row = h + (long)k * n, above = row - n;
            T below = T.Abs(row[k - 1]);
            if (below <= small) return k;
            T test = T.Abs(above[k - 1]) + T.Abs(row[k]);
            if (test == T.Zero)
            {
                if (k - 2 >= first) test += T.Abs(above[k - 2]);
                if (k + 1 <= hi) test += T.Abs(row[n + k]);
            }
            if (below > eps * test) continue;
            T other = T.Abs(above[k]), difference = T.Abs(above[k - 1] - row[k]);
            T ab = T.Max(below, other), ba = T.Min(below, other);
            T aa = T.Max(T.Abs(row[k]), difference), bb = T.Min(T.Abs(row[k]), difference);
            T s = aa + ab;
            if (ba * (ab / s) <= T.Max(small, eps * (bb * (aa / s)))) return k;
        }
        return first;
    }

    private static (T Re1, T Im1, T Re2, T Im2) Shifts<T>(T* h, int n, int lo, int hi, int deflationFree)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T h11, h12, h21, h22, half = Precision<T>.Number(0.5);
        if (deflationFree % 10 == 0)
        {
            bool bottom = deflationFree % 20 == 0;
            int at = bottom ? hi : lo;
            T size = bottom
                ? T.Abs(h[(long)hi * n + hi - 1]) + (hi - 2 >= lo ? T.Abs(h[(long)(hi - 1) * n + hi - 2]) : T.Zero)
                : T.Abs(h[(long)(lo + 1) * n + lo]) + (lo + 2 <= hi ? T.Abs(h[(long)(lo + 2) * n + lo + 1]) : T.Zero);
            h11 = h22 = Precision<T>.Number(0.75) * size + h[(long)at * n + at];
            h12 = Precision<T>.Number(-0.4375) * size;
            h21 = size;
        }
        else
        {
            T* row = h + (long)hi * n, above = row - n;
            (h11, h12, h21, h22) = (above[hi - 1], above[hi], row[hi - 1], row[hi]);
        }
        T s = T.Abs(h11) + T.Abs(h12) + T.Abs(h21) + T.Abs(h22);
        if (s == T.Zero) return (T.Zero, T.Zero, T.Zero, T.Zero);
        (h11, h12, h21, h22) = (h11 / s, h12 / s, h21 / s, h22 / s);
        T mean = (h11 + h22) * half, determinant = (h11 - mean) * (h22 - mean) - h12 * h21, root = T.Sqrt(T.Abs(determinant));
        if (determinant >= T.Zero) return (mean * s, root * s, mean * s, -root * s);
        T r1 = mean + root, r2 = mean - root, nearer = (T.Abs(r1 - h22) <= T.Abs(r2 - h22) ? r1 : r2) * s;
        return (nearer, T.Zero, nearer, T.Zero);
    }

    private static void Step<T>(T* h, int n, int lo, int hi, T* zt, bool form, (T Re1, T Im1, T Re2, T Im2) shift)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T* v = stackalloc T[3];
        int m = hi - 2;
        for (; m >= lo; m--)
        {
            T* r0 = h + (long)m * n + m, r1 = r0 + n;
            FirstColumn(r0, n, shift, v);
            if (m == lo) break;
            T around = T.Abs(r0[-n - 1]) + T.Abs(r0[0]) + T.Abs(r1[1]);
            if (T.Abs(r0[-1]) * (T.Abs(v[1]) + T.Abs(v[2])) <= Precision<T>.Epsilon * T.Abs(v[0]) * around) break;
        }
        int firstRow = form ? 0 : lo, lastColumn = form ? n - 1 : hi;
        for (int k = m; k < hi; k++)
        {
            int size = Math.Min(3, hi - k + 1);
            T* row = h + (long)k * n;
            if (k > m)
                for (int i = 0; i < size; i++) v[i] = row[(long)i * n + k - 1];
            (T tau, T beta) = Reflector.Make(v, size);
            if (k > m)
            {
                row[k - 1] = beta;
                for (int i = 1; i < size; i++) row[(long)i * n + k - 1] = T.Zero;
            }
            else if (m > lo) row[k - 1] *= T.One - tau;
            if (tau == T.Zero) continue;
            ApplyRows(row + k, row + n + k, size == 3 ? row + 2 * (long)n + k : null, lastColumn - k + 1, v, tau);
            ApplyColumns(h + (long)firstRow * n + k, n, Math.Min(k + 3, hi) - firstRow + 1, size, v, tau);
            if (zt != null) ApplyRows(zt + (long)k * n, zt + (long)(k + 1) * n, size == 3 ? zt + (long)(k + 2) * n : null, n, v, tau);
        }
    }

    /// <summary>A multiple of the first column of (H - s1)(H - s2), of three entries, where H begins at <paramref name="corner"/>.</summary>
    internal static void FirstColumn<T>(T* corner, nint stride, (T Re1, T Im1, T Re2, T Im2) shift, T* v)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T* below = corner + stride;
        T s = T.Abs(corner[0] - shift.Re2) + T.Abs(shift.Im2) + T.Abs(below[0]), h21 = s == T.Zero ? T.Zero : below[0] / s;
        v[0] = s == T.Zero ? T.Zero : h21 * corner[1] + (corner[0] - shift.Re1) * ((corner[0] - shift.Re2) / s) - shift.Im1 * (shift.Im2 / s);
        v[1] = h21 * (corner[0] + below[1] - shift.Re1 - shift.Re2);
        v[2] = h21 * below[stride + 1];
        s = T.Abs(v[0]) + T.Abs(v[1]) + T.Abs(v[2]);
        if (s == T.Zero) return;
        v[0] /= s;
        v[1] /= s;
        v[2] /= s;
    }

    /// <summary>The reflector I - tau v v' of three columns, or of two.</summary>
    internal static void ApplyColumns<T>(T* x, nint stride, int rows, int size, T* v, T tau)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T v1 = v[1], v2 = size == 3 ? v[2] : T.Zero, t1 = tau * v1, t2 = tau * v2;
        for (int i = 0; i < rows; i++, x += stride)
        {
            T sum = x[0] + v1 * x[1];
            if (size == 3) sum += v2 * x[2];
            x[0] -= tau * sum;
            x[1] -= t1 * sum;
            if (size == 3) x[2] -= t2 * sum;
        }
    }

    /// <summary>The reflector I - tau v v' of three rows, or of two where z is null.</summary>
    internal static void ApplyRows<T>(T* x, T* y, T* z, int count, T* v, T tau)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int j = 0, w = Vector<T>.Count;
        T v1 = v[1], v2 = z == null ? T.Zero : v[2];
        if (z == null) z = y;
        bool three = z != y;
        if (Vector<T>.IsSupported)
        {
            Vector<T> a = new(v1), b = new(v2), t = new(tau);
            for (; j <= count - w; j += w)
            {
                Vector<T> p = Vector.Load(x + j), q = Vector.Load(y + j), r = Vector.Load(z + j);
                Vector<T> sum = t * (p + a * q + b * r);
                (p - sum).Store(x + j);
                (q - sum * a).Store(y + j);
                if (three) (r - sum * b).Store(z + j);
            }
        }
        for (; j < count; j++)
        {
            T sum = tau * (x[j] + v1 * y[j] + v2 * z[j]);
            x[j] -= sum;
            y[j] -= sum * v1;
            if (three) z[j] -= sum * v2;
        }
    }

    /// <summary>Brings the diagonal block of the rows hi - 1 and hi to standard form.</summary>
    internal static void Standardise<T>(T* h, int n, int hi, T* zt, bool form, T[] re, T[] im)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T* row = h + (long)(hi - 1) * n, next = row + n;
        int j = hi - 1;
        (T a, T b, T c, T d, T cos, T sin) = StandardBlock.Of(row[j], row[hi], next[j], next[hi]);
        (row[j], row[hi], next[j], next[hi]) = (a, b, c, d);
        (re[j], re[hi]) = (a, d);
        im[j] = c == T.Zero ? T.Zero : T.Sqrt(T.Abs(b)) * T.Sqrt(T.Abs(c));
        im[hi] = -im[j];
        if (form)
        {
            if (hi < n - 1) Vectors.Rotate(row + hi + 1, next + hi + 1, n - 1 - hi, cos, sin);
            for (int i = 0; i < j; i++)
            {
                T* x = h + (long)i * n + j;
                (x[0], x[1]) = (cos * x[0] + sin * x[1], cos * x[1] - sin * x[0]);
            }
        }
        if (zt != null) Vectors.Rotate(zt + (long)j * n, zt + (long)hi * n, n, cos, sin);
    }
}
