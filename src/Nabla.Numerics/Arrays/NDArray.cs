using System.Numerics;

namespace Nabla.Numerics;

/// <summary>Creates arrays and forms products of them.</summary>
public static unsafe class NDArray
{
    /// <summary>A vector with a copy of the entries; the target of collection expressions.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="entries">The entries.</param>
    public static NDArray<T> Vector<T>(ReadOnlySpan<T> entries)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => NDArray<T>.FromSpan(entries);

    /// <summary>A matrix with a copy of the entries.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="entries">The entries, row by row.</param>
    public static NDArray<T> Matrix<T>(T[,] entries)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => NDArray<T>.FromArray(entries);

    /// <summary>The square matrix with the given vector on its main diagonal and zeros elsewhere.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="diagonal">A vector.</param>
    /// <exception cref="ShapeException">The array is not a vector.</exception>
    public static NDArray<T> Diagonal<T>(NDArray<T> diagonal)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(diagonal);
        if (diagonal.Order != 1) throw new ShapeException($"The diagonal must be a vector, but it is {Shape.Text(diagonal.Shape)}.");
        int n = diagonal.Shape[0];
        NDArray<T> result = NDArray<T>.Zeros(n, n);
        for (int i = 0; i < n; i++) result[i, i] = diagonal[i];
        return result;
    }

    /// <summary>The matrix product: m x k by k x n, m x k by a vector of k, or a (row) vector of m by m x n; of two vectors the dot product, of order 0.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="A">A matrix or vector.</param>
    /// <param name="B">A matrix or vector.</param>
    /// <exception cref="ShapeException">The inner dimensions differ, or an operand is neither matrix nor vector.</exception>
    public static NDArray<T> MatMul<T>(NDArray<T> A, NDArray<T> B)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(A);
        ArgumentNullException.ThrowIfNull(B);
        if (A.Order is 0 or > 2 || B.Order is 0 or > 2)
            throw new ShapeException($"A matrix product takes matrices and vectors, but the operands are {Shape.Text(A.Shape)} and {Shape.Text(B.Shape)}.");
        if (A.Shape[^1] != B.Shape[0])
            throw new ShapeException($"The inner dimensions of a matrix product must agree, but the operands are {Shape.Text(A.Shape)} and {Shape.Text(B.Shape)}.");
        int m = A.Order == 2 ? A.Shape[0] : 1, k = B.Shape[0], n = B.Order == 2 ? B.Shape[1] : 1;
        int[] shape = [.. A.Shape[..^1], .. B.Shape[1..]];
        if (m == 0 || n == 0 || k == 0) return NDArray<T>.Zeros(shape);
        var C = new NDArray<T>(GC.AllocateUninitializedArray<T>(Shape.Allocatable(shape)), shape);
        fixed (T* a0 = A.Data, b0 = B.Data, c = C.Data)
        {
            T* a = a0 + A.Offset, b = b0 + B.Offset;
            nint aRow = A.Order == 2 ? A.Strides[0] : 0, aColumn = A.Strides[^1], bRow = B.Strides[0], bColumn = B.Order == 2 ? B.Strides[1] : 1;
            if (n == 1) Gemm.Set(n, m, k, T.One, b, bColumn, bRow, a, aColumn, aRow, c, m);
            else Gemm.Set(m, n, k, T.One, a, aRow, aColumn, b, bRow, bColumn, c, n);
        }
        return C;
    }

    /// <summary>The dot product of two vectors: the sum of the products of their entries.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="x">A vector.</param>
    /// <param name="y">A vector of the same length.</param>
    /// <exception cref="ShapeException">The operands are not vectors of the same length.</exception>
    public static T Dot<T>(NDArray<T> x, NDArray<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        if (x.Order != 1 || y.Order != 1 || x.Shape[0] != y.Shape[0])
            throw new ShapeException($"A dot product takes two vectors of the same length, but the operands are {Shape.Text(x.Shape)} and {Shape.Text(y.Shape)}.");
        fixed (T* a = x.AsContiguous().AsSpan(), b = y.AsContiguous().AsSpan()) return Vectors.Dot(a, b, x.Shape[0]);
    }

    /// <summary>The outer product x y': entry (i, j) is x[i] y[j].</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="x">A vector of m.</param>
    /// <param name="y">A vector of n.</param>
    /// <exception cref="ShapeException">The operands are not vectors.</exception>
    public static NDArray<T> Outer<T>(NDArray<T> x, NDArray<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        if (x.Order != 1 || y.Order != 1)
            throw new ShapeException($"An outer product takes two vectors, but the operands are {Shape.Text(x.Shape)} and {Shape.Text(y.Shape)}.");
        int m = x.Shape[0], n = y.Shape[0];
        T[] result = new T[Shape.Allocatable([m, n])];
        T[] row = y.ToArray();
        for (int i = 0; i < m; i++)
        {
            T factor = x[i];
            for (int j = 0; j < n; j++) result[i * n + j] = factor * row[j];
        }
        return new NDArray<T>(result, [m, n]);
    }

    /// <summary>The Kronecker product of an m x n by a p x q matrix, mp x nq: block (i, j) is A[i, j] B.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="A">A matrix.</param>
    /// <param name="B">A matrix.</param>
    /// <exception cref="ShapeException">The operands are not matrices, or the result is too large.</exception>
    public static NDArray<T> Kron<T>(NDArray<T> A, NDArray<T> B)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(A);
        ArgumentNullException.ThrowIfNull(B);
        int m = A.Rows, n = A.Columns, p = B.Rows, q = B.Columns;
        if ((long)m * p > int.MaxValue || (long)n * q > int.MaxValue)
            throw new ShapeException($"The Kronecker product of {Shape.Text(A.Shape)} and {Shape.Text(B.Shape)} is too large.");
        NDArray<T> result = NDArray<T>.Zeros(m * p, n * q);
        T[] b = B.ToArray();
        for (int i = 0; i < m; i++)
            for (int k = 0; k < p; k++)
                for (int j = 0; j < n; j++)
                {
                    T factor = A[i, j];
                    int start = (i * p + k) * n * q + j * q;
                    for (int l = 0; l < q; l++) result.Data[start + l] = factor * b[k * q + l];
                }
        return result;
    }

    /// <summary>The sum of the diagonal entries of a square matrix.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="A">A square matrix.</param>
    /// <exception cref="ShapeException">The matrix is not square.</exception>
    public static T Trace<T>(NDArray<T> A)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(A);
        return A.MustBeSquare().Diagonal().Sum();
    }
}
