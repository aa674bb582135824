using System.Numerics;

namespace Nabla.Numerics;

/// <summary>The Cholesky factorisation of a symmetric positive definite matrix: A = L L', L lower triangular with a positive diagonal.</summary>
/// <remarks>Recursive, so that most of the work is a matrix product: Gustavson (1997), Recursion leads to automatic variable blocking.</remarks>
/// <typeparam name="T">The type of the entries.</typeparam>
public sealed unsafe class Cholesky<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Leaf = 32;
    private readonly int n;
    private readonly T[] factor;

    /// <summary>Factors a matrix.</summary>
    /// <param name="A">A symmetric positive definite n x n matrix; its symmetric part is factored.</param>
    /// <exception cref="ShapeException">The matrix is not square.</exception>
    /// <exception cref="ArgumentException">The matrix differs from its transpose by more than rounding.</exception>
    /// <exception cref="NotFiniteNumberException">An entry is infinite or not a number.</exception>
    /// <exception cref="NotPositiveDefiniteException">The matrix is not positive definite.</exception>
    public Cholesky(NDArray<T> A)
    {
        factor = Symmetry.SymmetricPart(A);
        n = A.Rows;
        int failed;
        fixed (T* a = factor) failed = Factor(a, n, n, 0);
        if (failed >= 0)
            throw new NotPositiveDefiniteException($"The {n} x {n} matrix must be positive definite, but its leading minor of order {failed + 1} is not positive.");
        for (int i = 0; i < n; i++) factor.AsSpan(i * n, i).Clear();
    }

    /// <summary>The lower triangular factor, n x n.</summary>
    public NDArray<T> L => new(Transposition.Of(factor, n, n), [n, n]);

    /// <summary>The determinant: the product of the squares of the diagonal of L.</summary>
    public T Determinant
    {
        get
        {
            T product = T.One;
            for (int i = 0; i < n; i++) product *= factor[i * (n + 1)] * factor[i * (n + 1)];
            return product;
        }
    }

    /// <summary>The logarithm of the determinant.</summary>
    public T LogDeterminant
    {
        get
        {
            T sum = T.Zero;
            for (int i = 0; i < n; i++) sum += T.Log(factor[i * (n + 1)]);
            return sum + sum;
        }
    }

    /// <summary>The solution X of A X = B.</summary>
    /// <param name="B">A vector of n or a matrix of n x k.</param>
    /// <param name="X">The array that takes the solution, of the shape of B; a new one when null. It may be B.</param>
    /// <exception cref="ShapeException">B or X does not fit.</exception>
    public NDArray<T> Solve(NDArray<T> B, NDArray<T>? X = null)
    {
        int columns = LinearAlgebra.RightSides(B, n, n);
        NDArray<T> result = X is null ? NDArray<T>.Uninitialised(B.Shape.ToArray()) : LinearAlgebra.MustTake(X, B);
        bool direct = result.IsContiguous;
        T[] work = direct ? result.Data : new T[n * columns];
        int start = direct ? result.Offset : 0;
        if (!ReferenceEquals(B, result) || !direct) Strided.Copy(direct && B.Shares(result) ? B.Copy() : B, work.AsSpan(start, n * columns));
        fixed (T* u = factor, w = work)
        {
            T* px = w + start;
            Triangular.SolveLeft(true, false, n, u, 1, n, px, columns, columns);
            Triangular.SolveLeft(false, false, n, u, n, 1, px, columns, columns);
        }
        if (!direct) new NDArray<T>(work, result.Shape).CopyTo(result);
        return result;
    }

    /// <summary>The inverse of A.</summary>
    public NDArray<T> Inverse()
    {
        var inverse = NDArray<T>.Uninitialised([n, n]);
        fixed (T* u = factor, x = inverse.Data) DefiniteInverse.Run(n, u, x);
        return inverse;
    }

    /// <summary>The upper triangle of a becomes L', row by row; returns the first row without a positive pivot, or -1.</summary>
    internal static int Factor(T* a, int n, nint stride, int first)
    {
        if (n > Leaf)
        {
            int h = (n / 2 + Leaf - 1) / Leaf * Leaf;
            int failed = Factor(a, h, stride, first);
            if (failed >= 0) return failed;
            T* right = a + h, corner = right + h * stride;
            Triangular.SolveLeft(true, false, h, a, 1, stride, right, stride, n - h);
            Gemm.AddUpper(n - h, h, -T.One, right, 1, stride, right, stride, 1, corner, stride);
            return Factor(corner, n - h, stride, first + h);
        }
        for (int j = 0; j < n; j++)
        {
            T* row = a + j * stride + j;
            Vectors.AddCombination(-T.One, a + j, stride, a + j, stride, j, row, n - j);
            if (!(row[0] > T.Zero)) return first + j;
            T root = T.Sqrt(row[0]);
            row[0] = root;
            Vectors.Divide(root, row + 1, n - j - 1);
        }
        return -1;
    }
}
