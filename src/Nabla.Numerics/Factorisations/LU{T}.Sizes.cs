using System.Buffers;
using System.Numerics;

namespace Nabla.Numerics;

/// <content>The sizes of rows and columns: the condition number, and the scaling of rows.</content>
public sealed unsafe partial class LU<T>
{
    /// <summary>The exponent of the product of the powers of two that rows were multiplied by.</summary>
    private long ScaledBy => isScaled ? rowExponents.Sum(e => (long)e) : 0;

    /// <summary>Multiplies rows by powers of two where their sums differ by more than a thousand; once more where sums underflowed.</summary>
    private void ScaleRows(T* a)
    {
        isScaled = false;
        Array.Clear(rowExponents);
        for (int pass = 0; pass < 2; pass++)
        {
            (T smallest, T largest) = Extremes(rowSums);
            if (largest <= smallest * Precision<T>.Number(1000)) return;
            isScaled = true;
            for (int i = 0; i < n; i++)
            {
                T* row = a + (nint)i * n;
                T size = rowSums[i] > T.Zero ? rowSums[i] : Vectors.MaxOfAbsolutes(row, n);
                if (size == T.Zero) continue;
                int exponent = -T.ILogB(size);
                rowExponents[i] += exponent;
                for (int j = 0; j < n; j++) row[j] = T.ScaleB(row[j], exponent);
            }
            SetSizes(a);
        }
    }

    /// <summary>Scales right sides, which stand in the order of the pivots, as their rows were, and all of them so that the largest is near 1; the exponent by which the solution is to be scaled.</summary>
    private int ScaleRight(T* w, int columns)
    {
        int largest = int.MinValue;
        for (int i = 0; i < n; i++)
            for (int j = 0; j < columns; j++)
                if (w[(nint)i * columns + j] is var entry && entry != T.Zero && T.IsFinite(entry)) largest = Math.Max(largest, T.ILogB(entry) + rowExponents[order[i]]);
        if (largest == int.MinValue) return 0;
        for (int i = 0; i < n; i++)
            for (int j = 0; j < columns; j++) w[(nint)i * columns + j] = T.ScaleB(w[(nint)i * columns + j], rowExponents[order[i]] - largest);
        return largest;
    }

    private static (T Smallest, T Largest) Extremes(T[] entries)
    {
        (T smallest, T largest) = (T.PositiveInfinity, T.Zero);
        foreach (T entry in entries) (smallest, largest) = (T.Min(smallest, entry), T.Max(largest, entry));
        return (smallest, largest);
    }

    /// <summary>Whether the quotients of entries by which rows are eliminated keep their digits.</summary>
    private bool RowsAreComparable
    {
        get
        {
            if (n == 0) return true;
            (T smallest, T largest) = Extremes(rowSums);
            return smallest / largest > Precision<T>.SafeMinimum;
        }
    }

    private void SetSizes(T* a)
    {
        int limit = T.ILogB(T.BitDecrement(T.PositiveInfinity));
        Array.Clear(columnScales);
        fixed (T* scale = columnScales)
        {
            for (int i = 0; i < n; i++) Vectors.LargerAbsolutes(a + (long)i * n, scale, n);
            for (int j = 0; j < n; j++) scale[j] = scale[j] == T.Zero ? T.One : T.ScaleB(T.One, Math.Clamp(-T.ILogB(scale[j]), -limit, limit));
            for (int i = 0; i < n; i++) rowSums[i] = Vectors.DotOfAbsolutes(a + (long)i * n, scale, n);
        }
    }

    /// <summary>An upper bound of the condition number, too large to be of use for large matrices: |A⁻¹| is at most M(U)⁻¹ M(L)⁻¹ for the comparison matrices M(L) and M(U).</summary>
    /// <remarks>Higham (1987), A survey of condition number estimation for triangular matrices.</remarks>
    private T ConditionBound()
    {
        T* x = stackalloc T[SmallOrder];
        T bound = T.Zero;
        fixed (T* a = factors)
        {
            for (int i = 0; i < n; i++) x[i] = rowSums[order[i]] + Vectors.DotOfAbsolutes(a + i * n, x, i);
            for (int i = n - 1; i >= 0; i--)
            {
                x[i] = (x[i] + Vectors.DotOfAbsolutes(a + i * n + i + 1, x + i + 1, n - 1 - i)) / T.Abs(a[i * (n + 1)]);
                bound = T.Max(bound, x[i] / columnScales[i]);
            }
        }
        return bound;
    }

    private bool HasZeroPivot
    {
        get
        {
            for (int i = 0; i < n; i++)
                if (factors[i * (n + 1)] == T.Zero) return true;
            return false;
        }
    }

    /// <summary>Whether the condition number is known to be below the reciprocal of the precision at less cost than its estimate.</summary>
    private bool IsPlainlyRegular()
    {
        MustBeSquare();
        if (HasZeroPivot || !RowsAreComparable) return false;
        return n <= SmallOrder ? ConditionBound() < Precision<T>.Number(0.1) / Precision<T>.Epsilon : OneNormEstimate.IsFarBelow<T>(this, T.One / Precision<T>.Epsilon);
    }

    private T EstimateCondition()
    {
        MustBeSquare();
        if (HasZeroPivot) return T.PositiveInfinity;
        if (n == 0) return T.One;
        return RowsAreComparable ? OneNormEstimate.Of<T>(this) : T.PositiveInfinity;
    }

    /// <summary>The operator is diag(g) B⁻ᵀ with B = A D and g = |B| e; its one-norm is the infinity norm of |B⁻¹| g.</summary>
    void ILinearMap<T>.Apply(Span<T> x)
    {
        for (int i = 0; i < n; i++) x[i] /= columnScales[i];
        fixed (T* a = factors, p = x)
        {
            Triangular.SolveLeft(true, false, n, a, 1, n, p, 1, 1);
            Triangular.SolveLeft(false, true, n, a, 1, n, p, 1, 1);
        }
        T[] y = ArrayPool<T>.Shared.Rent(n);
        for (int i = 0; i < n; i++) y[order[i]] = x[i];
        for (int i = 0; i < n; i++) x[i] = y[i] * rowSums[i];
        ArrayPool<T>.Shared.Return(y);
    }

    void ILinearMap<T>.ApplyTransposed(Span<T> x)
    {
        T[] y = ArrayPool<T>.Shared.Rent(n);
        for (int i = 0; i < n; i++) y[i] = x[order[i]] * rowSums[order[i]];
        fixed (T* a = factors, p = y)
        {
            Triangular.SolveLeft(true, true, n, a, n, 1, p, 1, 1);
            Triangular.SolveLeft(false, false, n, a, n, 1, p, 1, 1);
        }
        for (int i = 0; i < n; i++) x[i] = y[i] / columnScales[i];
        ArrayPool<T>.Shared.Return(y);
    }
}
