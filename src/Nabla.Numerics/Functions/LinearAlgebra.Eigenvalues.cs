using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla.Numerics;

public static unsafe partial class LinearAlgebra
{
    /// <summary>The eigenvalues of a symmetric matrix in ascending order, a vector of n.</summary>
    /// <remarks>Into given values, nothing is allocated for n up to 32. With vectors: <see cref="SymmetricEigen{T}"/>.</remarks>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="A">A symmetric n x n matrix; the eigenvalues of its symmetric part are found.</param>
    /// <param name="values">The vector of n that takes the eigenvalues; a new one when null.</param>
    /// <exception cref="ShapeException">A is not square, or the values are not a vector of n.</exception>
    /// <exception cref="ArgumentException">The matrix differs from its transpose by more than rounding.</exception>
    /// <exception cref="NotFiniteNumberException">An entry is infinite or not a number.</exception>
    /// <exception cref="ConvergenceException">The iteration reached its cap.</exception>
    [SkipLocalsInit]
    public static NDArray<T> SymmetricEigenvalues<T>(NDArray<T> A, NDArray<T>? values = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = Square(A).Rows;
        NDArray<T> result = values is null ? NDArray<T>.Uninitialised([n]) : MustTakeValues(values, n);
        if (n <= SmallSymmetricEigen.LargestOrder && Vector<T>.IsSupported)
        {
            int stride = StrideOfSmall<T>(n);
            T* a = stackalloc T[n * stride], found = stackalloc T[n];
            if (TryCopy(A, a, stride, out int exponent) && IsSymmetric(n, a, stride) && SmallSymmetricEigen.TryFindValues(n, a, stride, found))
            {
                for (int k = 0; k < n; k++) result[k] = exponent == 0 ? found[k] : T.ScaleB(found[k], -exponent);
                return result;
            }
        }
        new SymmetricEigen<T>(A, withVectors: false).Values.CopyTo(result);
        return result;
    }

    /// <summary>The eigenvalues of a square matrix: their real and imaginary parts, conjugate pairs side by side, in no particular order.</summary>
    /// <remarks>Nothing is allocated for n up to 32. As complex numbers, and with vectors: <see cref="Eigen{T}"/>.</remarks>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="A">A square n x n matrix.</param>
    /// <param name="realParts">The vector of n that takes the real parts.</param>
    /// <param name="imaginaryParts">The vector of n that takes the imaginary parts.</param>
    /// <exception cref="ShapeException">A is not square, or the parts are not vectors of n.</exception>
    /// <exception cref="NotFiniteNumberException">An entry is infinite or not a number.</exception>
    /// <exception cref="ConvergenceException">The iteration reached its cap.</exception>
    [SkipLocalsInit]
    public static void Eigenvalues<T>(NDArray<T> A, NDArray<T> realParts, NDArray<T> imaginaryParts)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = Square(A).Rows;
        ArgumentNullException.ThrowIfNull(realParts);
        ArgumentNullException.ThrowIfNull(imaginaryParts);
        MustTakeValues(realParts, n);
        MustTakeValues(imaginaryParts, n);
        if (n <= SmallEigenvalues.LargestOrder && Vector<T>.IsSupported)
        {
            int stride = StrideOfSmall<T>(n);
            T* a = stackalloc T[n * stride], re = stackalloc T[2 * n], im = re + n;
            if (TryCopy(A, a, stride, out int exponent) && SmallEigenvalues.TryFind(n, a, stride, re, im))
            {
                for (int k = 0; k < n; k++) (realParts[k], imaginaryParts[k]) = exponent == 0 ? (re[k], im[k]) : (T.ScaleB(re[k], -exponent), T.ScaleB(im[k], -exponent));
                return;
            }
        }
        var eigen = new Eigen<T>(A, withVectors: false);
        eigen.RealParts.CopyTo(realParts);
        eigen.ImaginaryParts.CopyTo(imaginaryParts);
    }

    /// <summary>The distance of the rows of a small matrix of n columns: behind each row there is room for a vector.</summary>
    private static int StrideOfSmall<T>(int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => n + Vector<T>.Count;

    /// <summary>Copies a square matrix with zeros behind its rows, scaled by a power of two where its entries are far from 1; false when one is not finite.</summary>
    private static bool TryCopy<T>(NDArray<T> A, T* target, int stride, out int exponent)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = A.Shape[0];
        nint row = A.Strides[0], column = A.Strides[1];
        fixed (T* data = A.Data)
        {
            T* a = data + A.Offset;
            for (int i = 0; i < n; i++)
            {
                if (column == 1) new ReadOnlySpan<T>(a + i * row, n).CopyTo(new Span<T>(target + i * stride, n));
                else
                    for (int j = 0; j < n; j++) target[i * stride + j] = a[i * row + j * column];
                new Span<T>(target + i * stride + n, stride - n).Clear();
            }
        }
        T largest = T.Zero, sum = T.Zero;
        int k = 0, w = Vector<T>.Count;
        Vector<T> largests = default, sums = default;
        for (; k <= n * stride - w; k += w)
        {
            Vector<T> sizes = Vector.Abs(Vector.Load(target + k));
            sums += sizes;
            largests = Vector.MaxNative(largests, sizes);
        }
        for (; k < n * stride; k++)
        {
            sum += T.Abs(target[k]);
            largest = T.Max(largest, T.Abs(target[k]));
        }
        sum += Vector.Sum(sums);
        for (int l = 0; l < w; l++) largest = T.Max(largest, largests[l]);
        exponent = 0;
        // A sum of sizes is not a number where an entry is not one, and infinite where one is.
        if (!T.IsFinite(sum)) return false;
        // The iterations multiply up to 32 numbers of the size of the largest entry.
        T bound = T.ScaleB(T.One, sizeof(T) == sizeof(float) ? 2 : 8);
        if (sum == T.Zero || (largest < bound && largest * bound > T.One)) return true;
        exponent = -T.ILogB(largest);
        T factor = T.ScaleB(T.One, exponent);
        if (T.IsNormal(factor)) Vectors.Scale(factor, target, n * stride);
        else
            for (k = 0; k < n * stride; k++) target[k] = T.ScaleB(target[k], exponent);
        return true;
    }

    private static bool IsSymmetric<T>(int n, T* a, int stride)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 1; i < n; i++)
            for (int j = 0; j < i; j++)
                if (a[i * stride + j] != a[j * stride + i]) return false;
        return true;
    }

    private static NDArray<T> MustTakeValues<T>(NDArray<T> values, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (values.Order != 1 || values.Shape[0] != n) throw new ShapeException($"The values of a {n} x {n} matrix go into a vector of {n}, but it is {Shape.Text(values.Shape)}.");
        return values.MustBeWritable();
    }
}
