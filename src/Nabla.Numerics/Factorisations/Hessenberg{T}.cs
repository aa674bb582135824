using System.Numerics;

namespace Nabla.Numerics;

/// <summary>The Hessenberg decomposition: A = Q H Q', Q orthogonal, H with zeros below the first diagonal under the main one.</summary>
/// <remarks>Householder reflectors (Householder 1958): the first step towards eigenvalues, and by itself a form in which (A - λ I) x = b costs n² operations for each λ. For a symmetric A, H is tridiagonal up to rounding.</remarks>
/// <typeparam name="T">The type of the entries.</typeparam>
public sealed unsafe class Hessenberg<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int n;
    private readonly T[] form;
    private readonly T[] vectors;

    /// <summary>Factors a matrix.</summary>
    /// <param name="A">A square matrix.</param>
    /// <exception cref="ShapeException">The matrix is not square.</exception>
    /// <exception cref="NotFiniteNumberException">An entry is infinite or not a number.</exception>
    public Hessenberg(NDArray<T> A)
    {
        ArgumentNullException.ThrowIfNull(A);
        A.MustBeSquare().MustBeFinite();
        n = A.Rows;
        form = A.ToArray();
        vectors = LargePages.Zeros<T>(n * n);
        int exponent = Scaling.Exponent<T>(form);
        Scaling.Apply<T>(form, exponent);
        fixed (T* h = form, z = vectors) Hessenberg.Reduce(h, n, z);
        for (int i = 2; i < n; i++) form.AsSpan(i * n, i - 1).Clear();
        Scaling.Apply<T>(form, -exponent);
    }

    /// <summary>The orthogonal factor, n x n.</summary>
    public NDArray<T> Q => new(Transposition.Of(vectors, n, n), [n, n]);

    /// <summary>The Hessenberg factor, n x n.</summary>
    public NDArray<T> H => new((T[])form.Clone(), [n, n]);
}
