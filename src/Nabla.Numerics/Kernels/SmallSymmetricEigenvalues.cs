using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla.Numerics;

/// <summary>The eigenvalues of small symmetric matrices, without vectors and without an allocation.</summary>
/// <remarks>Householder reduction to tridiagonal form, then <see cref="RootFreeIteration"/>.</remarks>
internal static unsafe class SmallSymmetricEigenvalues
{
    internal const int LargestOrder = 32;

    /// <summary>
    /// The ascending eigenvalues of the symmetric a (n x n, overwritten), whose largest entry is near 1, whose rows lie apart with room for a vector of zeros between them;
    /// false when the iteration reached its cap.
    /// </summary>
    [SkipLocalsInit]
    internal static bool TryFind<T>(int n, T* a, int stride, T* values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T* squares = stackalloc T[n];
        Reduce(n, a, stride, values, squares);
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

    /// <summary>The tridiagonal form: its diagonal d and the squares of the entries beside it.</summary>
    [SkipLocalsInit]
    private static void Reduce<T>(int n, T* a, int stride, T* d, T* squares)
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
            if (tail < Precision<T>.SafeSquare) tail = T.Zero;
            T all = T.MultiplyAddEstimate(alpha, alpha, tail);
            squares[k] = all;
            if (tail == T.Zero) continue;
            // v = (1, rest / (alpha - beta)) with beta of the sign opposite to alpha; H = I - tau v v'.
            T beta = -T.CopySign(T.Sqrt(all), alpha), inverse = T.One / (alpha - beta);
            row[k + 1] = T.One;
            for (int j = k + 2; j < n; j += w) (Vector.Load(row + j) * new Vector<T>(inverse)).Store(row + j);
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
