using System.Numerics;

namespace Nabla.Numerics;

/// <summary>The QR factorisation by Householder reflectors: A = Q R, or with column pivoting A[:, order] = Q R.</summary>
/// <remarks>
/// For an m x n matrix and r = min(m, n), Q is m x r with orthonormal columns, R is r x n, upper triangular. The diagonal of R may be negative.
/// Householder (1958), by blocks in the compact form of Schreiber and Van Loan (1989); column pivoting after Businger and Golub (1965) with the norm updates of Drmač and Bujanović (2008).
/// </remarks>
/// <typeparam name="T">The type of the entries.</typeparam>
public sealed unsafe class QR<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int m;
    private readonly int n;
    private readonly T[] columns;
    private readonly T[] diagonal;
    private readonly T[] taus;
    private readonly int[] order;
    private readonly int exponent;

    /// <summary>Factors a matrix.</summary>
    /// <param name="A">A matrix of any shape.</param>
    /// <param name="pivoting">Whether to exchange columns so that the diagonal of R falls in absolute value.</param>
    /// <exception cref="ShapeException"><paramref name="A"/> is not a matrix.</exception>
    /// <exception cref="NotFiniteNumberException">An entry is infinite or not a number.</exception>
    public QR(NDArray<T> A, bool pivoting = false)
    {
        ArgumentNullException.ThrowIfNull(A);
        A.MustBeMatrix().MustBeFinite();
        (m, n) = (A.Rows, A.Columns);
        columns = A.Transpose().ToArray();
        exponent = Scaling.Exponent<T>(columns);
        Scaling.Apply<T>(columns, exponent);
        int r = Math.Min(m, n);
        diagonal = new T[r];
        taus = new T[r];
        order = new int[n];
        for (int j = 0; j < n; j++) order[j] = j;
        fixed (T* a = columns)
        {
            if (pivoting) FactorPivoted(a);
            else Factor(a);
        }
    }

    /// <summary>The factor with orthonormal columns, m x min(m, n).</summary>
    public NDArray<T> Q => FormQ(Math.Min(m, n));

    /// <summary>The whole orthogonal matrix, m x m, of which <see cref="Q"/> is the first columns.</summary>
    public NDArray<T> FullQ => FormQ(m);

    /// <summary>The upper triangular factor, min(m, n) x n.</summary>
    public NDArray<T> R
    {
        get
        {
            int r = Math.Min(m, n);
            NDArray<T> R = NDArray<T>.Zeros(r, n);
            for (int j = 0; j < n; j++)
            {
                for (int i = 0; i < Math.Min(j, r); i++) R[i, j] = T.ScaleB(columns[(long)j * m + i], -exponent);
                if (j < r) R[j, j] = T.ScaleB(diagonal[j], -exponent);
            }
            return R;
        }
    }

    /// <summary>The order of the columns: column j of Q R is column <c>ColumnOrder[j]</c> of A.</summary>
    public ReadOnlySpan<int> ColumnOrder => order;

    /// <summary>The number of diagonal entries of R that exceed max(m, n) times the precision times the largest; the rank of A when the columns were pivoted.</summary>
    public int Rank
    {
        get
        {
            T largest = T.Zero;
            foreach (T entry in diagonal) largest = T.Max(largest, T.Abs(entry));
            T tolerance = largest * T.CreateChecked(Math.Max(m, n)) * Precision<T>.Epsilon;
            int rank = 0;
            foreach (T entry in diagonal)
                if (T.Abs(entry) > tolerance) rank++;
            return rank;
        }
    }

    /// <summary>The X that minimises the Euclidean norm of each column of A X - B, for A of full column rank.</summary>
    /// <param name="B">A vector of m or a matrix of m x k.</param>
    /// <exception cref="ShapeException">A has more columns than rows, or B does not fit.</exception>
    /// <exception cref="SingularMatrixException">A diagonal entry of R is 0: the columns of A are linearly dependent.</exception>
    public NDArray<T> Solve(NDArray<T> B)
    {
        ArgumentNullException.ThrowIfNull(B);
        if (m < n) throw new ShapeException($"Least squares by QR needs at least as many rows as columns, but the matrix is {m} x {n}.");
        if (B.Order is not (1 or 2) || B.Shape[0] != m)
            throw new ShapeException($"The right side of a system with a {m} x {n} matrix must have {m} rows, but it is {Shape.Text(B.Shape)}.");
        for (int k = 0; k < n; k++)
            if (diagonal[k] == T.Zero) throw new SingularMatrixException($"The columns of the {m} x {n} matrix are linearly dependent: entry {k + 1} of the diagonal of R is 0.");
        int width = B.Order == 2 ? B.Shape[1] : 1;
        T[] x = new T[n * width], b = new T[m];
        NDArray<T> matrix = B.Order == 2 ? B : B.Reshape(m, 1);
        fixed (T* a = columns, p = b)
        {
            for (int c = 0; c < width; c++)
            {
                for (int i = 0; i < m; i++) b[i] = matrix[i, c];
                for (int k = 0; k < n; k++) ApplyToColumn(a, k, p);
                for (int k = n - 1; k >= 0; k--)
                {
                    T value = b[k] / diagonal[k];
                    x[order[k] * width + c] = T.ScaleB(value, exponent);
                    Vectors.Axpy(-value, a + (long)k * m, p, k);
                }
            }
        }
        return new NDArray<T>(x, B.Order == 2 ? [n, width] : [n]);
    }

    /// <summary>The largest over the smallest diagonal entry of R in absolute value: a rough condition number when the columns were pivoted.</summary>
    internal T DiagonalRatio => diagonal.Length == 0 ? T.One : T.Abs(diagonal[0] / diagonal[^1]);

    /// <summary>The solution of dr + A dx = f, A'dr = g, for a matrix of full column rank.</summary>
    internal (T[] Dr, T[] Dx) SolveAugmented(T[] f, T[] g)
    {
        T[] d = (T[])f.Clone(), h = new T[n], dx = new T[n];
        T scale = T.ScaleB(T.One, exponent);
        fixed (T* a = columns, pd = d, ph = h)
        {
            for (int k = 0; k < n; k++) ApplyToColumn(a, k, pd);
            for (int j = 0; j < n; j++) ph[j] = (g[order[j]] * scale - Vectors.Dot(a + (long)j * m, ph, j)) / diagonal[j];
            for (int j = n - 1; j >= 0; j--)
            {
                T value = d[j] - h[j];
                for (int k = j + 1; k < n; k++) value -= a[(long)k * m + j] * dx[order[k]];
                dx[order[j]] = value / diagonal[j];
            }
            h.CopyTo(d, 0);
            for (int k = n - 1; k >= 0; k--) ApplyToColumn(a, k, pd);
        }
        for (int j = 0; j < n; j++) dx[j] *= scale;
        return (d, dx);
    }

    /// <summary>Factors by blocks of columns: each block by itself, in parts of as many columns as one reflector after the other is fast for, then all columns behind it at once.</summary>
    private void Factor(T* a)
    {
        int r = diagonal.Length, width = BlockReflector<T>.WidthFor(m), half = BlockReflector<T>.Width;
        for (int first = 0; first < r; first += width)
        {
            int end = Math.Min(first + width, r);
            for (int k = first; k < end; k += half)
            {
                FactorColumns(a, k, Math.Min(k + half, end));
                if (k + half < end) Apply(a, k, k + half, end);
            }
            Apply(a, first, end, n);
        }
    }

    private void FactorColumns(T* a, int first, int end)
    {
        T* products = stackalloc T[BlockReflector<T>.Width];
        for (int k = first; k < end; k++)
        {
            (taus[k], diagonal[k]) = Reflector.Make(a + (long)k * m + k, m - k);
            T* v = a + (long)k * (m + 1), next = v + m;
            int others = end - k - 1;
            MatrixVector<T>.OfThread.Multiply(others, m - k, -taus[k], next, m, 1, v, 1, products, 1, adds: false);
            for (int j = 0; j < others; j++) Vectors.Axpy(products[j], v, next + (long)j * m, m - k);
        }
    }

    /// <summary>Applies the reflectors from <paramref name="first"/> to <paramref name="end"/> to the columns behind them, up to <paramref name="last"/>.</summary>
    private void Apply(T* a, int first, int end, int last)
    {
        if (end == last) return;
        T* corner = a + (long)first * m + first;
        new BlockReflector<T>(corner, m, m - first, end - first, taus.AsSpan(first, end - first)).ApplyRight(a + (long)end * m + first, m, last - end, transposed: false);
    }

    private void FactorPivoted(T* a)
    {
        T[] norms = new T[n], references = new T[n];
        for (int j = 0; j < n; j++) norms[j] = references[j] = Vectors.Norm2(a + (long)j * m, m);
        for (int k = 0; k < diagonal.Length; k++)
        {
            Exchange(a, k, norms, references);
            (taus[k], diagonal[k]) = Reflector.Make(a + (long)k * m + k, m - k);
            for (int j = k + 1; j < n; j++)
            {
                ApplyToColumn(a, k, a + (long)j * m);
                if (norms[j] == T.Zero) continue;
                T* column = a + (long)j * m + k;
                T ratio = T.Abs(column[0]) / norms[j];
                T left = T.Max(T.Zero, (T.One - ratio) * (T.One + ratio)), quotient = norms[j] / references[j];
                if (left * quotient * quotient <= T.Sqrt(Precision<T>.Epsilon)) norms[j] = references[j] = Vectors.Norm2(column + 1, m - k - 1);
                else norms[j] *= T.Sqrt(left);
            }
        }
    }

    private void Exchange(T* a, int k, T[] norms, T[] references)
    {
        int p = k;
        for (int j = k + 1; j < n; j++)
            if (norms[j] > norms[p]) p = j;
        if (p == k) return;
        Vectors.Swap(a + (long)k * m, a + (long)p * m, m);
        (order[k], order[p]) = (order[p], order[k]);
        norms[p] = norms[k];
        references[p] = references[k];
    }

    private void ApplyToColumn(T* a, int k, T* column)
    {
        T* v = a + (long)k * m + k;
        if (taus[k] != T.Zero) Vectors.Axpy(-taus[k] * Vectors.Dot(v, column + k, m - k), v, column + k, m - k);
    }

    private NDArray<T> FormQ(int count)
    {
        T[] rows = LargePages.Zeros<T>(checked(count * m));
        fixed (T* a = columns, q = rows) BlockReflector<T>.Accumulate(a, m, m, taus, q, m, count);
        return new NDArray<T>(Transposition.Of(rows, count, m), [m, count]);
    }
}
