using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla.Numerics;

/// <summary>Reduces a matrix to upper bidiagonal form and finds the singular values of that.</summary>
internal static unsafe class Bidiagonal
{
    /// <summary>
    /// Reduces a (m x n, m at least n, row-major, overwritten) to diagonal d and superdiagonal e. The reflectors of the left factor become the rows of <paramref name="lefts"/> (n x m, zero before), those of the right one stay behind the diagonal of a.
    /// </summary>
    internal static void Reduce<T>(T* a, int m, int n, T* d, T* e, T* lefts, T[] leftTaus, T[] rightTaus)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] work = new T[2 * (m + n)];
        fixed (T* buffers = work)
        {
            // The matrix is a - u z' - y v' with the u, z, y, v of the step before: each step subtracts them on its first way through the rows, and reads the rows once more.
            T* u = null, v = null, z = buffers, nextZ = z + n, y = nextZ + n, nextY = y + m;
            for (int k = 0; k < n; k++)
            {
                int rows = m - k, rest = n - k - 1;
                T* x = lefts + (long)k * m + k, corner = a + (long)k * n + k;
                for (int i = 0; i < rows; i++) x[i] = corner[(long)i * n] - (u == null ? T.Zero : u[i + 1] * z[0] + y[i] * v[0]);
                (leftTaus[k], d[k]) = Reflector.Make(x, rows);
                if (rest == 0) break;
                new Span<T>(nextZ, rest).Clear();
                UpdateAndCombine(corner + 1, n, rows, rest, u == null ? null : u + 1, z + 1, y, v + 1, x, nextZ);
                Vectors.Scale(leftTaus[k], nextZ, rest);
                T* row = corner + 1;
                Vectors.Axpy(-T.One, nextZ, row, rest);
                (rightTaus[k], e[k]) = Reflector.Make(row, rest);
                T inner = Vectors.Dot(nextZ, row, rest);
                for (int i = 1; i < rows; i++) nextY[i - 1] = rightTaus[k] * (Vectors.Dot(row + (long)i * n, row, rest) - x[i] * inner);
                u = x;
                v = row;
                T* other = z;
                z = nextZ;
                nextZ = other;
                other = y;
                y = nextY;
                nextY = other;
            }
        }
    }

    /// <summary>A -= u z' + y v', where u is not null, and r += A'x, for A of rows x columns, two rows at a time.</summary>
    private static void UpdateAndCombine<T>(T* A, int stride, int rows, int columns, T* u, T* z, T* y, T* v, T* x, T* r)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int i = 0;
        for (; i < rows - 1; i += 2)
        {
            T* row = A + (long)i * stride;
            if (u == null) Vectors.AddCombination(T.One, x + i, 1, row, stride, 2, r, columns);
            else UpdateTwo(row, row + stride, columns, z, v, r, -u[i], -y[i], -u[i + 1], -y[i + 1], x[i], x[i + 1]);
        }
        if (i == rows) return;
        T* last = A + (long)i * stride;
        if (u != null)
        {
            Vectors.Axpy(-u[i], z, last, columns);
            Vectors.Axpy(-y[i], v, last, columns);
        }
        Vectors.Axpy(x[i], last, r, columns);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void UpdateTwo<T>(T* row, T* next, int n, T* z, T* v, T* r, T u0, T y0, T u1, T y1, T x0, T x1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int j = 0, w = Vector<T>.Count;
        if (Vector<T>.IsSupported)
        {
            Vector<T> a0 = new(u0), b0 = new(y0), a1 = new(u1), b1 = new(y1), c0 = new(x0), c1 = new(x1);
            for (; j <= n - w; j += w)
            {
                Vector<T> zj = Vector.Load(z + j), vj = Vector.Load(v + j);
                Vector<T> r0 = Vectors.MultiplyAdd(b0, vj, Vectors.MultiplyAdd(a0, zj, Vector.Load(row + j)));
                Vector<T> r1 = Vectors.MultiplyAdd(b1, vj, Vectors.MultiplyAdd(a1, zj, Vector.Load(next + j)));
                r0.Store(row + j);
                r1.Store(next + j);
                Vectors.MultiplyAdd(c1, r1, Vectors.MultiplyAdd(c0, r0, Vector.Load(r + j))).Store(r + j);
            }
        }
        for (; j < n; j++)
        {
            row[j] += u0 * z[j] + y0 * v[j];
            next[j] += u1 * z[j] + y1 * v[j];
            r[j] += x0 * row[j] + x1 * next[j];
        }
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
        RotationBatch<T> left = new(ut, uWidth), right = new(vt, vWidth);
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
