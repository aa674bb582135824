using System.Numerics;

namespace Nabla.Numerics;

/// <summary>Checks that a matrix is symmetric up to rounding and takes its symmetric part.</summary>
internal static class Symmetry
{
    /// <summary>The entries of (A + A')/2, row by row.</summary>
    /// <exception cref="ArgumentException">A and A' differ by more than rounding explains.</exception>
    internal static T[] SymmetricPart<T>(NDArray<T> A)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(A);
        A.MustBeSquare().MustBeFinite();
        int n = A.Rows;
        T[] a = A.ToArray();
        T half = Precision<T>.Number(0.5), precision = T.Cbrt(Precision<T>.Epsilon);
        T tolerance = precision * precision * Reductions.MaxOfAbsolutes<T>(a);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
            {
                T x = a[i * n + j], y = a[j * n + i];
                if (x == y) continue;
                if (!(T.Abs(x - y) <= tolerance))
                    throw new ArgumentException($"The {n} x {n} matrix must be symmetric, but entry [{i}, {j}] is {x} and entry [{j}, {i}] is {y}.");
                a[i * n + j] = a[j * n + i] = half * x + half * y;
            }
        }
        return a;
    }
}
