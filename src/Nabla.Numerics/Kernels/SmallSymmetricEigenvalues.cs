using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla.Numerics;

/// <summary>The eigenvalues of small symmetric matrices, without vectors and without an allocation.</summary>
/// <remarks>Householder reduction to tridiagonal form, then the root-free QL iteration of Pal, Walker and Kahan: Parlett (1998), The Symmetric Eigenvalue Problem, section 8.15.</remarks>
internal static unsafe class SmallSymmetricEigenvalues
{
    internal const int LargestOrder = 32;
    private const int Cap = 40;

    /// <summary>The distance of the rows of a matrix of n columns: behind each row there is room for a vector.</summary>
    internal static int Stride<T>(int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => n + Vector<T>.Count;

    /// <summary>
    /// The ascending eigenvalues of the symmetric a (n x n, overwritten), whose largest entry is near 1, whose rows lie <see cref="Stride"/> apart with zeros between them;
    /// false when the iteration reached its cap.
    /// </summary>
    [SkipLocalsInit]
    internal static bool TryFind<T>(int n, T* a, T* values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T* squares = stackalloc T[n];
        Reduce(n, a, values, squares);
        for (int l = 0; l < n; l++)
            if (!Deflate(n, l, values, squares)) return false;
        for (int i = 1; i < n; i++)
        {
            T value = values[i];
            int j = i;
            for (; j > 0 && values[j - 1] > value; j--) values[j] = values[j - 1];
            values[j] = value;
        }
        return true;
    }

    /// <summary>The tridiagonal form: its diagonal d and the squares of the entries beside it.</summary>
    [SkipLocalsInit]
    private static void Reduce<T>(int n, T* a, T* d, T* squares)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int stride = Stride<T>(n);
        T* p = stackalloc T[stride];
        for (int k = 0; k < n - 2; k++)
        {
            T* row = a + k * stride;
            d[k] = row[k];
            T tail = T.Zero, alpha = row[k + 1];
            for (int j = k + 2; j < n; j++) tail = T.MultiplyAddEstimate(row[j], row[j], tail);
            T all = T.MultiplyAddEstimate(alpha, alpha, tail);
            squares[k] = all;
            if (tail == T.Zero) continue;
            // v = (1, rest / (alpha - beta)) with beta of the sign opposite to alpha; H = I - tau v v'.
            T beta = -T.CopySign(T.Sqrt(all), alpha), inverse = T.One / (alpha - beta);
            row[k + 1] = T.One;
            for (int j = k + 2; j < n; j++) row[j] *= inverse;
            Update(n - k - 1, a + (k + 1) * (stride + 1), stride, row + k + 1, p, (beta - alpha) / beta);
        }
        if (n > 1)
        {
            T last = a[(n - 2) * stride + n - 1];
            d[n - 2] = a[(n - 2) * (stride + 1)];
            squares[n - 2] = last * last;
        }
        if (n > 0) d[n - 1] = a[(n - 1) * (stride + 1)];
    }

    /// <summary>A becomes H A H for H = I - tau v v', whole vectors at a time: what lies behind a row of A, and behind v, is zero.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Update<T>(int n, T* A, int stride, T* v, T* p, T tau)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int w = Vector<T>.Count;
        T dot = T.Zero;
        for (int j = 0; j < n; j += w)
        {
            Vector<T> even = default, odd = default;
            T* column = A + j;
            int i = 0;
            for (; i < n - 1; i += 2, column += 2 * stride)
            {
                even = Vectors.MultiplyAdd(new Vector<T>(v[i]), Vector.Load(column), even);
                odd = Vectors.MultiplyAdd(new Vector<T>(v[i + 1]), Vector.Load(column + stride), odd);
            }
            if (i < n) even = Vectors.MultiplyAdd(new Vector<T>(v[i]), Vector.Load(column), even);
            Vector<T> product = new Vector<T>(tau) * (even + odd);
            product.Store(p + j);
            dot += Vector.Dot(product, Vector.Load(v + j));
        }
        Vector<T> shift = new(Precision<T>.Number(-0.5) * tau * dot);
        for (int j = 0; j < n; j += w) Vectors.MultiplyAdd(shift, Vector.Load(v + j), Vector.Load(p + j)).Store(p + j);
        for (int i = 0; i < n; i++, A += stride)
        {
            Vector<T> vi = new(-v[i]), wi = new(-p[i]);
            for (int j = 0; j < n; j += w)
                Vectors.MultiplyAdd(vi, Vector.Load(p + j), Vectors.MultiplyAdd(wi, Vector.Load(v + j), Vector.Load(A + j))).Store(A + j);
        }
    }

    /// <summary>Steps from row l on, until the entry beside its diagonal entry is negligible.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool Deflate<T>(int n, int l, T* d, T* e)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T two = T.One + T.One, eps = Precision<T>.Epsilon, small = eps * eps;
        for (int step = 0; step < Cap; step++)
        {
            int m = l;
            for (; m < n - 1; m++)
                if (e[m] <= small * T.Abs(d[m] * d[m + 1]) || e[m] < Precision<T>.SafeMinimum) break;
            if (m == l) return true;
            T p = d[l], root = T.Sqrt(e[l]), sigma = (d[l + 1] - p) / (two * root);
            T t = root / (sigma + T.CopySign(T.Sqrt(sigma * sigma + T.One), sigma));
            if (m == l + 1)
            {
                // The eigenvalues of the block of order 2 at once.
                (d[l], d[m]) = (p - t, d[m] + t);
                e[l] = T.Zero;
                return true;
            }
            sigma = p - t;
            T c = T.One, s = T.Zero, gamma = d[m] - sigma;
            p = gamma * gamma;
            for (int i = m - 1; i >= l; i--)
            {
                // With c = p / r and s = b / r: gamma is c (alpha - sigma) - s gamma and p is gamma² / c, both from a common numerator, so that the divisions overlap.
                T b = e[i], r = p + b, alpha = d[i];
                if (i != m - 1) e[i + 1] = s * r;
                if (r == T.Zero) return false;
                T numerator = p * (alpha - sigma) - b * gamma, old = c, divisor = r * p, before = gamma, q = T.One / r;
                c = p * q;
                s = b * q;
                gamma = numerator * q;
                d[i + 1] = before + (alpha - gamma);
                p = divisor > T.Zero ? numerator * numerator / divisor : old * b;
            }
            e[l] = s * p;
            d[l] = sigma + gamma;
        }
        return false;
    }
}
