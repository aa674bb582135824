using System.Numerics;

namespace Nabla.Numerics;

/// <summary>The eigenvalues and right eigenvectors of a square matrix: A V = V diag(w), complex where they must be.</summary>
/// <remarks>
/// Balancing: Parlett and Reinsch (1969) with the norms of James, Langou and Lowery (2014); Householder reduction to Hessenberg form; the double-shift QR iteration of Francis (1961);
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
    /// <exception cref="ConvergenceException">The iteration reached its cap of 300 steps for one eigenvalue.</exception>
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
        vectors = new T[withVectors ? (long)n * n : 0];
        Compute((T[])a.Clone(), balanced: true);
        if (withVectors && !IsBackwardStable(a)) Compute(a, balanced: false);
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

    private void Compute(T[] form, bool balanced)
    {
        bool withVectors = vectors.Length > 0;
        int[] scales = balanced ? Balance(form, n) : new int[n];
        T[] zt = new T[vectors.Length];
        fixed (T* h = form, z = zt, v = vectors)
        {
            FrancisIteration.Hessenberg(h, n, withVectors ? z : null);
            FrancisIteration.Iterate(h, n, withVectors ? z : null, withVectors, re, im);
            if (!withVectors) return;
            T[] x = QuasiTriangularVectors.Of(h, n, re, im);
            fixed (T* px = x) Gemm.Set(n, n, n, T.One, z, 1, n, px, n, 1, v, n);
        }
        Normalise(scales);
    }

    /// <summary>Whether A V - V diag(w) is small beside A. Balancing helps nearly always, but it can spoil the vectors of badly scaled matrices: Watkins (2006), A case where balancing is harmful.</summary>
    private bool IsBackwardStable(T[] a)
    {
        T[] residual = new T[vectors.Length];
        fixed (T* pa = a, v = vectors, r = residual) Gemm.Set(n, n, n, T.One, pa, n, 1, v, n, 1, r, n);
        T bound = Precision<T>.Number(100) * T.CreateChecked(n) * Precision<T>.Epsilon * Reductions.Norm2<T>(a);
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < n; k++)
            {
                T x = vectors[i * n + k], y = im[k] > T.Zero ? -vectors[i * n + k + 1] : im[k] < T.Zero ? vectors[i * n + k - 1] : T.Zero;
                T right = re[k] * x + (im[k] < T.Zero ? -im[k] : im[k]) * y;
                if (!(T.Abs(residual[i * n + k] - right) <= bound)) return false;
            }
        }
        return true;
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
        T almost = Precision<T>.Number(0.95);
        int limit = T.ILogB(T.BitDecrement(T.PositiveInfinity)) / 5;
        bool changed = true;
        for (int pass = 0; changed && pass < 100; pass++)
        {
            changed = false;
            for (int i = 0; i < n; i++)
            {
                T c = T.Zero, r = T.Zero;
                for (int j = 0; j < n; j++)
                {
                    c = T.Hypot(c, a[j * n + i]);
                    r = T.Hypot(r, a[i * n + j]);
                }
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

    private void Normalise(int[] scales)
    {
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++) vectors[i * n + j] = T.ScaleB(vectors[i * n + j], scales[i]);
        for (int k = 0; k < n; k++)
        {
            bool pair = im[k] > T.Zero;
            T norm = T.Zero;
            for (int i = 0; i < n; i++)
            {
                norm = T.Hypot(norm, vectors[i * n + k]);
                if (pair) norm = T.Hypot(norm, vectors[i * n + k + 1]);
            }
            if (norm == T.Zero) continue;
            for (int i = 0; i < n; i++)
            {
                vectors[i * n + k] /= norm;
                if (pair) vectors[i * n + k + 1] /= norm;
            }
            if (pair) k++;
        }
    }
}
