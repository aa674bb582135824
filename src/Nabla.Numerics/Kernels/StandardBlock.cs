using System.Numerics;

namespace Nabla.Numerics;

/// <summary>The Schur form of a real 2 x 2 matrix: triangular with real eigenvalues, or with equal diagonal entries and off-diagonal entries of opposite signs.</summary>
/// <remarks>Bai and Demmel (1993), On swapping diagonal blocks in real Schur form.</remarks>
internal static class StandardBlock
{
    internal static (T A, T B, T C, T D, T Cos, T Sin) Of<T>(T a, T b, T c, T d)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T one = T.One, zero = T.Zero, half = Precision<T>.Number(0.5), four = Precision<T>.Number(4);
        if (c == zero) return (a, b, c, d, one, zero);
        if (b == zero) return (d, -c, zero, a, zero, one);
        if (a - d == zero && T.IsNegative(b) != T.IsNegative(c)) return (a, b, c, d, one, zero);
        T difference = a - d, p = half * difference;
        T larger = T.Max(T.Abs(b), T.Abs(c)), smaller = T.Min(T.Abs(b), T.Abs(c)) * T.CopySign(one, b) * T.CopySign(one, c);
        T scale = T.Max(T.Abs(p), larger), z = p / scale * p + larger / scale * smaller;
        if (z >= four * Precision<T>.Epsilon)
        {
            z = p + T.CopySign(T.Sqrt(scale) * T.Sqrt(z), p);
            T tau = T.Hypot(c, z);
            return (d + z, b - c, zero, d - larger / z * smaller, z / tau, c / tau);
        }
        T sigma = b + c, length = T.Hypot(sigma, difference);
        T cos = T.Sqrt(half * (one + T.Abs(sigma) / length)), sin = -(p / (length * cos)) * T.CopySign(one, sigma);
        T aa = a * cos + b * sin, bb = -a * sin + b * cos, cc = c * cos + d * sin, dd = -c * sin + d * cos;
        (a, b, c, d) = (aa * cos + cc * sin, bb * cos + dd * sin, -aa * sin + cc * cos, -bb * sin + dd * cos);
        T mean = half * (a + d);
        (a, d) = (mean, mean);
        if (c == zero) return (a, b, c, d, cos, sin);
        if (b == zero) return (a, -c, zero, d, -sin, cos);
        if (T.IsNegative(b) != T.IsNegative(c)) return (a, b, c, d, cos, sin);
        T rootB = T.Sqrt(T.Abs(b)), rootC = T.Sqrt(T.Abs(c)), offset = T.CopySign(rootB * rootC, c), inverse = one / T.Sqrt(T.Abs(b + c));
        T cos1 = rootB * inverse, sin1 = rootC * inverse;
        return (mean + offset, b - c, zero, mean - offset, cos * cos1 - sin * sin1, cos * sin1 + sin * cos1);
    }
}
