using System.Numerics;

namespace Nabla.Numerics;

/// <summary>The eigenvalues and right eigenvectors of a square matrix: A V = V diag(w), complex where they must be.</summary>
/// <remarks>
/// Balancing: Parlett and Reinsch (1969) with the norms of James, Langou and Lowery (2014); Householder reduction to Hessenberg form; the double-shift QR iteration of Francis (1961), above n = 60 the multishift iteration with aggressive early deflation of Braman, Byers and Mathias (2002);
/// eigenvectors by back substitution. Where balancing spoils the residual, the work is done again without it. Every eigenvector has Euclidean norm 1. A defective matrix has fewer independent eigenvectors than columns: some of V are then nearly parallel.
/// </remarks>
/// <typeparam name="T">The type of the entries.</typeparam>
public sealed unsafe class Eigen<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int n;
    private readonly T[] re;
    private readonly T[] im;
    private readonly T[] vectors;

    /// <summary>Factors a matrix.</summary>
    /// <param name="A">A square matrix.</param>
    /// <param name="withVectors">Whether the eigenvectors are wanted too.</param>
    /// <exception cref="ShapeException">The matrix is not square.</exception>
    /// <exception cref="NotFiniteNumberException">An entry is infinite or not a number.</exception>
    /// <exception cref="ConvergenceException">The iteration reached its cap of 300 steps without an eigenvalue found.</exception>
    public Eigen(NDArray<T> A, bool withVectors = true)
    {
        ArgumentNullException.ThrowIfNull(A);
        A.MustBeSquare().MustBeFinite();
        n = A.Rows;
        T[] a = A.ToArray();
        int exponent = Scaling.Exponent<T>(a);
        Scaling.Apply<T>(a, exponent);
        re = new T[n];
        im = new T[n];
        T[] rows = LargePages.Zeros<T>(withVectors ? n * n : 0);
        Compute((T[])a.Clone(), rows, balanced: true);
        if (withVectors && !IsBackwardStable(a, rows)) Compute(a, rows, balanced: false);
        vectors = withVectors ? Transposition.Of(rows, n, n) : [];
        Scaling.Apply<T>(re, -exponent);
        Scaling.Apply<T>(im, -exponent);
    }

    /// <summary>Whether all eigenvalues are real.</summary>
    public bool IsReal => Array.TrueForAll(im, T.IsZero);

    /// <summary>The real parts of the eigenvalues, a vector of n.</summary>
    public NDArray<T> RealParts => NDArray<T>.FromSpan(re);

    /// <summary>The imaginary parts of the eigenvalues, a vector of n. Conjugate pairs stand side by side, the one with the positive part first.</summary>
    public NDArray<T> ImaginaryParts => NDArray<T>.FromSpan(im);

    /// <summary>The eigenvalues as complex numbers.</summary>
    public Complex[] Values
    {
        get
        {
            var values = new Complex[n];
            for (int k = 0; k < n; k++) values[k] = new Complex(double.CreateTruncating(re[k]), double.CreateTruncating(im[k]));
            return values;
        }
    }

    /// <summary>The real parts of the eigenvectors, the columns of an n x n matrix.</summary>
    /// <exception cref="InvalidOperationException">The factorisation was made without vectors.</exception>
    public NDArray<T> VectorRealParts => Part((j, k) => im[k] < T.Zero ? vectors[j * n + k - 1] : vectors[j * n + k]);

    /// <summary>The imaginary parts of the eigenvectors, the columns of an n x n matrix; zero for real eigenvalues.</summary>
    /// <exception cref="InvalidOperationException">The factorisation was made without vectors.</exception>
    public NDArray<T> VectorImaginaryParts => Part((j, k) => im[k] == T.Zero ? T.Zero : im[k] > T.Zero ? vectors[j * n + k + 1] : -vectors[j * n + k]);

    /// <summary>The eigenvectors as complex numbers, the columns of an n x n matrix.</summary>
    /// <exception cref="InvalidOperationException">The factorisation was made without vectors.</exception>
    public Complex[,] Vectors
    {
        get
        {
            NDArray<T> real = VectorRealParts, imaginary = VectorImaginaryParts;
            var result = new Complex[n, n];
            for (int i = 0; i < n; i++)
                for (int j = 0; j < n; j++) result[i, j] = new Complex(double.CreateTruncating(real[i, j]), double.CreateTruncating(imaginary[i, j]));
            return result;
        }
    }

    private void Compute(T[] form, T[] rows, bool balanced)
    {
        bool withVectors = rows.Length > 0;
        int[] scales = balanced ? Balance(form, n) : new int[n];
        T[] zt = LargePages.Zeros<T>(rows.Length);
        fixed (T* h = form, z = zt, v = rows)
        {
            Hessenberg.Reduce(h, n, withVectors ? z : null);
            MultishiftIteration<T>.Iterate(h, n, withVectors ? z : null, withVectors, re, im);
            if (!withVectors) return;
            T[] x = QuasiTriangularVectors.Of(h, n, re, im);

            // Row k of x has no entries behind the diagonal but those of a pair.
            const int Block = 128;
            fixed (T* px = x)
                for (int k = 0; k < n; k += Block) Gemm.Set(Math.Min(Block, n - k), n, Math.Min(n, k + Block + 1), T.One, px + (nint)k * n, n, 1, z, n, 1, v + (nint)k * n, n);
        }
        Normalise(rows, scales);
    }

    /// <summary>Whether A V - V diag(w) is small beside A. Balancing helps nearly always, but it can spoil the vectors of badly scaled matrices: Watkins (2006), A case where balancing is harmful.</summary>
    private bool IsBackwardStable(T[] a, T[] rows)
    {
        T[] residual = LargePages.Uninitialised<T>(rows.Length);
        T bound = Precision<T>.Number(5) * T.CreateChecked(n) * Precision<T>.Epsilon * Reductions.Norm2<T>(a);
        fixed (T* pa = a, v = rows, r = residual)
        {
            Gemm.Set(n, n, n, T.One, v, n, 1, pa, 1, n, r, n);
            for (int k = 0; k < n; k++)
            {
                // The real part of w v is re x - im y, the imaginary part re y + im x; both belong to the eigenvalue with the positive part.
                T* own = r + (nint)k * n, x = v + (nint)k * n;
                Numerics.Vectors.Axpy(-re[k], x, own, n);
                if (im[k] > T.Zero) Numerics.Vectors.Axpy(im[k], x + n, own, n);
                else if (im[k] < T.Zero) Numerics.Vectors.Axpy(im[k], x - n, own, n);
            }
            return Reductions.Norm2<T>(residual) <= bound;
        }
    }

    private NDArray<T> Part(Func<int, int, T> entry)
    {
        if (vectors.Length != n * n) throw new InvalidOperationException("The eigenvectors were not asked for.");
        NDArray<T> result = NDArray<T>.Zeros(n, n);
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++) result[i, j] = entry(i, j);
        return result;
    }

    /// <summary>Scales rows and columns by powers of two so that they have similar norms.</summary>
    private static int[] Balance(T[] a, int n)
    {
        int[] scales = new int[n];
        T[] column = new T[n];
        T almost = Precision<T>.Number(0.95);
        int limit = T.ILogB(T.BitDecrement(T.PositiveInfinity)) / 5;
        bool changed = true;
        for (int pass = 0; changed && pass < 100; pass++)
        {
            changed = false;
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++) column[j] = a[j * n + i];
                T c = Reductions.Norm2<T>(column), r = Reductions.Norm2<T>(a.AsSpan(i * n, n));
                if (c == T.Zero || r == T.Zero) continue;
                int exponent = (int)Math.Round((T.ILogB(r) - T.ILogB(c)) / 2.0, MidpointRounding.ToZero);
                if (exponent == 0 || T.Hypot(T.ScaleB(c, exponent), T.ScaleB(r, -exponent)) >= almost * T.Hypot(c, r)) continue;
                if (Math.Abs(scales[i] + exponent) > limit) continue;
                scales[i] += exponent;
                changed = true;
                for (int j = 0; j < n; j++) a[i * n + j] = T.ScaleB(a[i * n + j], -exponent);
                for (int j = 0; j < n; j++) a[j * n + i] = T.ScaleB(a[j * n + i], exponent);
            }
        }
        return scales;
    }

    private void Normalise(T[] rows, int[] scales)
    {
        if (Array.Exists(scales, static e => e != 0))
            for (int k = 0; k < n; k++)
                for (int j = 0; j < n; j++) rows[k * n + j] = T.ScaleB(rows[k * n + j], scales[j]);
        for (int k = 0; k < n; k++)
        {
            Span<T> vector = rows.AsSpan(k * n, im[k] > T.Zero ? 2 * n : n);
            T norm = Reductions.Norm2<T>(vector);
            if (norm > T.Zero)
                fixed (T* v = vector) Numerics.Vectors.Divide(norm, v, vector.Length);
            if (im[k] > T.Zero) k++;
        }
    }
}
