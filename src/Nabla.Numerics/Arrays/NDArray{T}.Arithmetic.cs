using System.Numerics;

namespace Nabla.Numerics;

public sealed partial class NDArray<T>
{
    /// <summary>A scalar as an array of order 0.</summary>
    /// <param name="value">The scalar.</param>
    public static implicit operator NDArray<T>(T value) => Scalar(value);

    /// <summary>The sum, entry by entry; a scalar (order 0) is added to every entry.</summary>
    /// <param name="A">An array.</param>
    /// <param name="B">An array of the same shape, or a scalar.</param>
    /// <exception cref="ShapeException">The shapes differ and neither is a scalar.</exception>
    public static NDArray<T> operator +(NDArray<T> A, NDArray<T> B) => ElementWise.Binary<T, Operations.Add<T>>(A, B, "+");

    /// <summary>The difference, entry by entry; a scalar (order 0) stands for all entries.</summary>
    /// <param name="A">An array.</param>
    /// <param name="B">An array of the same shape, or a scalar.</param>
    /// <exception cref="ShapeException">The shapes differ and neither is a scalar.</exception>
    public static NDArray<T> operator -(NDArray<T> A, NDArray<T> B) => ElementWise.Binary<T, Operations.Subtract<T>>(A, B, "-");

    /// <summary>The Hadamard product, entry by entry; a scalar (order 0) multiplies every entry. For the matrix product see <see cref="NDArray.MatMul{T}(NDArray{T}, NDArray{T}, NDArray{T})"/>.</summary>
    /// <param name="A">An array.</param>
    /// <param name="B">An array of the same shape, or a scalar.</param>
    /// <exception cref="ShapeException">The shapes differ and neither is a scalar.</exception>
    public static NDArray<T> operator *(NDArray<T> A, NDArray<T> B) => ElementWise.Binary<T, Operations.Multiply<T>>(A, B, "*");

    /// <summary>The quotient, entry by entry; a scalar (order 0) stands for all entries.</summary>
    /// <param name="A">An array.</param>
    /// <param name="B">An array of the same shape, or a scalar.</param>
    /// <exception cref="ShapeException">The shapes differ and neither is a scalar.</exception>
    public static NDArray<T> operator /(NDArray<T> A, NDArray<T> B) => ElementWise.Binary<T, Operations.Divide<T>>(A, B, "/");

    /// <summary>The negative of every entry.</summary>
    /// <param name="A">An array.</param>
    public static NDArray<T> operator -(NDArray<T> A) => ElementWise.Unary<T, Operations.Negate<T>>(A);

    /// <summary>The function of every entry.</summary>
    /// <param name="function">The function.</param>
    public NDArray<T> Map(Func<T, T> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        T[] result = ToArray();
        for (int k = 0; k < result.Length; k++) result[k] = function(result[k]);
        return new NDArray<T>(result, shape);
    }

    /// <summary>The function of every pair of entries of two arrays of the same shape; a scalar (order 0) stands for all entries.</summary>
    /// <param name="other">The second operand.</param>
    /// <param name="function">The function.</param>
    /// <exception cref="ShapeException">The shapes differ and neither is a scalar.</exception>
    public NDArray<T> Zip(NDArray<T> other, Func<T, T, T> function)
    {
        ArgumentNullException.ThrowIfNull(other);
        ArgumentNullException.ThrowIfNull(function);
        int[] common = ElementWise.CommonShape(this, other, "Zip");
        T[] a = BroadcastTo(common).ToArray(), b = other.BroadcastTo(common).ToArray();
        for (int k = 0; k < a.Length; k++) a[k] = function(a[k], b[k]);
        return new NDArray<T>(a, common);
    }

    /// <summary>The sum of all entries, by pairwise summation; 0 for an empty array.</summary>
    public T Sum() => Reductions.Sum<T>(AsContiguous().AsSpan());

    /// <summary>The sums along one axis, which the result lacks.</summary>
    /// <param name="axis">The axis: 0 sums down the columns of a matrix, 1 along its rows.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public NDArray<T> Sum(int axis) => Sum<Operations.Identity<T>>(axis);

    /// <summary>The mean of all entries; not a number for an empty array.</summary>
    public T Mean() => Sum() / T.CreateChecked(Count);

    /// <summary>The means along one axis, which the result lacks.</summary>
    /// <param name="axis">The axis.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public NDArray<T> Mean(int axis) => Sum(axis) / T.CreateChecked(shape[axis]);

    /// <summary>The product of all entries; 1 for an empty array.</summary>
    public T Product()
    {
        T product = T.One;
        foreach (T entry in AsContiguous().AsSpan()) product *= entry;
        return product;
    }

    /// <summary>The largest entry; not a number if any entry is.</summary>
    /// <exception cref="ShapeException">The array is empty.</exception>
    public T Max() => Reductions.Extreme<T, Operations.Larger<T>>(MustHaveEntries().AsSpan());

    /// <summary>The largest entries along one axis, which the result lacks.</summary>
    /// <param name="axis">The axis.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    /// <exception cref="ShapeException">The array is empty.</exception>
    public NDArray<T> Max(int axis) => MustHaveEntries().Along<Operations.Identity<T>, Operations.Larger<T>>(axis, Reductions.Extreme<T, Operations.Larger<T>>);

    /// <summary>The smallest entry; not a number if any entry is.</summary>
    /// <exception cref="ShapeException">The array is empty.</exception>
    public T Min() => Reductions.Extreme<T, Operations.Smaller<T>>(MustHaveEntries().AsSpan());

    /// <summary>The smallest entries along one axis, which the result lacks.</summary>
    /// <param name="axis">The axis.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    /// <exception cref="ShapeException">The array is empty.</exception>
    public NDArray<T> Min(int axis) => MustHaveEntries().Along<Operations.Identity<T>, Operations.Smaller<T>>(axis, Reductions.Extreme<T, Operations.Smaller<T>>);

    /// <summary>The sum of the absolute values of all entries (the 1-norm of a vector).</summary>
    public T Norm1() => Reductions.Sum<T, Operations.Absolute<T>>(AsContiguous().AsSpan());

    /// <summary>The square root of the sum of the squares of all entries (the Euclidean norm of a vector, the Frobenius norm of a matrix). Neither overflows nor underflows on the way.</summary>
    public T Norm2() => Reductions.Norm2<T>(AsContiguous().AsSpan());

    /// <summary>The largest absolute value of an entry (the infinity norm of a vector); 0 for an empty array.</summary>
    public T NormInf() => Reductions.MaxOfAbsolutes<T>(AsContiguous().AsSpan());

    /// <summary>The sums of a function of the entries along one axis.</summary>
    internal NDArray<T> Sum<TFunction>(int axis)
        where TFunction : struct, IUnaryOperation<T> => Along<TFunction, Operations.Add<T>>(axis, Reductions.Sum<T, TFunction>);

    /// <summary>What an operation makes along one axis of a function of the entries, as the reduction does of entries that lie side by side.</summary>
    private unsafe NDArray<T> Along<TFunction, TOperation>(int axis, Reduction reduction)
        where TFunction : struct, IUnaryOperation<T>
        where TOperation : struct, IBinaryOperation<T>
    {
        CheckAxis(axis);
        if (Order == 2 && strides[0] == 1 && strides[1] != 1 && !IsContiguous) return Transpose().Along<TFunction, TOperation>(1 - axis, reduction);
        ReadOnlySpan<T> entries = AsContiguous().AsSpan();
        int n = shape[axis], inner = Numerics.Shape.Allocatable(shape.AsSpan(axis + 1)), outer = Numerics.Shape.Allocatable(shape.AsSpan(0, axis));
        NDArray<T> result = Zeros([.. shape[..axis], .. shape[(axis + 1)..]]);
        if (entries.Length == 0) return result;
        fixed (T* x = entries, r = result.data)
        {
            for (int k = 0; k < outer; k++)
            {
                if (inner == 1) r[k] = reduction(entries.Slice(k * n, n));
                else RowReduction.Run<T, TFunction, TOperation>(x + (nint)k * n * inner, n, inner, r + (nint)k * inner);
            }
        }
        return result;
    }

    private NDArray<T> MustHaveEntries() => Count > 0
        ? AsContiguous()
        : throw new ShapeException($"The array must have entries, but its shape is {Numerics.Shape.Text(shape)}.");

    private delegate T Reduction(ReadOnlySpan<T> entries);
}
