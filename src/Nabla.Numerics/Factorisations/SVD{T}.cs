using System.Numerics;

namespace Nabla.Numerics;

/// <summary>The singular value decomposition: A = U diag(s) V'.</summary>
/// <remarks>
/// For an m x n matrix and r = min(m, n), thin: U is m x r, s a vector of r, V is n x r; full: U is m x m and V is n x n. The values fall and are not negative.
/// Golub and Kahan (1965), bidiagonalisation; with vectors then divide and conquer, Gu and Eisenstat (1995); for the values alone Demmel and Kahan (1990), accurate singular values of bidiagonal matrices.
/// </remarks>
/// <typeparam name="T">The type of the entries.</typeparam>
public sealed unsafe class SVD<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int m;
    private readonly int n;
    private readonly T[] values;
    private readonly T[] left;
    private readonly T[] right;
    private readonly bool withVectors;

    /// <summary>Factors a matrix.</summary>
    /// <param name="A">A matrix of any shape.</param>
    /// <param name="full">Whether U and V are to be square.</param>
    /// <param name="withVectors">Whether U and V are wanted at all.</param>
    /// <exception cref="ShapeException"><paramref name="A"/> is not a matrix.</exception>
    /// <exception cref="NotFiniteNumberException">An entry is infinite or not a number.</exception>
    /// <exception cref="ConvergenceException">The iteration reached its cap of 60 min(m, n) sweeps.</exception>
    public SVD(NDArray<T> A, bool full = false, bool withVectors = true)
    {
        ArgumentNullException.ThrowIfNull(A);
        A.MustBeMatrix().MustBeFinite();
        (m, n) = (A.Rows, A.Columns);
        this.withVectors = withVectors;
        bool wide = m < n;
        int rows = Math.Max(m, n), r = Math.Min(m, n), tallRows = full ? rows : r;
        if (!full && r > 16 && rows > 1.7 * r)
        {
            // Much taller than wide: the decomposition of R from a QR factorisation has less work (Chan 1982).
            var qr = new QR<T>(wide ? A.Transpose() : A);
            var inner = new SVD<T>(qr.R, withVectors: withVectors);
            values = inner.values;
            T[] tall = withVectors ? NDArray.MatMul(inner.U.Transpose(), qr.Q.Transpose()).Data : [];
            (left, right) = wide ? (inner.right, tall) : (tall, inner.right);
            return;
        }
        T[] a = wide ? A.Transpose().ToArray() : A.ToArray();
        int exponent = Scaling.Exponent<T>(a);
        Scaling.Apply<T>(a, exponent);
        values = new T[r];
        T[] ut = LargePages.Zeros<T>(withVectors ? checked(tallRows * rows) : 0), vt = LargePages.Zeros<T>(withVectors ? r * r : 0);
        fixed (T* pa = a, d = values, u = ut, v = vt)
        {
            bool native = typeof(T) == typeof(double) && tallRows == r && OpenBlas.TrySingularValues(rows, r, (double*)pa, (double*)d, withVectors ? (double*)u : null, withVectors ? (double*)v : null);
            if (!native) Compute(pa, rows, r, d, u, tallRows, v);
        }
        Scaling.Apply<T>(values, -exponent);
        (left, right) = wide ? (vt, ut) : (ut, vt);
    }

    /// <summary>The singular values, falling, a vector of min(m, n).</summary>
    public NDArray<T> S => NDArray<T>.FromSpan(values);

    /// <summary>The left singular vectors, the columns of a matrix of m x min(m, n), or m x m when full.</summary>
    /// <exception cref="InvalidOperationException">The factorisation was made without vectors.</exception>
    public NDArray<T> U => Columns(left, m);

    /// <summary>The right singular vectors, the columns of a matrix of n x min(m, n), or n x n when full.</summary>
    /// <exception cref="InvalidOperationException">The factorisation was made without vectors.</exception>
    public NDArray<T> V => Columns(right, n);

    /// <summary>The number of singular values above max(m, n) times the precision times the largest.</summary>
    public int Rank
    {
        get
        {
            T tolerance = Tolerance;
            int rank = 0;
            while (rank < values.Length && values[rank] > tolerance) rank++;
            return rank;
        }
    }

    /// <summary>The largest singular value over the smallest; infinite for a singular matrix, 1 for an empty one.</summary>
    public T Condition => values.Length == 0 ? T.One : values[^1] == T.Zero ? T.PositiveInfinity : values[0] / values[^1];

    private T Tolerance => values.Length == 0 ? T.Zero : values[0] * T.CreateChecked(Math.Max(m, n)) * Precision<T>.Epsilon;

    /// <summary>The pseudo-inverse of Moore and Penrose, n x m; singular values that count as zero for the rank are left out.</summary>
    /// <exception cref="InvalidOperationException">The factorisation was made without vectors.</exception>
    public NDArray<T> PseudoInverse()
    {
        int rank = Rank;
        NDArray<T> V = this.V.Slice(.., ..rank).Copy();
        for (int i = 0; i < n; i++)
            for (int k = 0; k < rank; k++) V[i, k] /= values[k];
        return NDArray.MatMul(V, U.Slice(.., ..rank).Transpose());
    }

    /// <summary>The X of least Euclidean norm among those that minimise the norm of A X - B, column by column.</summary>
    /// <param name="B">A vector of m or a matrix of m x k.</param>
    /// <exception cref="ShapeException">B does not fit.</exception>
    /// <exception cref="InvalidOperationException">The factorisation was made without vectors.</exception>
    /// <exception cref="NotFiniteNumberException">An entry of B is infinite or not a number.</exception>
    public NDArray<T> Solve(NDArray<T> B)
    {
        ArgumentNullException.ThrowIfNull(B);
        if (B.Order is not (1 or 2) || B.Shape[0] != m)
            throw new ShapeException($"The right side of a system with a {m} x {n} matrix must have {m} rows, but it is {Shape.Text(B.Shape)}.");
        B.MustBeFinite();
        int rank = Rank;
        NDArray<T> C = NDArray.MatMul(U.Slice(.., ..rank).Transpose(), B).Reshape(rank, B.Order == 2 ? B.Shape[1] : 1).Copy();
        for (int k = 0; k < rank; k++)
            for (int j = 0; j < C.Columns; j++) C[k, j] /= values[k];
        return NDArray.MatMul(V.Slice(.., ..rank), C).Reshape(B.Order == 2 ? [n, B.Shape[1]] : [n]);
    }

    private NDArray<T> Columns(T[] rows, int length)
    {
        if (!withVectors) throw new InvalidOperationException("The singular vectors were not asked for.");
        int count = length == 0 ? 0 : rows.Length / length;
        return new NDArray<T>(Transposition.Of(rows, count, length), [length, count]);
    }

    private void Compute(T* a, int rows, int columns, T* d, T* ut, int tallRows, T* vt)
    {
        T[] superdiagonal = new T[Math.Max(columns, 1)], reflectors = new T[(long)columns * rows], leftTaus = new T[columns], rightTaus = new T[columns];
        fixed (T* e = superdiagonal, lefts = reflectors)
        {
            Bidiagonal.Reduce(a, rows, columns, d, e, lefts, leftTaus, rightTaus);
            if (!withVectors)
            {
                Bidiagonal.Iterate(columns, d, e, null, 0, null, 0);
                for (int i = 0; i < columns; i++) d[i] = T.Abs(d[i]);
                Array.Sort(values);
                Array.Reverse(values);
                return;
            }
            T[] leftRows = new T[columns * columns], rightRows = new T[columns * columns];
            fixed (T* u = leftRows, v = rightRows) BidiagonalDivideAndConquer<T>.Solve(columns, d, e, u, columns, v, columns);
            int[] order = new int[columns];
            for (int i = 0; i < columns; i++) order[i] = i;
            Array.Sort(values, order);
            Array.Reverse(values);
            for (int i = 0; i < columns; i++)
            {
                int from = order[columns - 1 - i] * columns;
                leftRows.AsSpan(from, columns).CopyTo(new Span<T>(ut + (nint)i * rows, columns));
                rightRows.AsSpan(from, columns).CopyTo(new Span<T>(vt + (nint)i * columns, columns));
            }
            for (int i = columns; i < tallRows; i++) ut[(nint)i * (rows + 1)] = T.One;
            BlockReflector<T>.ApplyAll(lefts, rows, rows, leftTaus, ut, rows, tallRows);
            if (columns > 1) BlockReflector<T>.ApplyAll(a + 1, columns, columns - 1, rightTaus.AsSpan(0, columns - 1), vt + 1, columns, columns);
        }
    }
}
