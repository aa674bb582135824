using System.Numerics;

namespace Nabla.Numerics;

/// <summary>The real Schur decomposition: A = Z S Z', Z orthogonal, S upper quasi-triangular.</summary>
/// <remarks>
/// A diagonal block of S of order 1 is a real eigenvalue; one of order 2 has equal diagonal entries and off-diagonal entries of opposite signs, and is a pair of complex eigenvalues.
/// Householder reduction to Hessenberg form and the double-shift QR iteration of Francis (1961), above n = 60 the multishift iteration with aggressive early deflation of Braman, Byers and Mathias (2002).
/// </remarks>
/// <typeparam name="T">The type of the entries.</typeparam>
public sealed unsafe class Schur<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int n;
    private readonly T[] form;
    private readonly T[] vectors;

    /// <summary>Factors a matrix.</summary>
    /// <param name="A">A square matrix.</param>
    /// <exception cref="ShapeException">The matrix is not square.</exception>
    /// <exception cref="NotFiniteNumberException">An entry is infinite or not a number.</exception>
    /// <exception cref="ConvergenceException">The iteration reached its cap of 300 steps without an eigenvalue found.</exception>
    public Schur(NDArray<T> A)
    {
        ArgumentNullException.ThrowIfNull(A);
        A.MustBeSquare().MustBeFinite();
        n = A.Rows;
        form = A.ToArray();
        vectors = LargePages.Zeros<T>(n * n);
        RealParts = new T[n];
        ImaginaryParts = new T[n];
        int exponent = Scaling.Exponent<T>(form);
        Scaling.Apply<T>(form, exponent);
        fixed (T* h = form, z = vectors)
        {
            Hessenberg.Reduce(h, n, z);
            MultishiftIteration<T>.Iterate(h, n, z, true, RealParts, ImaginaryParts);
        }
        Scaling.Apply<T>(form, -exponent);
        Scaling.Apply<T>(RealParts, -exponent);
        Scaling.Apply<T>(ImaginaryParts, -exponent);
    }

    /// <summary>The quasi-triangular factor, n x n.</summary>
    public NDArray<T> S => new((T[])form.Clone(), [n, n]);

    /// <summary>The orthogonal factor, n x n.</summary>
    public NDArray<T> Z => new(Transposition.Of(vectors, n, n), [n, n]);

    internal T[] RealParts { get; }

    internal T[] ImaginaryParts { get; }
}
