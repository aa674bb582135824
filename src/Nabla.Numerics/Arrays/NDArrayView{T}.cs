using System.Diagnostics;
using System.Numerics;

namespace Nabla.Numerics;

/// <summary>What a debugger shows of an array: its shape, its text, and its parts along the first axis.</summary>
/// <typeparam name="T">The type of the entries.</typeparam>
/// <param name="array">The array.</param>
internal sealed class NDArrayView<T>(NDArray<T> array)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Most = 1000;

    /// <summary>The dimensions.</summary>
    public int[] Shape => array.Shape.ToArray();

    /// <summary>The distances of neighbours along the axes.</summary>
    public int[] Strides => array.Strides.ToArray();

    /// <summary>The entries as text, a line a row.</summary>
    public string[] Text => array.ToString().Split('\n');

    /// <summary>The entries of a vector, the rows of a matrix, the parts of a tensor: the first thousand.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.RootHidden)]
    public object[] Parts => array.Order switch
    {
        0 => [array.ToScalar()],
        1 => [.. array.Slice(..Math.Min(Most, array.Shape[0])).ToArray().Cast<object>()],
        _ => [.. Enumerable.Range(0, Math.Min(Most, array.Shape[0])).Select(i => array.At(0, i))],
    };
}
