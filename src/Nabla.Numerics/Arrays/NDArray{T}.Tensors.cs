using System.Numerics.Tensors;

namespace Nabla.Numerics;

public sealed partial class NDArray<T>
{
    /// <summary>The same entries as a span of System.Numerics.Tensors, without a copy: what is written to one is seen in the other.</summary>
    /// <exception cref="ShapeException">A stride is negative or the array is a broadcast view, which those spans do not have, or it is a view of columns at the very end of its storage, which they do not take: copy it first.</exception>
    public TensorSpan<T> AsTensorSpan()
    {
        MustSuitTensors();
        try
        {
            return new TensorSpan<T>(data, offset, Wide(shape), Count == 0 ? [] : Wide(strides));
        }
        catch (ArgumentException failure)
        {
            throw Unsuited(failure);
        }
    }

    /// <summary>The same entries as a tensor of System.Numerics.Tensors, without a copy: what is written to one is seen in the other.</summary>
    /// <exception cref="ShapeException">A stride is negative or the array is a broadcast view, which those tensors do not have, or it is a view of columns at the very end of its storage, which they do not take: copy it first.</exception>
    public Tensor<T> AsTensor()
    {
        MustSuitTensors();
        try
        {
            return Tensor.Create(data, offset, Wide(shape), Count == 0 ? [] : Wide(strides));
        }
        catch (ArgumentException failure)
        {
            throw Unsuited(failure);
        }
    }

    /// <summary>An array with a copy of the entries of a tensor of System.Numerics.Tensors. To share them, let both lie over one array: <see cref="FromArray(T[], ReadOnlySpan{int})"/> and <see cref="AsTensor"/> do not copy.</summary>
    /// <param name="tensor">The entries.</param>
    /// <exception cref="ShapeException">There are too many entries.</exception>
    public static NDArray<T> FromTensor(in ReadOnlyTensorSpan<T> tensor)
    {
        int[] shape = new int[tensor.Rank];
        for (int axis = 0; axis < shape.Length; axis++) shape[axis] = checked((int)tensor.Lengths[axis]);
        NDArray<T> result = Uninitialised(shape);
        if (result.data.Length > 0) tensor.FlattenTo(result.data);
        return result;
    }

    private void MustSuitTensors()
    {
        for (int axis = 0; axis < shape.Length; axis++)
            if (strides[axis] <= 0 && shape[axis] > 1) throw new ShapeException($"A tensor must have positive strides, but that of axis {axis} of this {Numerics.Shape.Text(shape)} is {strides[axis]}: copy it first.");
    }

    /// <summary>The library of tensors asks for room behind the last entry of some views, as if every axis were walked to its end.</summary>
    private ShapeException Unsuited(ArgumentException failure) =>
        new($"System.Numerics.Tensors does not take this view of shape {Numerics.Shape.Text(shape)} with strides [{string.Join(", ", strides)}] at place {offset} of {data.Length} entries, copy it first: {failure.Message}");

    private static nint[] Wide(int[] numbers) => Array.ConvertAll(numbers, n => (nint)n);
}
