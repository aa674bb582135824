using System.Numerics;

namespace Nabla.Numerics;

public static unsafe partial class NDArray
{
    /// <summary>The matrix product: m x k by k x n, m x k by a vector of k, or a (row) vector of m by m x n; of two vectors the dot product, of order 0.</summary>
    /// <remarks>Into a given result whose rows or columns are contiguous nothing is allocated.</remarks>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="A">A matrix or vector.</param>
    /// <param name="B">A matrix or vector.</param>
    /// <param name="result">The array that takes the product; a new one when null. It must not share entries with an operand.</param>
    /// <exception cref="ShapeException">The inner dimensions differ, an operand is neither matrix nor vector, or the result has another shape than the product.</exception>
    /// <exception cref="ArgumentException">The result shares entries with an operand.</exception>
    public static NDArray<T> MatMul<T>(NDArray<T> A, NDArray<T> B, NDArray<T>? result = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(A);
        ArgumentNullException.ThrowIfNull(B);
        if (A.Order is 0 or > 2 || B.Order is 0 or > 2)
            throw new ShapeException($"A matrix product takes matrices and vectors, but the operands are {Shape.Text(A.Shape)} and {Shape.Text(B.Shape)}.");
        int m = A.Order == 2 ? A.Shape[0] : 1, k = B.Shape[0], n = B.Order == 2 ? B.Shape[1] : 1;
        if (A.Shape[^1] != k)
            throw new ShapeException($"The inner dimensions of a matrix product must agree, but the operands are {Shape.Text(A.Shape)} and {Shape.Text(B.Shape)}.");
        NDArray<T> C = result is null ? NDArray<T>.Uninitialised([.. A.Shape[..^1], .. B.Shape[1..]]) : MustTake(result, A, B, m, n);
        nint cRow = A.Order == 2 ? C.Strides[0] : 0, cColumn = B.Order == 2 ? C.Strides[^1] : 0;
        if (cColumn != 1 && n > 1 && cRow != 1 && m > 1)
        {
            MatMul(A, B).CopyTo(C);
            return C;
        }
        fixed (T* a = A.Data, b = B.Data, c = C.Data)
            Multiply(m, n, k, a + A.Offset, A.Order == 2 ? A.Strides[0] : 0, A.Strides[^1], b + B.Offset, B.Strides[0], B.Order == 2 ? B.Strides[1] : 0, c + C.Offset, cRow, cColumn);
        return C;
    }

    /// <summary>The matrix products of two stacks of matrices: entry by entry of the leading axes, m x k by k x n. A single matrix stands for every one of the other's.</summary>
    /// <remarks>Large stacks are shared out among threads, with the same bits.</remarks>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="A">An array whose last two axes are m x k.</param>
    /// <param name="B">An array whose last two axes are k x n.</param>
    /// <param name="result">The array that takes the products, with contiguous rows; a new one when null. It must not share entries with an operand.</param>
    /// <exception cref="ShapeException">The inner dimensions or the leading axes differ, an operand has order below 2, or the result does not fit.</exception>
    /// <exception cref="ArgumentException">The result shares entries with an operand.</exception>
    public static NDArray<T> BatchedMatMul<T>(NDArray<T> A, NDArray<T> B, NDArray<T>? result = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(A);
        ArgumentNullException.ThrowIfNull(B);
        if (A.Order < 2 || B.Order < 2 || A.Shape[^1] != B.Shape[^2] || (A.Order > 2 && B.Order > 2 && !A.Shape[..^2].SequenceEqual(B.Shape[..^2])))
            throw new ShapeException($"Batched products take stacks of m x k and k x n matrices with equal leading axes, but the operands are {Shape.Text(A.Shape)} and {Shape.Text(B.Shape)}.");
        int m = A.Shape[^2], k = A.Shape[^1], n = B.Shape[^1];
        int[] shape = [.. A.Order > 2 ? A.Shape[..^2] : B.Shape[..^2], m, n];
        NDArray<T> C = result ?? NDArray<T>.Uninitialised(shape);
        if (!C.Shape.SequenceEqual(shape) || (C.Strides[^1] != 1 && n > 1))
            throw new ShapeException($"The result of the batched product must be {Shape.Text(shape)} with contiguous rows, but it is {Shape.Text(C.Shape)} with strides [{string.Join(", ", C.Strides.ToArray())}].");
        if (result is not null) MustBeApart(result, A, B);
        int count = (int)Shape.Count(shape.AsSpan(..^2));
        if (count == 0 || m == 0 || n == 0) return C;
        fixed (T* a0 = A.Data, b0 = B.Data, c0 = C.Data)
        {
            T* a = a0, b = b0, c = c0;
            if (count > 1) Parallelism.ForRanges(count, (long)Math.Min((double)count * m * n * k, long.MaxValue / 2), Products);
            else Products(0, 1);

            void Products(int first, int end)
            {
                for (int item = first; item < end; item++)
                    Multiply(m, n, k, a + A.Place(item), A.Strides[^2], A.Strides[^1], b + B.Place(item), B.Strides[^2], B.Strides[^1], c + C.Place(item), C.Strides[^2], 1);
            }
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
        T[] result = LargePages.Uninitialised<T>(Shape.Allocatable([m, n]));
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

    /// <summary>C = A B, where the rows or the columns of C are contiguous.</summary>
    private static void Multiply<T>(int m, int n, int k, T* A, nint aRow, nint aColumn, T* B, nint bRow, nint bColumn, T* C, nint cRow, nint cColumn)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (n == 1 && (cRow == 1 || m == 1) || (cColumn != 1 && n > 1)) Gemm.Set(n, m, k, T.One, B, bColumn, bRow, A, aColumn, aRow, C, cColumn);
        else Gemm.Set(m, n, k, T.One, A, aRow, aColumn, B, bRow, bColumn, C, cRow);
    }

    private static NDArray<T> MustTake<T>(NDArray<T> result, NDArray<T> A, NDArray<T> B, int m, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool fits = (A.Order, B.Order, result.Order) switch
        {
            (2, 2, 2) => result.Shape[0] == m && result.Shape[1] == n,
            (2, 1, 1) => result.Shape[0] == m,
            (1, 2, 1) => result.Shape[0] == n,
            (1, 1, 0) => true,
            _ => false,
        };
        if (!fits) throw new ShapeException($"The result of the product of {Shape.Text(A.Shape)} and {Shape.Text(B.Shape)} cannot be {Shape.Text(result.Shape)}.");
        MustBeApart(result, A, B);
        return result;
    }

    private static void MustBeApart<T>(NDArray<T> result, NDArray<T> A, NDArray<T> B)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (result.MustBeWritable().Shares(A) || result.Shares(B)) throw new ArgumentException("The result of a product must not share entries with an operand.", nameof(result));
    }
}
