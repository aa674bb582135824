using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla.Numerics;

/// <summary>Reduces a matrix to upper bidiagonal form and finds the singular values of that.</summary>
/// <remarks>The reduction by panels, half of its work in matrix products: Dongarra, Hammarling and Sorensen (1989), Block reduction of matrices to condensed forms for eigenvalue computations.</remarks>
internal static unsafe class Bidiagonal
{
    private const int Panel = 16;

    /// <summary>
    /// Reduces a (m x n, m at least n, row-major, overwritten) to diagonal d and superdiagonal e. The reflectors of the left factor become the rows of <paramref name="lefts"/> (n x m, zero before), those of the right one stay behind the diagonal of a.
    /// </summary>
    internal static void Reduce<T>(T* a, int m, int n, T* d, T* e, T* lefts, T[] leftTaus, T[] rightTaus)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] updates = LargePages.Uninitialised<T>(2 * Panel * (m + n)), inner = new T[2 * Panel];
        fixed (T* left = updates, c = inner)
        {
            // Rows 2p and 2p + 1 are the vectors v, x of step p on the left, y, u on the right: the matrix is what is stored minus their products v y' + x u'.
            T* right = left + 2 * Panel * (nint)m;
            for (int first = 0; first < n; first += Panel)
            {
                int end = Math.Min(n, first + Panel);
                for (int k = first; k < end; k++)
                {
                    int done = 2 * (k - first), rows = m - k, rest = n - k - 1;
                    T* corner = a + (nint)k * n + k, v = lefts + (nint)k * m + k;
                    for (int i = 0; i < rows; i++) v[i] = corner[(nint)i * n];
                    Vectors.AddCombination(-T.One, right + k, n, left + k, m, done, v, rows);
                    (leftTaus[k], d[k]) = Reflector.Make(v, rows);
                    if (rest == 0) break;
                    T* y = right + (nint)done * n + k + 1, u = corner + 1, x = left + (nint)(done + 1) * m + k + 1;
                    Multiply(rest, rows, leftTaus[k], u, 1, n, v, y);
                    SubtractProducts(rest, rows, done, leftTaus[k], right + k + 1, n, left + k, m, v, y, c);
                    Vectors.AddCombination(-T.One, left + k, m, right + k + 1, n, done, u, rest);
                    Vectors.Axpy(-T.One, y, u, rest);
                    (rightTaus[k], e[k]) = Reflector.Make(u, rest);
                    new ReadOnlySpan<T>(v, rows).CopyTo(new Span<T>(left + (nint)done * m + k, rows));
                    Multiply(rows - 1, rest, rightTaus[k], u + n, n, 1, u, x);
                    SubtractProducts(rows - 1, rest, done + 1, rightTaus[k], left + k + 1, m, right + k + 1, n, u, x, c);
                    new ReadOnlySpan<T>(u, rest).CopyTo(new Span<T>(y + n, rest));
                }
                if (end < n) Gemm.Add(m - end, n - end, 2 * (end - first), -T.One, left + end, 1, m, right + end, n, 1, a + (nint)end * (n + 1), n);
            }
        }
    }

    /// <summary>y = tau A x for A of m x n.</summary>
    private static void Multiply<T>(int m, int n, T tau, T* A, nint row, nint column, T* x, T* y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => MatrixVector<T>.OfThread.Multiply(m, n, tau, A, row, column, x, 1, y, 1, adds: false);

    /// <summary>y -= tau times the sum over k of (b_k'x) a_k, for a_k of m and b_k of n entries; c holds count entries.</summary>
    private static void SubtractProducts<T>(int m, int n, int count, T tau, T* a, nint aStep, T* b, nint bStep, T* x, T* y, T* c)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        MatrixVector<T>.OfThread.Multiply(count, n, -tau, b, bStep, 1, x, 1, c, 1, adds: false);
        Vectors.AddCombination(T.One, c, 1, a, aStep, count, y, m);
    }

    /// <summary>The implicit QR iteration with the zero shift of Demmel and Kahan (1990): d becomes the singular values, with signs and unsorted.</summary>
    internal static void Iterate<T>(int n, T* d, T* e, T* ut, int uWidth, T* vt, int vWidth)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (n == 0) return;
        T eps = Precision<T>.Epsilon, tolerance = Precision<T>.Number(8) * eps;
        T largest = T.Zero;
        for (int i = 0; i < n; i++) largest = T.Max(largest, T.Max(T.Abs(d[i]), i < n - 1 ? T.Abs(e[i]) : T.Zero));
        T threshold = T.Max(tolerance * SmallestBound(n, d, e), T.CreateChecked(6L * n * n) * Precision<T>.SafeMinimum);
        RotationBatch<T> left = new(ut, uWidth, uWidth), right = new(vt, vWidth, vWidth);
        int hi = n - 1, lastLo = -1, lastHi = -1;
        bool down = true;
        long cap = 60L * n;
        while (hi > 0)
        {
            int lo = hi;
            T biggest = T.Abs(d[hi]);
            if (biggest <= threshold) d[hi] = T.Zero;
            for (; lo > 0; lo--)
            {
                if (T.Abs(d[lo - 1]) <= threshold) d[lo - 1] = T.Zero;
                if (T.Abs(e[lo - 1]) <= threshold)
                {
                    e[lo - 1] = T.Zero;
                    break;
                }
                biggest = T.Max(biggest, T.Max(T.Abs(d[lo - 1]), T.Abs(e[lo - 1])));
            }
            if (lo == hi)
            {
                hi--;
                continue;
            }
            if (cap-- == 0) throw new ConvergenceException($"The QR iteration for {n} singular values did not converge in {60L * n} sweeps.");
            if (lo > lastHi || hi < lastLo || lastHi < 0) down = T.Abs(d[lo]) >= T.Abs(d[hi]);
            (lastLo, lastHi) = (lo, hi);
            if (Deflates(d, e, lo, hi, down, tolerance, out T smallest)) continue;
            T shift = T.Zero, first = T.Abs(down ? d[lo] : d[hi]);
            if (T.CreateChecked(n) * tolerance * (smallest / biggest) > T.Max(eps, tolerance / Precision<T>.Number(10)))
            {
                shift = down ? SmallerSingularValue(d[hi - 1], e[hi - 1], d[hi]) : SmallerSingularValue(d[lo], e[lo], d[lo + 1]);
                if (first > T.Zero && shift / first * (shift / first) < eps) shift = T.Zero;
            }
            if (down) SweepDown(d, e, lo, hi, shift, left, right);
            else SweepUp(d, e, lo, hi, shift, left, right);
            if (T.Abs(e[down ? hi - 1 : lo]) <= threshold) e[down ? hi - 1 : lo] = T.Zero;
        }
        left.Apply();
        right.Apply();
    }

    private static T SmallestBound<T>(int n, T* d, T* e)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T bound = T.Abs(d[0]), mu = bound;
        for (int i = 1; i < n && bound > T.Zero; i++)
        {
            mu = T.Abs(d[i]) * (mu / (mu + T.Abs(e[i - 1])));
            bound = T.Min(bound, mu);
        }
        return bound / T.Sqrt(T.CreateChecked(n));
    }

    private static bool Deflates<T>(T* d, T* e, int lo, int hi, bool down, T tolerance, out T smallest)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        smallest = T.Zero;
        int last = down ? hi - 1 : lo;
        if (T.Abs(e[last]) <= tolerance * T.Abs(d[down ? hi : lo]))
        {
            e[last] = T.Zero;
            return true;
        }
        T mu = T.Abs(d[down ? lo : hi]);
        smallest = mu;
        for (int s = 0; s < hi - lo; s++)
        {
            int k = down ? lo + s : hi - 1 - s;
            T size = T.Abs(e[k]);
            if (size <= tolerance * mu)
            {
                e[k] = T.Zero;
                return true;
            }
            mu = T.Abs(d[down ? k + 1 : k]) * (mu / (mu + size));
            smallest = T.Min(smallest, mu);
        }
        return false;
    }

    private static void SweepDown<T>(T* d, T* e, int lo, int hi, T shift, RotationBatch<T> left, RotationBatch<T> right)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T c = T.One, oldC = T.One, s, oldS = T.Zero, r;
        left.Begin(lo, hi, down: true);
        right.Begin(lo, hi, down: true);
        if (shift == T.Zero)
        {
            for (int i = lo; i < hi; i++)
            {
                (c, s, r) = Reflector.Rotation(d[i] * c, e[i]);
                if (i > lo) e[i - 1] = oldS * r;
                (oldC, oldS, d[i]) = Reflector.Rotation(oldC * r, d[i + 1] * s);
                right.Set(i, c, s);
                left.Set(i, oldC, oldS);
            }
            T h = d[hi] * c;
            d[hi] = h * oldC;
            e[hi - 1] = h * oldS;
            return;
        }
        T f = (T.Abs(d[lo]) - shift) * (T.CopySign(T.One, d[lo]) + shift / d[lo]), g = e[lo];
        for (int i = lo; i < hi; i++)
        {
            (c, s, r) = Reflector.Rotation(f, g);
            if (i > lo) e[i - 1] = r;
            f = c * d[i] + s * e[i];
            e[i] = c * e[i] - s * d[i];
            g = s * d[i + 1];
            d[i + 1] = c * d[i + 1];
            right.Set(i, c, s);
            (c, s, d[i]) = Reflector.Rotation(f, g);
            f = c * e[i] + s * d[i + 1];
            d[i + 1] = c * d[i + 1] - s * e[i];
            if (i < hi - 1)
            {
                g = s * e[i + 1];
                e[i + 1] = c * e[i + 1];
            }
            left.Set(i, c, s);
        }
        e[hi - 1] = f;
    }

    private static void SweepUp<T>(T* d, T* e, int lo, int hi, T shift, RotationBatch<T> left, RotationBatch<T> right)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T c = T.One, oldC = T.One, s, oldS = T.Zero, r;
        left.Begin(lo, hi, down: false);
        right.Begin(lo, hi, down: false);
        if (shift == T.Zero)
        {
            for (int i = hi; i > lo; i--)
            {
                (c, s, r) = Reflector.Rotation(d[i] * c, e[i - 1]);
                if (i < hi) e[i] = oldS * r;
                (oldC, oldS, d[i]) = Reflector.Rotation(oldC * r, d[i - 1] * s);
                left.Set(i - 1, c, -s);
                right.Set(i - 1, oldC, -oldS);
            }
            T h = d[lo] * c;
            d[lo] = h * oldC;
            e[lo] = h * oldS;
            return;
        }
        T f = (T.Abs(d[hi]) - shift) * (T.CopySign(T.One, d[hi]) + shift / d[hi]), g = e[hi - 1];
        for (int i = hi; i > lo; i--)
        {
            (c, s, r) = Reflector.Rotation(f, g);
            if (i < hi) e[i] = r;
            f = c * d[i] + s * e[i - 1];
            e[i - 1] = c * e[i - 1] - s * d[i];
            g = s * d[i - 1];
            d[i - 1] = c * d[i - 1];
            left.Set(i - 1, c, -s);
            (c, s, d[i]) = Reflector.Rotation(f, g);
            f = c * e[i - 1] + s * d[i - 1];
            d[i - 1] = c * d[i - 1] - s * e[i - 1];
            if (i > lo + 1)
            {
                g = s * e[i - 2];
                e[i - 2] = c * e[i - 2];
            }
            right.Set(i - 1, c, -s);
        }
        e[lo] = f;
    }

    /// <summary>The smaller singular value of [f, g; 0, h].</summary>
    private static T SmallerSingularValue<T>(T f, T g, T h)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T one = T.One, fa = T.Abs(f), ga = T.Abs(g), ha = T.Abs(h), min = T.Min(fa, ha), max = T.Max(fa, ha);
        if (min == T.Zero) return T.Zero;
        T ratio = one + min / max, difference = (max - min) / max;
        if (ga < max)
        {
            T au = ga / max * (ga / max);
            return min * ((one + one) / (T.Sqrt(ratio * ratio + au) + T.Sqrt(difference * difference + au)));
        }
        T inverse = max / ga;
        if (inverse == T.Zero) return min * max / ga;
        T x = ratio * inverse, y = difference * inverse;
        T twice = min * (one / (T.Sqrt(one + x * x) + T.Sqrt(one + y * y))) * inverse;
        return twice + twice;
    }
}
