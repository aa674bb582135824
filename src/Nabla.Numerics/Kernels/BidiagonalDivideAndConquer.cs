using System.Numerics;

namespace Nabla.Numerics;

/// <summary>The singular values and vectors of an upper bidiagonal matrix by divide and conquer.</summary>
/// <remarks>
/// Gu and Eisenstat (1995), A divide-and-conquer algorithm for the bidiagonal SVD. A row in the middle divides the matrix; between the singular vectors of the two parts it becomes a diagonal matrix with a full first row, whose singular
/// values are the roots of 1 + sum of z_i² / (d_i² - s²) with d_0 = 0. The parts have one column more than rows, except for the last, so each has a right vector for which it is zero.
/// </remarks>
internal sealed unsafe class BidiagonalDivideAndConquer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The largest matrix that is left to the QR iteration.</summary>
    internal const int Leaf = 32;

    private readonly T* u;
    private readonly nint uStride;
    private readonly T* v;
    private readonly nint vStride;
    private readonly T[] leftFactors;
    private readonly T[] rightFactors;
    private readonly T[] upper;
    private readonly T[] lower;
    private readonly T[] work;

    private BidiagonalDivideAndConquer(int n, T* u, nint uStride, T* v, nint vStride)
    {
        this.u = u;
        this.uStride = uStride;
        this.v = v;
        this.vStride = vStride;
        leftFactors = LargePages.Uninitialised<T>(n > Leaf ? n * n : 0);
        rightFactors = LargePages.Uninitialised<T>(leftFactors.Length);
        upper = LargePages.Uninitialised<T>(n > Leaf ? n * (n / 2 + 2) : 0);
        lower = LargePages.Uninitialised<T>(upper.Length);
        work = new T[3 * n];
    }

    /// <summary>d (n entries) becomes the singular values in any order, none negative; the first n rows and columns of u and v, zero before, become the left and right singular vectors as rows. e (n - 1 entries) is overwritten.</summary>
    internal static void Solve(int n, T* d, T* e, T* u, nint uStride, T* v, nint vStride)
    {
        var whole = new BidiagonalDivideAndConquer<T>(n, u, uStride, v, vStride);
        T least = Precision<T>.Epsilon * T.Max(Vectors.MaxOfAbsolutes(d, n), Vectors.MaxOfAbsolutes(e, Math.Max(n - 1, 0)));
        for (int start = 0, end; start < n; start = end)
        {
            end = start + 1;
            while (end < n && T.Abs(e[end - 1]) > least) end++;

            // In a matrix that is divided, rounding errors move the smallest values anyway, and none may be zero.
            if (end - start > Leaf)
                for (int i = start; i < end; i++) d[i] = T.Abs(d[i]) < least ? T.CopySign(least, d[i]) : d[i];
            whole.Solve(start, end - start, false, d, e);
        }
    }

    /// <summary>A part of n rows and n columns, or one column more when it is wide.</summary>
    private void Solve(int start, int n, bool wide, T* d, T* e)
    {
        if (n <= Leaf)
        {
            Iterate(start, n, wide, d, e);
            return;
        }
        int half = n / 2, middle = start + half;
        T alpha = d[middle], beta = e[middle];
        Solve(start, half, true, d, e);
        Solve(middle + 1, n - half - 1, wide, d, e);
        u[middle * (uStride + 1)] = T.One;
        Join(start, half, n, wide, d, alpha, beta);
    }

    private void Iterate(int start, int n, bool wide, T* d, T* e)
    {
        int columns = wide ? n + 1 : n;
        T[] left = LargePages.Zeros<T>(n * n), right = new T[columns * columns], superdiagonal = new T[columns];
        for (int i = 0; i < (wide ? n : n - 1); i++) superdiagonal[i] = e[start + i];
        fixed (T* pu = left, pv = right, off = superdiagonal)
        {
            T* diagonal = d + start;
            for (int i = 0; i < n; i++) pu[i * (n + 1)] = T.One;
            for (int i = 0; i < columns; i++) pv[i * (columns + 1)] = T.One;
            if (wide)
            {
                // The last column is rotated into the others, from the last row upwards.
                T entry = off[n - 1];
                for (int i = n - 1; i >= 0; i--)
                {
                    (T c, T s, diagonal[i]) = Reflector.Rotation(diagonal[i], entry);
                    Vectors.Rotate(pv + i * columns, pv + n * columns, columns, c, s);
                    if (i == 0) break;
                    entry = -s * off[i - 1];
                    off[i - 1] *= c;
                }
            }
            Bidiagonal.Iterate(n, diagonal, off, pu, n, pv, columns);
            for (int i = 0; i < n; i++)
            {
                if (!T.IsNegative(diagonal[i])) continue;
                diagonal[i] = -diagonal[i];
                Vectors.Scale(-T.One, pv + i * columns, columns);
            }
            for (int i = 0; i < n; i++) new Span<T>(pu + i * n, n).CopyTo(new Span<T>(u + (start + i) * uStride + start, n));
            for (int i = 0; i < columns; i++) new Span<T>(pv + i * columns, columns).CopyTo(new Span<T>(v + (start + i) * vStride + start, columns));
        }
    }

    /// <summary>Joins the parts before and behind the row <paramref name="half"/>, which holds alpha and beta.</summary>
    private void Join(int start, int half, int n, bool wide, T* d, T alpha, T beta)
    {
        T* left = u + start * (uStride + 1), right = v + start * (vStride + 1);
        int columns = wide ? n + 1 : n;
        T largest = T.Max(T.Abs(alpha), T.Abs(beta));
        for (int i = 0; i < n; i++)
            if (i != half) largest = T.Max(largest, d[start + i]);
        T tolerance = Precision<T>.Number(8) * Precision<T>.Epsilon * largest, first = FirstWeight(right, half, columns, wide, alpha, beta);
        var entries = new (T Value, T Weight, int Row, Deflation<T>.Half Half)[n];
        entries[0] = (T.Zero, T.Abs(first) <= tolerance ? T.CopySign(tolerance, first) : first, half, Deflation<T>.Half.Both);
        int next = 1;
        for (int i = 0; i < n; i++)
        {
            if (i == half) continue;
            bool inUpper = i < half;
            T weight = inUpper ? alpha * right[i * vStride + half] : beta * right[i * vStride + half + 1];
            entries[next++] = (d[start + i], weight, i, inUpper ? Deflation<T>.Half.Upper : Deflation<T>.Half.Lower);
        }
        nint leftStride = uStride, rightStride = vStride;
        var rest = new Deflation<T>(entries, true, T.One, tolerance, (i, k, c, s) =>
        {
            Vectors.Rotate(left + i * leftStride, left + k * leftStride, n, c, s);
            Vectors.Rotate(right + i * rightStride, right + k * rightStride, columns, c, s);
        });
        int count = rest.Count, lowerCount = count - rest.FirstLower;
        fixed (T* top = upper, bottom = lower, leftRows = leftFactors, rightRows = rightFactors)
        {
            Conquer(rest, d + start, leftRows, rightRows, tolerance);
            rest.Values(new Span<T>(d + start + count, n - count));

            // The middle row of the matrix has no share in the left vectors of the parts: their entries there are those of its own factor.
            rest.Gather(left, uStride, half + 1, n, top, bottom);
            Gemm.Set(count, half + 1, rest.EndUpper, T.One, leftRows, count, 1, top, half + 1, 1, left, uStride);
            Gemm.Set(count, n - half - 1, lowerCount, T.One, leftRows + rest.FirstLower, count, 1, bottom, n - half - 1, 1, left + half + 1, uStride);
            rest.Gather(right, vStride, half + 1, columns, top, bottom);
            Gemm.Set(count, half + 1, rest.EndUpper, T.One, rightRows, count, 1, top, half + 1, 1, right, vStride);
            Gemm.Set(count, columns - half - 1, lowerCount, T.One, rightRows + rest.FirstLower, count, 1, bottom, columns - half - 1, 1, right + half + 1, vStride);
        }
    }

    /// <summary>Turns the right vectors for which the parts are zero so that the middle row has no share in the second, and returns its share in the first.</summary>
    private T FirstWeight(T* right, int half, int columns, bool wide, T alpha, T beta)
    {
        T* mine = right + half * vStride;
        T first = alpha * mine[half];
        if (!wide) return first;
        T* other = right + (columns - 1) * vStride;
        (T c, T s, first) = Reflector.Rotation(first, beta * other[half + 1]);
        Vectors.Rotate(mine, other, columns, c, s);
        return first;
    }

    /// <summary>The new singular values, and the vectors by which the old vectors are combined, each a row.</summary>
    private void Conquer(Deflation<T> rest, T* values, T* leftRows, T* rightRows, T tolerance)
    {
        int count = rest.Count;
        int[] place = rest.Place;
        fixed (T* buffer = work)
        {
            T* poles = buffer, squares = poles + count, numerators = squares + count;
            T norm = T.Zero, two = T.One + T.One;
            for (int i = 0; i < count; i++) norm = T.Hypot(norm, rest.Weight(i));
            for (int i = 0; i < count; i++)
            {
                poles[i] = i == 1 ? T.Max(rest.Value(1), tolerance / two) : rest.Value(i);
                squares[i] = rest.Weight(i) / norm * (rest.Weight(i) / norm);
            }
            var equation = new SecularEquation<T>(count, poles, squares, T.One / norm / norm, squared: true);
            Parallelism.ForRanges(count, (long)count * count * 20, (from, to) =>
            {
                for (int j = from; j < to; j++)
                {
                    (int origin, T distance) = equation.Root(j, rightRows + (long)j * count);
                    T pole = poles[origin];
                    values[j] = pole + distance / (pole + T.Sqrt(pole * pole + distance));
                }
            });
            equation.Numerators(rightRows, numerators);
            for (int i = 0; i < count; i++) numerators[i] = T.CopySign(T.Sqrt(T.Abs(numerators[i])), rest.Weight(i));
            Parallelism.ForRanges(count, (long)count * count * 8, (from, to) =>
            {
                T[] rightVector = new T[count], leftVector = new T[count];
                for (int j = from; j < to; j++)
                {
                    T* row = rightRows + (long)j * count, leftRow = leftRows + (long)j * count;
                    fixed (T* x = rightVector, y = leftVector)
                    {
                        Vectors.Quotients(numerators, row, x, count);
                        for (int i = 1; i < count; i++) y[i] = poles[i] * x[i];
                        y[0] = -T.One;
                        Vectors.Scale(T.One / Vectors.Norm2(x, count), x, count);
                        Vectors.Scale(T.One / Vectors.Norm2(y, count), y, count);
                    }
                    for (int i = 0; i < count; i++) (row[place[i]], leftRow[place[i]]) = (rightVector[i], leftVector[i]);
                }
            });
        }
    }
}
