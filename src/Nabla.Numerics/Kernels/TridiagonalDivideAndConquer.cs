using System.Numerics;

namespace Nabla.Numerics;

/// <summary>The eigenvalues and eigenvectors of a symmetric tridiagonal matrix by divide and conquer.</summary>
/// <remarks>
/// Cuppen (1981): the matrix is two half as large and a correction of rank one, whose eigenvalues are the roots of a secular equation. Eigenvalues that the correction hardly moves, and one of each pair that nearly agrees,
/// are deflated: Dongarra and Sorensen (1987). The vectors come from the numerators for which the computed roots are exact: Gu and Eisenstat (1995), A divide-and-conquer algorithm for the symmetric tridiagonal eigenproblem.
/// The products use that half of each old vector is zero: Rutter (1994).
/// </remarks>
internal sealed unsafe class TridiagonalDivideAndConquer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The largest matrix that is left to the QL iteration.</summary>
    internal const int Leaf = 32;

    private readonly T* z;
    private readonly int stride;
    private readonly T[] gaps;
    private readonly T[] upper;
    private readonly T[] lower;
    private readonly T[] work;

    private TridiagonalDivideAndConquer(int n, T* z)
    {
        this.z = z;
        stride = n;
        gaps = LargePages.Uninitialised<T>(n * n);
        upper = LargePages.Uninitialised<T>(n * (n / 2 + 1));
        lower = LargePages.Uninitialised<T>(n * (n / 2 + 1));
        work = new T[4 * n];
    }

    /// <summary>d (n entries) becomes the eigenvalues in any order and the rows of the zero matrix z (n x n) become the eigenvectors; e (n - 1 entries off the diagonal) is overwritten.</summary>
    internal static void Solve(int n, T* d, T* e, T* z)
    {
        var whole = new TridiagonalDivideAndConquer<T>(n, z);
        for (int start = 0, end; start < n; start = end)
        {
            end = start + 1;
            while (end < n && T.Abs(e[end - 1]) > Precision<T>.Epsilon * T.Sqrt(T.Abs(d[end - 1])) * T.Sqrt(T.Abs(d[end]))) end++;
            whole.Solve(start, end - start, d, e);
        }
    }

    private void Solve(int start, int n, T* d, T* e)
    {
        if (n <= Leaf)
        {
            Iterate(start, n, d, e);
            return;
        }
        int half = n / 2, middle = start + half;
        T coupling = e[middle - 1], size = T.Abs(coupling);
        d[middle - 1] -= size;
        d[middle] -= size;
        Solve(start, half, d, e);
        Solve(middle, n - half, d, e);
        Join(start, half, n, d, coupling);
    }

    private void Iterate(int start, int n, T* d, T* e)
    {
        T[] vectors = LargePages.Zeros<T>(n * n), offDiagonal = new T[n];
        new Span<T>(e + start, n - 1).CopyTo(offDiagonal);
        fixed (T* v = vectors, off = offDiagonal)
        {
            for (int i = 0; i < n; i++) v[i * (n + 1)] = T.One;
            Tridiagonal.Iterate(n, d + start, off, new RotationBatch<T>(v, n, n));
            for (int i = 0; i < n; i++) new Span<T>(v + i * n, n).CopyTo(new Span<T>(z + (long)(start + i) * stride + start, n));
        }
    }

    /// <summary>Joins the halves of the rows from <paramref name="start"/>: the matrix is their eigenvalues on a diagonal and a multiple of w w', w made of the last and first entries of their vectors.</summary>
    private void Join(int start, int half, int n, T* d, T coupling)
    {
        T* rows = z + (long)start * stride + start;
        T root = T.Sqrt(Precision<T>.Number(0.5)), rho = T.Abs(coupling) + T.Abs(coupling), largest = rho;
        var entries = new (T Value, T Weight, int Row, Deflation<T>.Half Half)[n];
        for (int i = 0; i < n; i++)
        {
            bool inUpper = i < half;
            T weight = inUpper ? rows[(long)i * stride + half - 1] : T.CopySign(T.One, coupling) * rows[(long)i * stride + half];
            entries[i] = (d[start + i], weight * root, i, inUpper ? Deflation<T>.Half.Upper : Deflation<T>.Half.Lower);
            largest = T.Max(largest, T.Abs(d[start + i]));
        }
        int width = stride;
        var rest = new Deflation<T>(entries, false, rho, Precision<T>.Number(8) * Precision<T>.Epsilon * largest, (i, k, c, s) => Vectors.Rotate(rows + (long)i * width, rows + (long)k * width, n, c, s));
        int count = rest.Count;
        fixed (T* top = upper, bottom = lower, factors = gaps)
        {
            rest.Gather(rows, stride, half, n, top, bottom);
            rest.Values(new Span<T>(d + start + count, n - count));
            if (count == 0) return;
            Conquer(rest, rho, d + start, factors);
            Gemm.Set(count, half, rest.EndUpper, T.One, factors, count, 1, top, half, 1, rows, stride);
            Gemm.Set(count, n - half, count - rest.FirstLower, T.One, factors + rest.FirstLower, count, 1, bottom, n - half, 1, rows + half, stride);
        }
    }

    /// <summary>The new eigenvalues, and the vectors by which the old vectors are combined, each a row.</summary>
    private void Conquer(Deflation<T> rest, T rho, T* values, T* factors)
    {
        int count = rest.Count;
        int[] place = rest.Place;
        fixed (T* buffer = work)
        {
            T* poles = buffer, squares = poles + count, numerators = squares + count;
            T norm = T.Zero;
            for (int i = 0; i < count; i++) norm += rest.Weight(i) * rest.Weight(i);
            for (int i = 0; i < count; i++)
            {
                poles[i] = rest.Value(i);
                squares[i] = rest.Weight(i) * rest.Weight(i) / norm;
            }
            var equation = new SecularEquation<T>(count, poles, squares, T.One / (rho * norm), squared: false);
            Parallelism.ForRanges(count, (long)count * count * 20, (from, to) =>
            {
                for (int j = from; j < to; j++)
                {
                    (int origin, T distance) = equation.Root(j, factors + (long)j * count);
                    values[j] = poles[origin] + distance;
                }
            });
            equation.Numerators(factors, numerators);
            for (int i = 0; i < count; i++) numerators[i] = T.CopySign(T.Sqrt(T.Abs(numerators[i])), rest.Weight(i));
            Parallelism.ForRanges(count, (long)count * count * 4, (from, to) =>
            {
                T[] vector = new T[count];
                for (int j = from; j < to; j++)
                {
                    T* row = factors + (long)j * count;
                    fixed (T* v = vector)
                    {
                        Vectors.Quotients(numerators, row, v, count);
                        Vectors.Scale(T.One / Vectors.Norm2(v, count), v, count);
                    }
                    for (int i = 0; i < count; i++) row[place[i]] = vector[i];
                }
            });
        }
    }
}
