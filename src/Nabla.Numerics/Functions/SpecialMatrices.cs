using System.Numerics;

namespace Nabla.Numerics;

/// <summary>Matrices with names, and questions after special forms.</summary>
public static partial class SpecialMatrices
{
    /// <summary>The Hilbert matrix: entry (i, j) is 1 / (i + j + 1), counted from 0.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="n">The number of rows and columns.</param>
    /// <exception cref="ShapeException"><paramref name="n"/> is negative or too large.</exception>
    public static NDArray<T> Hilbert<T>(int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        NDArray<T> result = NDArray<T>.Zeros(n, n);
        T[] quotients = [.. Enumerable.Range(1, Math.Max(0, 2 * n - 1)).Select(k => T.One / T.CreateChecked(k))];
        for (int i = 0; i < n; i++) quotients.AsSpan(i, n).CopyTo(RowOf(result, i));
        return result;
    }

    /// <summary>The Toeplitz matrix with the given first column and first row, constant along its diagonals.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="column">The first column, a vector of m.</param>
    /// <param name="row">The first row, a vector of n; its first entry is not used. The column when null: a symmetric matrix.</param>
    /// <exception cref="ShapeException">An operand is not a vector.</exception>
    public static NDArray<T> Toeplitz<T>(NDArray<T> column, NDArray<T>? row = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] down = MustBeVector(column).ToArray(), across = MustBeVector(row ?? column).ToArray();
        int m = down.Length, n = across.Length;
        NDArray<T> result = NDArray<T>.Zeros(m, n);
        // Every row is a piece of the column, from its end, followed by the row.
        T[] line = [.. down.Reverse(), .. across.Skip(1)];
        for (int i = 0; i < m; i++) line.AsSpan(m - 1 - i, n).CopyTo(RowOf(result, i));
        return result;
    }

    /// <summary>The Vandermonde matrix: entry (i, j) is x[i]^j.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="x">A vector of m.</param>
    /// <param name="columns">The number of columns; m when negative.</param>
    /// <exception cref="ShapeException">x is not a vector.</exception>
    public static NDArray<T> Vandermonde<T>(NDArray<T> x, int columns = -1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int m = MustBeVector(x).Shape[0], n = columns < 0 ? m : columns;
        NDArray<T> result = NDArray<T>.Zeros(m, n);
        for (int i = 0; i < m; i++)
        {
            T power = T.One;
            for (int j = 0; j < n; j++, power *= x[i]) result[i, j] = power;
        }
        return result;
    }

    /// <summary>The permutation matrix that puts row <c>order[i]</c> of its operand into row i.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="order">A permutation of 0, 1, ..., n - 1.</param>
    /// <exception cref="ArgumentException">The order is not a permutation.</exception>
    public static NDArray<T> Permutation<T>(params ReadOnlySpan<int> order)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = order.Length;
        NDArray<T> result = NDArray<T>.Zeros(n, n);
        bool[] seen = new bool[n];
        for (int i = 0; i < n; i++)
        {
            if ((uint)order[i] >= (uint)n || seen[order[i]]) throw new ArgumentException($"The order must be a permutation of 0 to {n - 1}, but it is [{string.Join(", ", order.ToArray())}].", nameof(order));
            seen[order[i]] = true;
            result[i, order[i]] = T.One;
        }
        return result;
    }

    /// <summary>The entries on and below a diagonal, zeros elsewhere.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="A">A matrix.</param>
    /// <param name="diagonal">The last diagonal that is kept: 0 is the main one, positive ones lie above it.</param>
    /// <exception cref="ShapeException">A is not a matrix.</exception>
    public static NDArray<T> LowerTriangle<T>(NDArray<T> A, int diagonal = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(A);
        NDArray<T> result = A.MustBeMatrix().Copy();
        for (int i = 0; i < A.Rows; i++) RowOf(result, i)[(int)Math.Clamp(i + (long)diagonal + 1, 0, A.Columns)..].Clear();
        return result;
    }

    /// <summary>The entries on and above a diagonal, zeros elsewhere.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="A">A matrix.</param>
    /// <param name="diagonal">The first diagonal that is kept: 0 is the main one, positive ones lie above it.</param>
    /// <exception cref="ShapeException">A is not a matrix.</exception>
    public static NDArray<T> UpperTriangle<T>(NDArray<T> A, int diagonal = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(A);
        NDArray<T> result = A.MustBeMatrix().Copy();
        for (int i = 0; i < A.Rows; i++) RowOf(result, i)[..(int)Math.Clamp(i + (long)diagonal, 0, A.Columns)].Clear();
        return result;
    }

    private static Span<T> RowOf<T>(NDArray<T> A, int i)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => A.AsSpan().Slice(i * A.Columns, A.Columns);

    private static NDArray<T> MustBeVector<T>(NDArray<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Order == 1 ? x : throw new ShapeException($"The array must be a vector, but it is {Shape.Text(x.Shape)}.");
    }
}
