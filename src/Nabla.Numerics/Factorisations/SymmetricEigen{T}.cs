using System.Numerics;

namespace Nabla.Numerics;

/// <summary>The eigenvalues and eigenvectors of a symmetric matrix: A V = V diag(w), w ascending, V orthogonal.</summary>
/// <remarks>
/// Householder tridiagonalisation and, for the values alone, the implicit QL iteration: Wilkinson and Reinsch (1971), Handbook for Automatic Computation, II/2 and II/4;
/// with vectors that iteration up to n = 32 and divide and conquer beyond: Cuppen (1981), Gu and Eisenstat (1995).
/// </remarks>
/// <typeparam name="T">The type of the entries.</typeparam>
public sealed unsafe class SymmetricEigen<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int n;
    private readonly T[] values;
    private readonly T[] vectors;

    /// <summary>Factors a matrix.</summary>
    /// <param name="A">A symmetric n x n matrix; its symmetric part is factored.</param>
    /// <param name="withVectors">Whether the eigenvectors are wanted too.</param>
    /// <exception cref="ShapeException">The matrix is not square.</exception>
    /// <exception cref="ArgumentException">The matrix differs from its transpose by more than rounding.</exception>
    /// <exception cref="NotFiniteNumberException">An entry is infinite or not a number.</exception>
    /// <exception cref="ConvergenceException">The iteration reached its cap of 60 n steps.</exception>
    public SymmetricEigen(NDArray<T> A, bool withVectors = true)
    {
        T[] a = Symmetry.SymmetricPart(A);
        n = A.Rows;
        int exponent = Scaling.Exponent<T>(a);
        Scaling.Apply<T>(a, exponent);
        values = new T[n];
        vectors = withVectors ? LargePages.Uninitialised<T>(n * n) : [];
        fixed (T* p = a, d = values)
        {
            if (typeof(T) == typeof(double) && OpenBlas.TrySymmetricEigen(n, (double*)p, (double*)d, withVectors))
            {
                if (withVectors) vectors = a;
            }
            else Compute(p, d, withVectors);
        }
        Scaling.Apply<T>(values, -exponent);
    }

    /// <summary>The eigenvalues in ascending order, a vector of n.</summary>
    public NDArray<T> Values => NDArray<T>.FromSpan(values);

    /// <summary>The orthonormal eigenvectors, the columns of an n x n matrix, in the order of the values.</summary>
    /// <exception cref="InvalidOperationException">The factorisation was made without vectors.</exception>
    public NDArray<T> Vectors => vectors.Length == n * n
        ? new NDArray<T>(Transposition.Of(vectors, n, n), [n, n])
        : throw new InvalidOperationException("The eigenvectors were not asked for.");

    private void Compute(T* a, T* d, bool withVectors)
    {
        if (withVectors && n <= SmallSymmetricEigen.LargestOrder && Vector<T>.IsSupported)
        {
            fixed (T* v = vectors) SmallSymmetricEigen.Find(n, a, d, v);
            return;
        }
        T[] offDiagonal = new T[n], taus = new T[n];
        fixed (T* e = offDiagonal)
        {
            Tridiagonal.Reduce(a, n, d, e, taus);
            if (!withVectors)
            {
                ComputeValues(d, e);
                return;
            }
            T[] unsorted = LargePages.Zeros<T>(n * n);
            fixed (T* z = unsorted, sorted = vectors)
            {
                TridiagonalDivideAndConquer<T>.Solve(n, d, e, z);
                int[] order = new int[n];
                for (int i = 0; i < n; i++) order[i] = i;
                Array.Sort(values, order);
                for (int i = 0; i < n; i++) unsorted.AsSpan(order[i] * n, n).CopyTo(vectors.AsSpan(i * n));
                if (n > 1) BlockReflector<T>.ApplyAll(a + 1, n, n - 1, taus.AsSpan(0, n - 1), sorted + 1, n, n);
            }
        }
    }

    private void ComputeValues(T* d, T* e)
    {
        T[] diagonal = [.. values], products = new T[n];
        fixed (T* squares = products)
        {
            for (int i = 0; i < n - 1; i++) squares[i] = e[i] * e[i];
            if (!RootFreeIteration.TryFind(n, d, squares))
            {
                diagonal.CopyTo(values, 0);
                Tridiagonal.Iterate(n, d, e, new RotationBatch<T>(null, 0, 0));
            }
        }
        Array.Sort(values);
    }
}
