using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla.Numerics;

/// <summary>The eigenvalues of small symmetric matrices, with or without vectors, on the stack.</summary>
/// <remarks>Householder reduction to tridiagonal form, then <see cref="LaguerreIteration"/> or <see cref="RootFreeIteration"/>, and with vectors the QL iteration. Rows lie apart, with room for a vector of zeros between them.</remarks>
internal static unsafe class SmallSymmetricEigen
{
    internal const int LargestOrder = 32;

    /// <summary>The ascending eigenvalues of the symmetric a (n x n, overwritten), whose largest entry is near 1; false when the iteration reached its cap.</summary>
    [SkipLocalsInit]
    internal static bool TryFindValues<T>(int n, T* a, int stride, T* values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T* squares = stackalloc T[2 * n];
        Reduce(n, a, stride, values, squares, squares + n);
        for (int i = 0; i < n - 1; i++) squares[i] *= squares[i];
        bool isFound = typeof(T) == typeof(double) && n is > 2 and <= LaguerreIteration.LargestOrder && LaguerreIteration.TryFind(n, (double*)values, (double*)squares);
        if (!isFound && !RootFreeIteration.TryFind(n, values, squares)) return false;
        for (int i = 1; i < n; i++)
        {
            T value = values[i];
            int j = i;
            for (; j > 0 && values[j - 1] > value; j--) values[j] = values[j - 1];
            values[j] = value;
        }
        return true;
    }

    /// <summary>The ascending eigenvalues of the symmetric a (n x n, row-major), whose largest entry is near 1, and their orthonormal vectors, the rows of an n x n matrix.</summary>
    /// <exception cref="ConvergenceException">The iteration reached its cap.</exception>
    [SkipLocalsInit]
    internal static void Find<T>(int n, T* a, T* values, T* vectors)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int w = Vector<T>.Count, stride = n + w;
        T* rows = stackalloc T[2 * n * stride], z = rows + n * stride, e = stackalloc T[2 * n], taus = e + n;
        for (int i = 0; i < n; i++)
        {
            new ReadOnlySpan<T>(a + i * n, n).CopyTo(new Span<T>(rows + i * stride, n));
            new Span<T>(rows + i * stride + n, w).Clear();
        }
        Reduce(n, rows, stride, values, e, taus);
        Accumulate(n, rows, stride, taus, z);
        Tridiagonal.Iterate(n, values, e, new RotationBatch<T>(z, stride, (n + w - 1) / w * w));
        int* order = stackalloc int[n];
        for (int i = 0; i < n; i++)
        {
            T value = values[i];
            int j = i;
            for (; j > 0 && values[j - 1] > value; j--) (values[j], order[j]) = (values[j - 1], order[j - 1]);
            (values[j], order[j]) = (value, i);
        }
        for (int i = 0; i < n; i++) new ReadOnlySpan<T>(z + order[i] * stride, n).CopyTo(new Span<T>(vectors + i * n, n));
    }

    /// <summary>The tridiagonal form: its diagonal d and the entries e beside it. Reflector k with its factor taus[k] is left behind the diagonal of row k.</summary>
    [SkipLocalsInit]
    private static void Reduce<T>(int n, T* a, int stride, T* d, T* e, T* taus)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T* p = stackalloc T[stride];
        int w = Vector<T>.Count;
        for (int k = 0; k < n - 2; k++)
        {
            T* row = a + k * stride;
            d[k] = row[k];
            T alpha = row[k + 1];
            Vector<T> sum = default;
            for (int j = k + 2; j < n; j += w) sum = Vectors.MultiplyAdd(Vector.Load(row + j), Vector.Load(row + j), sum);
            T tail = Vector.Sum(sum);
            // Squares that underflowed would give no reflector: beside entries near 1 such a tail is zero.
            (e[k], taus[k]) = (alpha, T.Zero);
            if (tail < Precision<T>.SafeSquare) continue;
            // v = (1, rest / (alpha - beta)) with beta of the sign opposite to alpha; H = I - tau v v'.
            T beta = -T.CopySign(T.Sqrt(T.MultiplyAddEstimate(alpha, alpha, tail)), alpha), inverse = T.One / (alpha - beta), tau = (beta - alpha) / beta;
            row[k + 1] = T.One;
            for (int j = k + 2; j < n; j += w) (Vector.Load(row + j) * new Vector<T>(inverse)).Store(row + j);
            (e[k], taus[k]) = (beta, tau);
            Update(n - k - 1, a + (k + 1) * (stride + 1), stride, row + k + 1, p, tau);
        }
        if (n > 1)
        {
            d[n - 2] = a[(n - 2) * (stride + 1)];
            e[n - 2] = a[(n - 2) * stride + n - 1];
        }
        if (n > 0) d[n - 1] = a[(n - 1) * (stride + 1)];
    }

    /// <summary>z becomes the transpose of the product of the reflectors, the first of them on the left.</summary>
    private static void Accumulate<T>(int n, T* a, int stride, T* taus, T* z)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int w = Vector<T>.Count;
        new Span<T>(z, n * stride).Clear();
        for (int i = 0; i < n; i++) z[i * (stride + 1)] = T.One;
        for (int k = n - 3; k >= 0; k--)
        {
            if (taus[k] == T.Zero) continue;
            T* v = a + k * (stride + 1) + 1;
            int size = n - k - 1;
            for (int i = k + 1; i < n; i++)
            {
                T* row = z + i * stride + k + 1;
                Vector<T> dot = default;
                for (int j = 0; j < size; j += w) dot = Vectors.MultiplyAdd(Vector.Load(row + j), Vector.Load(v + j), dot);
                var factor = new Vector<T>(-taus[k] * Vector.Sum(dot));
                for (int j = 0; j < size; j += w) Vectors.MultiplyAdd(factor, Vector.Load(v + j), Vector.Load(row + j)).Store(row + j);
            }
        }
    }

    /// <summary>A becomes H A H for H = I - tau v v', whole vectors at a time: what lies behind a row of A, and behind v, is zero.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Update<T>(int n, T* A, int stride, T* v, T* p, T tau)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int w = Vector<T>.Count;
        Vector<T> dots = default;
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
            dots = Vectors.MultiplyAdd(product, Vector.Load(v + j), dots);
        }
        Vector<T> shift = new(Precision<T>.Number(-0.5) * tau * Vector.Sum(dots));
        for (int j = 0; j < n; j += w) Vectors.MultiplyAdd(shift, Vector.Load(v + j), Vector.Load(p + j)).Store(p + j);
        for (int i = 0; i < n; i++, A += stride)
        {
            Vector<T> vi = new(-v[i]), wi = new(-p[i]);
            for (int j = 0; j < n; j += w)
                Vectors.MultiplyAdd(vi, Vector.Load(p + j), Vectors.MultiplyAdd(wi, Vector.Load(v + j), Vector.Load(A + j))).Store(A + j);
        }
    }
}
