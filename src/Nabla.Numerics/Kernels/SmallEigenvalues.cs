using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla.Numerics;

/// <summary>The eigenvalues of small square matrices, without vectors and without an allocation.</summary>
/// <remarks>Balancing, Householder reduction to Hessenberg form and the double-shift QR iteration of Francis (1961) on the active block: Golub and Van Loan (2013), Matrix Computations, section 7.5.</remarks>
internal static unsafe class SmallEigenvalues
{
    internal const int LargestOrder = 32;
    private const int Cap = 60;

    /// <summary>The eigenvalues of a (n x n, row-major, overwritten), whose entries are of moderate size; false when the iteration reached its cap.</summary>
    internal static bool TryFind<T>(int n, T* a, T* re, T* im)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Balance(n, a);
        Reduce(n, a);
        return Iterate(n, a, re, im);
    }

    /// <summary>Scales rows and columns by powers of two so that they have similar sums: Parlett and Reinsch (1969).</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Balance<T>(int n, T* a)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T four = Precision<T>.Number(4), most = Precision<T>.Number(0.95);
        bool changed = true;
        for (int pass = 0; changed && pass < 20; pass++)
        {
            changed = false;
            for (int i = 0; i < n; i++)
            {
                T column = T.Zero, row = T.Zero;
                for (int j = 0; j < n; j++)
                {
                    if (j == i) continue;
                    column += T.Abs(a[j * n + i]);
                    row += T.Abs(a[i * n + j]);
                }
                if (column == T.Zero || row == T.Zero || (row < four * column && column < four * row)) continue;
                int exponent = (T.ILogB(row) - T.ILogB(column)) / 2;
                T factor = T.ScaleB(T.One, exponent), inverse = T.ScaleB(T.One, -exponent);
                if (column * factor + row * inverse >= most * (column + row)) continue;
                changed = true;
                for (int j = 0; j < n; j++)
                {
                    a[i * n + j] *= inverse;
                    a[j * n + i] *= factor;
                }
            }
        }
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Reduce<T>(int n, T* a)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T* v = stackalloc T[n], sums = stackalloc T[n];
        for (int k = 0; k < n - 2; k++)
        {
            T tail = T.Zero, alpha = a[(k + 1) * n + k];
            for (int i = k + 2; i < n; i++)
            {
                v[i] = a[i * n + k];
                tail += v[i] * v[i];
            }
            if (tail == T.Zero) continue;
            T beta = -T.CopySign(T.Sqrt(tail + alpha * alpha), alpha), inverse = T.One / (alpha - beta), tau = (beta - alpha) / beta;
            v[k + 1] = T.One;
            a[(k + 1) * n + k] = beta;
            for (int i = k + 2; i < n; i++)
            {
                v[i] *= inverse;
                a[i * n + k] = T.Zero;
            }
            for (int j = k + 1; j < n; j++) sums[j] = T.Zero;
            for (int i = k + 1; i < n; i++)
                for (int j = k + 1; j < n; j++) sums[j] += v[i] * a[i * n + j];
            for (int i = k + 1; i < n; i++)
            {
                T factor = tau * v[i];
                for (int j = k + 1; j < n; j++) a[i * n + j] -= factor * sums[j];
            }
            for (int i = 0; i < n; i++)
            {
                T* row = a + i * n;
                T sum = T.Zero;
                for (int j = k + 1; j < n; j++) sum += row[j] * v[j];
                sum *= tau;
                for (int j = k + 1; j < n; j++) row[j] -= sum * v[j];
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool Iterate<T>(int n, T* h, T* re, T* im)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T eps = Precision<T>.Epsilon, half = Precision<T>.Number(0.5), norm = T.Zero;
        for (int i = 0; i < n; i++)
            for (int j = i == 0 ? 0 : i - 1; j < n; j++) norm += T.Abs(h[i * n + j]);
        int hi = n - 1, step = 0;
        T moved = T.Zero;
        while (hi >= 0)
        {
            int lo = hi;
            for (; lo > 0; lo--)
            {
                T size = T.Abs(h[(lo - 1) * n + lo - 1]) + T.Abs(h[lo * n + lo]);
                if (T.Abs(h[lo * n + lo - 1]) > eps * (size == T.Zero ? norm : size)) continue;
                h[lo * n + lo - 1] = T.Zero;
                break;
            }
            T x = h[hi * n + hi];
            if (lo == hi)
            {
                (re[hi], im[hi]) = (x + moved, T.Zero);
                hi--;
                step = 0;
                continue;
            }
            T y = h[(hi - 1) * n + hi - 1], w = h[hi * n + hi - 1] * h[(hi - 1) * n + hi];
            if (lo == hi - 1)
            {
                T p = half * (y - x), q = p * p + w, root = T.Sqrt(T.Abs(q));
                x += moved;
                if (q >= T.Zero)
                {
                    T larger = p + T.CopySign(root, p);
                    (re[hi - 1], re[hi], im[hi - 1], im[hi]) = (x + larger, larger == T.Zero ? x : x - w / larger, T.Zero, T.Zero);
                }
                else (re[hi - 1], re[hi], im[hi - 1], im[hi]) = (x + p, x + p, root, -root);
                hi -= 2;
                step = 0;
                continue;
            }
            if (step == Cap) return false;
            if (step % 10 == 9)
            {
                // An exceptional shift, where the ordinary ones do not lead on.
                moved += x;
                for (int i = 0; i <= hi; i++) h[i * n + i] -= x;
                T size = T.Abs(h[hi * n + hi - 1]) + T.Abs(h[(hi - 1) * n + hi - 2]);
                x = y = Precision<T>.Number(0.75) * size;
                w = Precision<T>.Number(-0.4375) * size * size;
            }
            step++;
            Step(n, h, lo, hi, x, y, w);
        }
        return true;
    }

    /// <summary>One double step on rows lo to hi, with shifts whose sum is x + y and whose product is x y - w.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Step<T>(int n, T* h, int lo, int hi, T x, T y, T w)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T eps = Precision<T>.Epsilon, p, q, r;
        int m = hi - 2;
        while (true)
        {
            T* row = h + m * n + m, next = row + n;
            T z = row[0], a = x - z, b = y - z;
            p = (a * b - w) / next[0] + row[1];
            q = next[1] - z - a - b;
            r = next[n + 1];
            T size = T.One / (T.Abs(p) + T.Abs(q) + T.Abs(r));
            (p, q, r) = (p * size, q * size, r * size);
            if (m == lo) break;
            T left = T.Abs(row[-1]) * (T.Abs(q) + T.Abs(r)), right = T.Abs(p) * (T.Abs(row[-n - 1]) + T.Abs(z) + T.Abs(next[1]));
            if (left <= eps * right) break;
            m--;
        }
        for (int i = m + 2; i <= hi; i++)
        {
            h[i * n + i - 2] = T.Zero;
            if (i > m + 2) h[i * n + i - 3] = T.Zero;
        }
        for (int k = m; k < hi; k++)
        {
            T* row = h + k * n, next = row + n, third = next + n;
            bool three = k < hi - 1;
            if (k > m) (p, q, r) = (row[k - 1], next[k - 1], three ? third[k - 1] : T.Zero);
            T squares = p * p + q * q + r * r;
            if (!(squares > Precision<T>.SafeSquare))
            {
                T size = T.Abs(p) + T.Abs(q) + T.Abs(r);
                if (size == T.Zero) continue;
                (p, q, r) = (p / size, q / size, r / size);
                squares = p * p + q * q + r * r;
                if (k > m) row[k - 1] = -T.CopySign(T.Sqrt(squares), p) * size;
            }
            else if (k > m) row[k - 1] = -T.CopySign(T.Sqrt(squares), p);
            if (k == m && m > lo) row[k - 1] = -row[k - 1];
            // H = I - (x, y, z)' (1, q, r), after the scaling of the vector to first entry 1.
            T s = T.CopySign(T.Sqrt(squares), p), first = p + s, inverse = T.One / s;
            x = first * inverse;
            y = q * inverse;
            T t = r * inverse;
            q /= first;
            r /= first;
            if (three)
            {
                for (int j = k; j <= hi; j++)
                {
                    T sum = row[j] + q * next[j] + r * third[j];
                    row[j] -= sum * x;
                    next[j] -= sum * y;
                    third[j] -= sum * t;
                }
                int last = Math.Min(hi, k + 3);
                for (int i = lo; i <= last; i++)
                {
                    T* column = h + i * n + k;
                    T sum = x * column[0] + y * column[1] + t * column[2];
                    column[0] -= sum;
                    column[1] -= sum * q;
                    column[2] -= sum * r;
                }
            }
            else
            {
                for (int j = k; j <= hi; j++)
                {
                    T sum = row[j] + q * next[j];
                    row[j] -= sum * x;
                    next[j] -= sum * y;
                }
                for (int i = lo; i <= hi; i++)
                {
                    T* column = h + i * n + k;
                    T sum = x * column[0] + y * column[1];
                    column[0] -= sum;
                    column[1] -= sum * q;
                }
            }
        }
    }
}
