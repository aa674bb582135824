using System.Numerics;

namespace Nabla.Numerics;

/// <summary>Creates arrays and forms products of them.</summary>
public static partial class NDArray
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
