using System.Numerics;

namespace Nabla.Numerics;

/// <summary>Applies operations entry by entry.</summary>
internal static unsafe class ElementWise
{
    private const int ShortestRow = 8;

    internal static int[] CommonShape<T>(NDArray<T> A, NDArray<T> B, string operation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (A.Shape.SequenceEqual(B.Shape) || B.Order == 0) return A.Shape.ToArray();
        if (A.Order == 0) return B.Shape.ToArray();
        throw new ShapeException($"The operands of {operation} must have the same shape, but they are {Shape.Text(A.Shape)} and {Shape.Text(B.Shape)}.");
    }

    internal static NDArray<T> Binary<T, TOperation>(NDArray<T> A, NDArray<T> B, string name)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperation : struct, IBinaryOperation<T>
    {
        ArgumentNullException.ThrowIfNull(A);
        ArgumentNullException.ThrowIfNull(B);
        int[] shape = CommonShape(A, B, name);
        T[] result = LargePages.Uninitialised<T>(Shape.Allocatable(shape));
        if (result.Length == 0) return new NDArray<T>(result, shape);
        if (AreInRows(A, B) && !(A.IsContiguous && B.IsContiguous))
        {
            Rows<T, TOperation>(A, B, result);
            return new NDArray<T>(result, shape);
        }
        NDArray<T> a = A.AsContiguous(), b = B.AsContiguous();
        fixed (T* pa = a.AsSpan(), pb = b.AsSpan(), pr = result)
        {
            if (A.Order == 0 && B.Order > 0) EntryLoop.Run<T, EntryLoop.OfNumber<T, TOperation>>(pb, null, *pa, pr, result.Length);
            else if (B.Order == 0 && A.Order > 0) EntryLoop.Run<T, EntryLoop.WithNumber<T, TOperation>>(pa, null, *pb, pr, result.Length);
            else EntryLoop.Run<T, EntryLoop.OfBoth<T, TOperation>>(pa, pb, default, pr, result.Length);
        }
        return new NDArray<T>(result, shape);
    }

    /// <summary>Whether the entries along the last axis, and enough of them, lie side by side, or are one entry in one of the operands.</summary>
    private static bool AreInRows<T>(NDArray<T> A, NDArray<T> B)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        A.Order > 0 && A.Order == B.Order && A.Shape[^1] >= ShortestRow && (A.Strides[^1], B.Strides[^1]) is (1, 1) or (0, 1) or (1, 0);

    /// <summary>Row by row, where the rows of an operand lie apart, or are all the same.</summary>
    private static void Rows<T, TOperation>(NDArray<T> A, NDArray<T> B, T[] result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperation : struct, IBinaryOperation<T>
    {
        int n = A.Shape[^1];
        bool repeatsA = A.Strides[^1] == 0, repeatsB = B.Strides[^1] == 0;
        fixed (T* pa = A.Data, pb = B.Data, pr = result)
        {
            T* r = pr;
            Walk(0, pa + A.Offset, pb + B.Offset);

            void Walk(int axis, T* a, T* b)
            {
                if (axis < A.Order - 1)
                {
                    for (int k = 0; k < A.Shape[axis]; k++) Walk(axis + 1, a + (nint)k * A.Strides[axis], b + (nint)k * B.Strides[axis]);
                    return;
                }
                if (repeatsA) EntryLoop.Run<T, EntryLoop.OfNumber<T, TOperation>>(b, null, *a, r, n);
                else if (repeatsB) EntryLoop.Run<T, EntryLoop.WithNumber<T, TOperation>>(a, null, *b, r, n);
                else EntryLoop.Run<T, EntryLoop.OfBoth<T, TOperation>>(a, b, default, r, n);
                r += n;
            }
        }
    }

    internal static NDArray<T> Unary<T, TOperation>(NDArray<T> A)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperation : struct, IUnaryOperation<T>
    {
        ArgumentNullException.ThrowIfNull(A);
        T[] result = LargePages.Uninitialised<T>(Shape.Allocatable(A.Shape));
        fixed (T* a = A.AsContiguous().AsSpan(), r = result) EntryLoop.Run<T, EntryLoop.Of<T, TOperation>>(a, null, default, r, result.Length);
        return new NDArray<T>(result, A.Shape);
    }
}
