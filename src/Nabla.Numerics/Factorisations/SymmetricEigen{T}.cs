using System.Numerics;

namespace Nabla.Numerics;

/// <summary>The eigenvalues and eigenvectors of a symmetric matrix: A V = V diag(w), w ascending, V orthogonal.</summary>
/// <remarks>Householder tridiagonalisation and the implicit QL iteration: Wilkinson and Reinsch (1971), Handbook for Automatic Computation, II/2 and II/4.</remarks>
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
        T[] offDiagonal = new T[n];
        vectors = new T[withVectors ? n * n : 0];
        fixed (T* p = a, d = values, e = offDiagonal, z = vectors)
        {
            if (typeof(T) == typeof(double) && OpenBlas.TrySymmetricEigen(n, (double*)p, (double*)d, withVectors))
            {
                if (withVectors) a.CopyTo(vectors, 0);
            }
            else
            {
                Tridiagonal.Reduce(p, n, d, e, withVectors ? z : null);
                Tridiagonal.Iterate(n, d, e, withVectors ? z : null);
            }
            Sort(z);
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

    private void Sort(T* z)
    {
        for (int i = 0; i < n - 1; i++)
        {
            int least = i;
            for (int j = i + 1; j < n; j++)
                if (values[j] < values[least]) least = j;
            if (least == i) continue;
            (values[i], values[least]) = (values[least], values[i]);
            if (vectors.Length > 0) Numerics.Vectors.Swap(z + (long)i * n, z + (long)least * n, n);
        }
    }
}
