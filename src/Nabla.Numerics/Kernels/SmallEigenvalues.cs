using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla.Numerics;

/// <summary>The eigenvalues of small square matrices, without vectors and without an allocation.</summary>
/// <remarks>Balancing, Householder reduction to Hessenberg form and the double-shift QR iteration of Francis (1961) on the active block: Golub and Van Loan (2013), Matrix Computations, section 7.5.</remarks>
internal static unsafe class SmallEigenvalues
{
    internal const int LargestOrder = 32;
    private const int Cap = 60;

    /// <summary>
    /// The eigenvalues of a (n x n, row-major, overwritten), whose largest entry is near 1, and whose rows lie apart with room for a vector of zeros between them;
    /// false when the iteration reached its cap, or a quotient left the range of the type.
    /// </summary>
    internal static bool TryFind<T>(int n, T* a, int stride, T* re, T* im)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Balance(n, a, stride);
        Reduce(n, a, stride);
        if (!Iterate(n, a, stride, re, im)) return false;
        T sum = T.Zero;
        for (int k = 0; k < n; k++) sum += T.Abs(re[k]) + T.Abs(im[k]);
        return T.IsFinite(sum);
    }

    /// <summary>Scales rows and columns by powers of two so that they have similar sums: Parlett and Reinsch (1969).</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Balance<T>(int n, T* a, int stride)
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
                    column += T.Abs(a[j * stride + i]);
                    row += T.Abs(a[i * stride + j]);
                }
                if (column == T.Zero || row == T.Zero || (row < four * column && column < four * row)) continue;
                int exponent = (T.ILogB(row) - T.ILogB(column)) / 2;
                T factor = T.ScaleB(T.One, exponent), inverse = T.ScaleB(T.One, -exponent);
                if (column * factor + row * inverse >= most * (column + row)) continue;
                changed = true;
                for (int j = 0; j < n; j++)
                {
                    a[i * stride + j] *= inverse;
                    a[j * stride + i] *= factor;
                }
            }
        }
    }

    /// <summary>The Hessenberg form by Householder reflectors, whole vectors at a time: what lies behind a row of A, and behind v, is zero.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Reduce<T>(int n, T* a, int stride)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int w = Vector<T>.Count;
        T* v = stackalloc T[stride];
        for (int k = 0; k < n - 2; k++)
        {
            T tail = T.Zero, alpha = a[(k + 1) * stride + k];
            for (int i = k + 2; i < n; i++)
            {
                v[i] = a[i * stride + k];
                tail = T.MultiplyAddEstimate(v[i], v[i], tail);
            }
            if (tail < Precision<T>.SafeSquare)
            {
                // Squares that underflowed would give no reflector: beside entries near 1 such a tail is zero.
                for (int i = k + 2; i < n; i++) a[i * stride + k] = T.Zero;
                continue;
            }
            T beta = -T.CopySign(T.Sqrt(tail + alpha * alpha), alpha), inverse = T.One / (alpha - beta), tau = (beta - alpha) / beta;
            v[k + 1] = T.One;
            a[(k + 1) * stride + k] = beta;
            for (int i = k + 2; i < n; i++)
            {
                v[i] *= inverse;
                a[i * stride + k] = T.Zero;
            }
            new Span<T>(v + n, stride - n).Clear();
            for (int j = k + 1; j < n; j += w)
            {
                Vector<T> even = default, odd = default;
                T* column = a + (k + 1) * stride + j;
                int i = k + 1;
                for (; i < n - 1; i += 2, column += 2 * stride)
                {
                    even = Vectors.MultiplyAdd(new Vector<T>(v[i]), Vector.Load(column), even);
                    odd = Vectors.MultiplyAdd(new Vector<T>(v[i + 1]), Vector.Load(column + stride), odd);
                }
                if (i < n) even = Vectors.MultiplyAdd(new Vector<T>(v[i]), Vector.Load(column), even);
                Vector<T> sums = new Vector<T>(-tau) * (even + odd);
                column = a + (k + 1) * stride + j;
                for (i = k + 1; i < n; i++, column += stride) Vectors.MultiplyAdd(new Vector<T>(v[i]), sums, Vector.Load(column)).Store(column);
            }
            for (int i = 0; i < n; i++)
            {
                T* row = a + i * stride;
                Vector<T> sums = default;
                for (int j = k + 1; j < n; j += w) sums = Vectors.MultiplyAdd(Vector.Load(row + j), Vector.Load(v + j), sums);
                var factor = new Vector<T>(-tau * Vector.Sum(sums));
                for (int j = k + 1; j < n; j += w) Vectors.MultiplyAdd(factor, Vector.Load(v + j), Vector.Load(row + j)).Store(row + j);
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool Iterate<T>(int n, T* h, int stride, T* re, T* im)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T eps = Precision<T>.Epsilon, half = Precision<T>.Number(0.5), norm = T.Zero;
        for (int i = 0; i < n; i++)
            for (int j = i == 0 ? 0 : i - 1; j < n; j++) norm += T.Abs(h[i * stride + j]);
        int hi = n - 1, step = 0;
        T moved = T.Zero;
        while (hi >= 0)
        {
            int lo = hi;
            for (; lo > 0; lo--)
            {
                T size = T.Abs(h[(lo - 1) * stride + lo - 1]) + T.Abs(h[lo * stride + lo]);
                if (T.Abs(h[lo * stride + lo - 1]) > eps * (size == T.Zero ? norm : size)) continue;
                h[lo * stride + lo - 1] = T.Zero;
                break;
            }
            T x = h[hi * stride + hi];
            if (lo == hi)
            {
                (re[hi], im[hi]) = (x + moved, T.Zero);
                hi--;
                step = 0;
                continue;
            }
            T y = h[(hi - 1) * stride + hi - 1], w = h[hi * stride + hi - 1] * h[(hi - 1) * stride + hi];
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
                for (int i = 0; i <= hi; i++) h[i * stride + i] -= x;
                T size = T.Abs(h[hi * stride + hi - 1]) + T.Abs(h[(hi - 1) * stride + hi - 2]);
                x = y = Precision<T>.Number(0.75) * size;
                w = Precision<T>.Number(-0.4375) * size * size;
            }
            step++;
            Step(h, stride, lo, hi, x, y, w);
        }
        return true;
    }

    /// <summary>One double step on rows lo to hi, with shifts whose sum is x + y and whose product is x y - w.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Step<T>(T* h, int stride, int lo, int hi, T x, T y, T w)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T eps = Precision<T>.Epsilon, p, q, r;
        int m = hi - 2;
        while (true)
        {
            T* row = h + m * stride + m, next = row + stride;
            T z = row[0], a = x - z, b = y - z;
            p = (a * b - w) / next[0] + row[1];
            q = next[1] - z - a - b;
            r = next[stride + 1];
            T size = T.One / (T.Abs(p) + T.Abs(q) + T.Abs(r));
            (p, q, r) = (p * size, q * size, r * size);
            if (m == lo) break;
            T left = T.Abs(row[-1]) * (T.Abs(q) + T.Abs(r)), right = T.Abs(p) * (T.Abs(row[-stride - 1]) + T.Abs(z) + T.Abs(next[1]));
            if (left <= eps * right) break;
            m--;
        }
        for (int i = m + 2; i <= hi; i++)
        {
            h[i * stride + i - 2] = T.Zero;
            if (i > m + 2) h[i * stride + i - 3] = T.Zero;
        }
        for (int k = m; k < hi; k++)
        {
            T* row = h + k * stride, next = row + stride, third = next + stride;
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
                // The vectors reach beyond column hi, into columns that have no part in the block any more, and into the zeros behind the rows.
                Vector<T> vq = new(q), vr = new(r), minusX = new(-x), minusY = new(-y), minusT = new(-t);
                for (int j = k; j <= hi; j += Vector<T>.Count)
                {
                    Vector<T> a = Vector.Load(row + j), b = Vector.Load(next + j), c = Vector.Load(third + j), sum = Vectors.MultiplyAdd(vr, c, Vectors.MultiplyAdd(vq, b, a));
                    Vectors.MultiplyAdd(minusX, sum, a).Store(row + j);
                    Vectors.MultiplyAdd(minusY, sum, b).Store(next + j);
                    Vectors.MultiplyAdd(minusT, sum, c).Store(third + j);
                }
                int last = Math.Min(hi, k + 3);
                for (int i = lo; i <= last; i++)
                {
                    T* column = h + i * stride + k;
                    T sum = T.MultiplyAddEstimate(t, column[2], T.MultiplyAddEstimate(y, column[1], x * column[0]));
                    column[0] -= sum;
                    column[1] = T.MultiplyAddEstimate(-sum, q, column[1]);
                    column[2] = T.MultiplyAddEstimate(-sum, r, column[2]);
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
                    T* column = h + i * stride + k;
                    T sum = x * column[0] + y * column[1];
                    column[0] -= sum;
                    column[1] -= sum * q;
                }
            }
        }
    }
}
