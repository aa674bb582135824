namespace Nabla.Numerics;

/// <summary>Shapes and strides as lists of integers: counting, row-major strides, messages.</summary>
internal static class Shape
{
    internal static string Text(ReadOnlySpan<int> shape)
    {
        if (shape.Length == 0) return "scalar";
        if (shape.Length == 1) return $"vector of {shape[0]}";
        return string.Join(" x ", shape.ToArray());
    }

    internal static long Count(ReadOnlySpan<int> shape)
    {
        long count = 1;
        foreach (int n in shape) count = checked(count * n);
        return count;
    }

    /// <summary>The number of entries of an array that is to be allocated, checked to fit .NET's limit.</summary>
    internal static int Allocatable(ReadOnlySpan<int> shape)
    {
        double count = 1;
        foreach (int n in shape)
        {
            if (n < 0) throw new ShapeException($"A dimension must not be negative, but the shape is {Text(shape)}.");
            count *= n;
        }
        if (count > Array.MaxLength)
            throw new ShapeException($"An array holds at most {Array.MaxLength} entries, but the shape is {Text(shape)}.");
        return (int)count;
    }

    internal static int[] RowMajor(ReadOnlySpan<int> shape)
    {
        int[] strides = new int[shape.Length];
        long step = 1;
        for (int axis = shape.Length - 1; axis >= 0; axis--)
        {
            strides[axis] = (int)Math.Min(step, int.MaxValue);
            step *= Math.Max(shape[axis], 1);
        }
        return strides;
    }
}
