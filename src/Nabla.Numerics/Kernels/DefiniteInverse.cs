using System.Numerics;

namespace Nabla.Numerics;

/// <summary>The inverse of a positive definite matrix from its Cholesky factor, inv(A) = Y'Y with the lower triangle Y = inv(L), by halves, so that most of the work is a matrix product.</summary>
/// <remarks>About n³ operations, where two triangular solutions with the identity need 2 n³. Du Croz and Higham (1992), Stability of methods for matrix inversion, IMA Journal of Numerical Analysis 12.</remarks>
internal static unsafe class DefiniteInverse
{
    private const int Leaf = 32;

    /// <summary>X becomes the inverse, row by row.</summary>
    /// <param name="n">The order.</param>
    /// <param name="factor">The matrix whose upper triangle is L', row by row.</param>
    /// <param name="X">The place of the n x n entries of the result.</param>
    internal static void Run<T>(int n, T* factor, T* X)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < n; i++) new Span<T>(X + (nint)i * n, n).Clear();
        Invert(n, factor, n, X, n);
        Square(n, X, n);
        for (int i = 1; i < n; i++)
            for (int j = 0; j < i; j++) X[(nint)i * n + j] = X[(nint)j * n + i];
    }

    // Y is zero before. From L Y = I: Y11 = inv(L11), Y22 = inv(L22), Y21 = -inv(L22) L21 Y11.
    private static void Invert<T>(int n, T* factor, nint stride, T* Y, nint row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (n <= Leaf)
        {
            for (int i = 0; i < n; i++) Y[i * row + i] = T.One;
            Triangular.SolveLeft(true, false, n, factor, 1, stride, Y, row, n);
            return;
        }
        int h = Half(n);
        T* corner = factor + h * stride + h, below = Y + h * row;
        Invert(h, factor, stride, Y, row);
        Gemm.Add(n - h, h, h, -T.One, factor + h, 1, stride, Y, row, 1, below, row);
        Triangular.SolveLeft(true, false, n - h, corner, 1, stride, below, row, h);
        Invert(n - h, corner, stride, below + h, row);
    }

    // The upper triangle of Y becomes that of Y'Y: C12 = Y21'Y22, C11 = Y11'Y11 + Y21'Y21, C22 = Y22'Y22.
    private static void Square<T>(int n, T* Y, nint row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (n <= Leaf)
        {
            T* sums = stackalloc T[Leaf * Leaf];
            new Span<T>(sums, n * n).Clear();
            for (int k = 0; k < n; k++)
                for (int i = 0; i <= k; i++) Vectors.Axpy(Y[k * row + i], Y + k * row + i, sums + i * n + i, k + 1 - i);
            for (int i = 0; i < n; i++) new Span<T>(sums + i * n + i, n - i).CopyTo(new Span<T>(Y + i * row + i, n - i));
            return;
        }
        int h = Half(n);
        T* below = Y + h * row, corner = below + h;
        Gemm.Add(h, n - h, n - h, T.One, below, 1, row, corner, row, 1, Y + h, row);
        Square(h, Y, row);
        Gemm.AddUpper(h, n - h, T.One, below, 1, row, below, row, 1, Y, row);
        Square(n - h, corner, row);
    }

    private static int Half(int n) => (n / 2 + Leaf - 1) / Leaf * Leaf;
}
