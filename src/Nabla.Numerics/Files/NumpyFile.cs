using System.Numerics;
using System.Runtime.InteropServices;

namespace Nabla.Numerics;

/// <summary>Arrays in NumPy's file formats .npy (one array) and .npz (an archive of named ones).</summary>
/// <remarks>
/// The .npy format of NumPy, versions 1 to 3: little or big endian floats of 2 to 8 bytes, integers of 1 to 8 bytes and truth values, in C or Fortran order.
/// Integers beyond 2^53 become the nearest double. Objects, which can hold programs, are refused.
/// </remarks>
public static partial class NumpyFile
{
    /// <summary>Reads one array, to the end of the stream.</summary>
    /// <param name="stream">A .npy file.</param>
    /// <param name="limits">What the file may claim; <see cref="FileLimits.Default"/> where it is null.</param>
    /// <exception cref="FileFormatException">The stream is not such a file, its entries are not real numbers, or they exceed the limits.</exception>
    public static NDArray<double> Read(Stream stream, FileLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        limits ??= FileLimits.Default;
        NumpyHeader header = NumpyHeader.Read(stream, limits);
        double[] entries = NumpyEntries.Read(stream, header, limits);
        return header.IsColumnMajor
            ? new NDArray<double>(entries, [.. header.Shape.Reverse()]).Transpose().AsContiguous()
            : new NDArray<double>(entries, header.Shape);
    }

    /// <summary>Writes one array of doubles, in C order.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="array">The array.</param>
    /// <exception cref="ShapeException">The array has more than 64 axes.</exception>
    public static void Write(Stream stream, NDArray<double> array)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(array);
        NumpyHeader.Write(stream, "<f8", array.Shape);
        NumpyEntries.Write<double>(stream, array.AsContiguous().AsSpan());
    }

    /// <summary>Writes one array of complex numbers, in C order.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="entries">The entries in row-major order.</param>
    /// <param name="shape">The dimensions; none for a scalar.</param>
    /// <exception cref="ShapeException">The number of entries is not the product of the dimensions, or there are more than 64 of these.</exception>
    public static void Write(Stream stream, ReadOnlySpan<Complex> entries, params ReadOnlySpan<int> shape)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (Shape.Allocatable(shape) != entries.Length)
            throw new ShapeException($"An array of shape {Shape.Text(shape)} has {Shape.Count(shape)} entries, but {entries.Length} are given.");
        NumpyHeader.Write(stream, "<c16", shape);
        NumpyEntries.Write(stream, MemoryMarshal.Cast<Complex, double>(entries));
    }
}
