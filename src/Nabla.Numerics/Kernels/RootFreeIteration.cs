using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla.Numerics;

/// <summary>The eigenvalues of a symmetric tridiagonal matrix without vectors: the QL iteration on the squares of the entries beside the diagonal, one root a step.</summary>
/// <remarks>Pal, Walker and Kahan: Parlett (1998), The Symmetric Eigenvalue Problem, section 8.15.</remarks>
internal static unsafe class RootFreeIteration
{
    private const int Cap = 40;

    /// <summary>
    /// The diagonal d becomes the eigenvalues, unsorted; the squares e of the entries beside it are used up. The largest entry is near 1.
    /// False when the iteration reached its cap, or a square underflowed on its way: d and e are lost then.
    /// </summary>
    internal static bool TryFind<T>(int n, T* d, T* e)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int l = 0; l < n; l++)
            if (!Deflate(n, l, d, e)) return false;
        return true;
    }

    /// <summary>Steps from row l on, until the entry beside its diagonal entry is negligible.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool Deflate<T>(int n, int l, T* d, T* e)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T two = T.One + T.One, eps = Precision<T>.Epsilon, small = eps * eps, least = Precision<T>.SafeMinimum / eps;
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
                T b = e[i], r = p + b, alpha = d[i];
                if (i != m - 1) e[i + 1] = s * r;
                if (r == T.Zero) return false;
                // With c = p / r and s = b / r: gamma is c (alpha - sigma) - s gamma and p is gamma² / c, both from a common numerator, so that the divisions overlap.
                T numerator = p * (alpha - sigma) - b * gamma, old = c, square = numerator * numerator, divisor = r * p, before = gamma;
                if (square > Precision<T>.SafeSquare && divisor > Precision<T>.SafeSquare)
                {
                    T q = T.One / r;
                    c = p * q;
                    s = b * q;
                    gamma = numerator * q;
                    p = square / divisor;
                }
                else
                {
                    c = p / r;
                    s = b / r;
                    gamma = c * (alpha - sigma) - s * before;
                    square = gamma * gamma;
                    // What underflows in part would leave a quotient without digits.
                    if ((c > T.Zero || p > T.Zero) && (c < least || (square < least && gamma != T.Zero))) return false;
                    p = c > T.Zero ? square / c : old * b;
                }
                d[i + 1] = before + (alpha - gamma);
            }
            e[l] = s * p;
            d[l] = sigma + gamma;
        }
        return false;
    }
}
