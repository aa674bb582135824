using System.Numerics;

namespace Nabla.Numerics;

public sealed partial class NDArray<T>
{
    /// <summary>The transpose: the axes in reverse order. A view.</summary>
    public NDArray<T> Transpose()
    {
        int[] newShape = (int[])shape.Clone(), newStrides = (int[])strides.Clone();
        Array.Reverse(newShape);
        Array.Reverse(newStrides);
        return new NDArray<T>(data, offset, newShape, newStrides);
    }

    /// <summary>The axes in another order: axis k of the result is axis <c>axes[k]</c> of this array. A view.</summary>
    /// <param name="axes">A permutation of 0, 1, ..., order - 1.</param>
    /// <exception cref="ShapeException">The axes are not a permutation.</exception>
    public NDArray<T> Permute(params ReadOnlySpan<int> axes)
    {
        int[] newShape = new int[Order], newStrides = new int[Order];
        bool[] seen = new bool[Order];
        bool fits = axes.Length == Order;
        for (int k = 0; fits && k < axes.Length; k++)
        {
            int axis = axes[k];
            fits = (uint)axis < (uint)Order && !seen[axis];
            if (!fits) break;
            seen[axis] = true;
            newShape[k] = shape[axis];
            newStrides[k] = strides[axis];
        }
        if (!fits) throw new ShapeException($"The axes must be a permutation of 0 to {Order - 1}, but they are [{string.Join(", ", axes.ToArray())}].");
        return new NDArray<T>(data, offset, newShape, newStrides);
    }

    /// <summary>The same entries in row-major order with another shape. A view when this array is contiguous, else a copy.</summary>
    /// <param name="newShape">The dimensions; one of them may be -1 and is then inferred.</param>
    /// <exception cref="ShapeException">The number of entries differs.</exception>
    public NDArray<T> Reshape(params ReadOnlySpan<int> newShape)
    {
        int[] wanted = newShape.ToArray();
        int open = Array.IndexOf(wanted, -1);
        if (open >= 0)
        {
            wanted[open] = 1;
            long others = Numerics.Shape.Count(wanted);
            wanted[open] = others > 0 && Count % others == 0 && Count / others <= int.MaxValue ? (int)(Count / others) : -1;
        }
        if (Array.Exists(wanted, n => n < 0) || Numerics.Shape.Count(wanted) != Count)
            throw new ShapeException($"An array of shape {Numerics.Shape.Text(shape)} cannot take the shape {Numerics.Shape.Text(newShape)}.");
        return IsContiguous
            ? new NDArray<T>(data, offset, wanted, Numerics.Shape.RowMajor(wanted))
            : new NDArray<T>(ToArray(), wanted);
    }

    /// <summary>The part of the array in the given ranges, one per axis. A view.</summary>
    /// <param name="ranges">The ranges; axes beyond the last are taken whole.</param>
    /// <exception cref="ShapeException">There are more ranges than axes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A range lies outside its axis.</exception>
    public NDArray<T> Slice(params ReadOnlySpan<Range> ranges)
    {
        if (ranges.Length > Order) throw new ShapeException($"{ranges.Length} ranges are given for an array of shape {Numerics.Shape.Text(shape)}.");
        int[] newShape = (int[])shape.Clone();
        int start = offset;
        for (int axis = 0; axis < ranges.Length; axis++)
        {
            int from = ranges[axis].Start.GetOffset(shape[axis]), to = ranges[axis].End.GetOffset(shape[axis]);
            if (from < 0 || to > shape[axis] || from > to)
                throw new ArgumentOutOfRangeException(nameof(ranges), $"The range {ranges[axis]} lies outside axis {axis} of an array of shape {Numerics.Shape.Text(shape)}.");
            newShape[axis] = to - from;
            if (to > from) start += from * strides[axis];
        }
        return new NDArray<T>(data, start, newShape, (int[])strides.Clone());
    }

    /// <summary>Every step-th entry along one axis, beginning with the first. A view.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="step">The step; negative steps begin with the last entry and run backwards.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis, or the step is zero.</exception>
    public NDArray<T> Every(int axis, int step)
    {
        CheckAxis(axis);
        ArgumentOutOfRangeException.ThrowIfZero(step);
        int[] newShape = (int[])shape.Clone(), newStrides = (int[])strides.Clone();
        long size = Math.Abs((long)step);
        newShape[axis] = (int)((shape[axis] + size - 1) / size);
        newStrides[axis] = newShape[axis] <= 1 ? strides[axis] : strides[axis] * step;
        int start = step < 0 && shape[axis] > 0 ? offset + (shape[axis] - 1) * strides[axis] : offset;
        return new NDArray<T>(data, start, newShape, newStrides);
    }

    /// <summary>The sub-array at one position of an axis, which the result lacks. A view.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="index">The position along it.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis or position.</exception>
    public NDArray<T> At(int axis, int index)
    {
        CheckAxis(axis);
        if ((uint)index >= (uint)shape[axis]) throw OutOfRange(index, axis);
        int[] newShape = [.. shape[..axis], .. shape[(axis + 1)..]], newStrides = [.. strides[..axis], .. strides[(axis + 1)..]];
        return new NDArray<T>(data, offset + index * strides[axis], newShape, newStrides);
    }

    /// <summary>A row of a matrix, as a vector. A view.</summary>
    /// <param name="i">The row, counted from 0.</param>
    /// <exception cref="ShapeException">The array is not a matrix.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public NDArray<T> Row(int i) => MustBeMatrix().At(0, i);

    /// <summary>A column of a matrix, as a vector. A view.</summary>
    /// <param name="j">The column, counted from 0.</param>
    /// <exception cref="ShapeException">The array is not a matrix.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column.</exception>
    public NDArray<T> Column(int j) => MustBeMatrix().At(1, j);

    /// <summary>The array repeated to a larger shape: axes are matched from the last, and those of size 1 or missing are repeated. A view with strides of 0.</summary>
    /// <param name="newShape">The dimensions.</param>
    /// <exception cref="ShapeException">The array does not fit the shape.</exception>
    public NDArray<T> BroadcastTo(params ReadOnlySpan<int> newShape)
    {
        int[] newStrides = new int[newShape.Length];
        bool fits = newShape.Length >= Order;
        for (int k = 1; fits && k <= newShape.Length; k++)
        {
            int target = newShape[^k];
            if (k > Order || shape[^k] == 1) fits = target >= 0;
            else if (shape[^k] == target) newStrides[^k] = strides[^k];
            else fits = false;
        }
        if (!fits) throw new ShapeException($"An array of shape {Numerics.Shape.Text(shape)} cannot be broadcast to {Numerics.Shape.Text(newShape)}.");
        return new NDArray<T>(data, offset, newShape.ToArray(), newStrides);
    }

    /// <summary>The main diagonal of a matrix, as a vector. A view.</summary>
    /// <exception cref="ShapeException">The array is not a matrix.</exception>
    public NDArray<T> Diagonal()
    {
        MustBeMatrix();
        return new NDArray<T>(data, offset, [Math.Min(shape[0], shape[1])], [strides[0] + strides[1]]);
    }

    private void CheckAxis(int axis)
    {
        if ((uint)axis >= (uint)Order)
            throw new ArgumentOutOfRangeException(nameof(axis), $"There is no axis {axis} in an array of shape {Numerics.Shape.Text(shape)}.");
    }
}
