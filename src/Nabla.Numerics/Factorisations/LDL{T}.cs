using System.Buffers;
using System.Numerics;

namespace Nabla.Numerics;

/// <summary>The factorisation of a symmetric matrix that need not be definite: A = P L D L' P', with L unit lower triangular and D of diagonal blocks of order 1 and 2.</summary>
/// <remarks>
/// Bunch and Kaufman (1977), Some stable methods for calculating inertia and solving symmetric linear systems: partial pivoting with the constant (1 + √17) / 8.
/// A singular matrix has a factorisation too; only its uses are refused. The signs of the eigenvalues of D are those of A (Sylvester).
/// </remarks>
/// <typeparam name="T">The type of the entries.</typeparam>
public sealed unsafe class LDL<T> : ILinearMap<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly T Threshold = (T.One + T.Sqrt(Precision<T>.Number(17))) / Precision<T>.Number(8);
    private readonly int n;

    /// <summary>Column j of L below its diagonal stands in row j, that of D on it; the second row of a block of order 2 has the entry beside the diagonal in <see cref="beside"/>.</summary>
    private readonly T[] factors;
    private readonly T[] beside;
    private readonly int[] order;
    private readonly T[] rowSums;
    private readonly int exponent;
    private T? condition;

    /// <summary>Factors a matrix.</summary>
    /// <param name="A">A symmetric n x n matrix; its symmetric part is factored.</param>
    /// <exception cref="ShapeException">The matrix is not square.</exception>
    /// <exception cref="ArgumentException">The matrix differs from its transpose by more than rounding.</exception>
    /// <exception cref="NotFiniteNumberException">An entry is infinite or not a number.</exception>
    public LDL(NDArray<T> A)
    {
        factors = Symmetry.SymmetricPart(A);
        n = A.Rows;
        exponent = Scaling.Exponent<T>(factors);
        Scaling.Apply<T>(factors, exponent);
        beside = new T[n];
        order = [.. Enumerable.Range(0, n)];
        rowSums = new T[n];
        for (int i = 0; i < n; i++)
            foreach (T entry in factors.AsSpan(i * n, n)) rowSums[i] += T.Abs(entry);
        fixed (T* a = factors) Factor(a);
    }

    /// <summary>The permutation matrix P, n x n.</summary>
    public NDArray<T> P
    {
        get
        {
            NDArray<T> P = NDArray<T>.Zeros(n, n);
            for (int i = 0; i < n; i++) P[order[i], i] = T.One;
            return P;
        }
    }

    /// <summary>The rows of A in the order of the rows of L: row i of L D L' is row <c>RowOrder[i]</c> of A, its columns in the same order.</summary>
    public ReadOnlySpan<int> RowOrder => order;

    /// <summary>The lower triangular factor with a unit diagonal, n x n.</summary>
    public NDArray<T> L
    {
        get
        {
            NDArray<T> L = NDArray<T>.Identity(n);
            for (int j = 0; j < n; j++)
                for (int i = j + 1; i < n; i++) L[i, j] = factors[(long)j * n + i];
            return L;
        }
    }

    /// <summary>The block diagonal factor, n x n.</summary>
    public NDArray<T> D
    {
        get
        {
            NDArray<T> D = NDArray<T>.Zeros(n, n);
            for (int k = 0; k < n; k++)
            {
                D[k, k] = T.ScaleB(factors[(long)k * n + k], -exponent);
                if (k > 0 && beside[k] != T.Zero) D[k - 1, k] = D[k, k - 1] = T.ScaleB(beside[k], -exponent);
            }
            return D;
        }
    }

    /// <summary>How many eigenvalues of A are positive, negative and zero, by the law of inertia.</summary>
    public (int Positive, int Negative, int Zero) Inertia
    {
        get
        {
            int positive = 0, negative = 0;
            for (int k = 0; k < n; k++)
            {
                if (IsPair(k))
                {
                    // The pivoting leaves a block of order 2 only with a negative determinant: one eigenvalue of each sign.
                    positive++;
                    negative++;
                    k++;
                    continue;
                }
                T pivot = factors[(long)k * n + k];
                if (pivot > T.Zero) positive++;
                else if (pivot < T.Zero) negative++;
            }
            return (positive, negative, n - positive - negative);
        }
    }

    /// <summary>The determinant: the product of those of the blocks of D; 1 for an empty matrix. Only a result outside the range of the type becomes infinite or 0.</summary>
    public T Determinant
    {
        get
        {
            T mantissa = T.One;
            long power = -(long)n * exponent;
            for (int k = 0; k < n; k++)
            {
                T factor = factors[(long)k * n + k];
                if (IsPair(k))
                {
                    k++;
                    T corner = beside[k];
                    factor = (factor / corner * factors[(long)k * n + k] - corner) * corner;
                }
                if (factor == T.Zero) return T.Zero;
                int e = T.ILogB(factor);
                mantissa *= T.ScaleB(factor, -e);
                int carry = T.ILogB(mantissa);
                mantissa = T.ScaleB(mantissa, -carry);
                power += e + carry;
            }
            return T.ScaleB(mantissa, (int)Math.Clamp(power, -100_000, 100_000));
        }
    }

    /// <summary>An estimate of the condition number of Bauer and Skeel, the infinity norm of |A⁻¹||A|; infinite for a singular matrix.</summary>
    /// <remarks>Higham (1988), FORTRAN codes for estimating the one-norm.</remarks>
    public T Condition => condition ??= HasZeroPivot ? T.PositiveInfinity : n == 0 ? T.One : OneNormEstimate.Of<T>(this);

    /// <summary>Whether a block of D is singular, or the condition number exceeds the reciprocal of the precision, so that no digit of a solution would be right.</summary>
    public bool IsSingular => !(Condition < T.One / Precision<T>.Epsilon);

    int ILinearMap<T>.Order => n;

    private bool HasZeroPivot
    {
        get
        {
            for (int k = 0; k < n; k++)
            {
                if (IsPair(k)) k++;
                else if (factors[(long)k * n + k] == T.Zero) return true;
            }
            return false;
        }
    }

    /// <summary>The solution X of A X = B.</summary>
    /// <param name="B">A vector of n or a matrix of n x k.</param>
    /// <param name="X">The array that takes the solution, of the shape of B; a new one when null. It may be B.</param>
    /// <exception cref="ShapeException">B or X does not fit.</exception>
    /// <exception cref="SingularMatrixException">The matrix is singular to working precision.</exception>
    public NDArray<T> Solve(NDArray<T> B, NDArray<T>? X = null)
    {
        int columns = LinearAlgebra.RightSides(B, n, n);
        NDArray<T> result = X is null ? NDArray<T>.Uninitialised(B.Shape.ToArray()) : LinearAlgebra.MustTake(X, B);
        if (IsSingular)
            throw new SingularMatrixException(HasZeroPivot ? $"The {n} x {n} matrix is singular: a pivot is 0." : $"The {n} x {n} matrix is singular to working precision: its condition number is about {Condition:G3}.");
        NDArray<T> from = B.Reshape(n, columns), to = B.Order == 2 ? result : new NDArray<T>(result.Data, result.Offset, [n, 1], [result.Strides[0], 1]);
        T[] x = ArrayPool<T>.Shared.Rent(n);
        for (int c = 0; c < columns; c++)
        {
            for (int i = 0; i < n; i++) x[i] = from[order[i], c];
            Substitute(x);
            for (int i = 0; i < n; i++) to[order[i], c] = T.ScaleB(x[i], exponent);
        }
        ArrayPool<T>.Shared.Return(x);
        return result;
    }

    /// <summary>The inverse of A.</summary>
    /// <exception cref="SingularMatrixException">The matrix is singular to working precision.</exception>
    public NDArray<T> Inverse() => Solve(NDArray<T>.Identity(n));

    void ILinearMap<T>.Apply(Span<T> x)
    {
        Unpermuted(x);
        for (int i = 0; i < n; i++) x[i] *= rowSums[i];
    }

    void ILinearMap<T>.ApplyTransposed(Span<T> x)
    {
        for (int i = 0; i < n; i++) x[i] *= rowSums[i];
        Unpermuted(x);
    }

    /// <summary>x becomes A⁻¹ x, but for the scaling.</summary>
    private void Unpermuted(Span<T> x)
    {
        T[] y = ArrayPool<T>.Shared.Rent(n);
        for (int i = 0; i < n; i++) y[i] = x[order[i]];
        Substitute(y);
        for (int i = 0; i < n; i++) x[order[i]] = y[i];
        ArrayPool<T>.Shared.Return(y);
    }

    private bool IsPair(int k) => k < n - 1 && beside[k + 1] != T.Zero;

    /// <summary>x becomes the solution of L D L' y = x.</summary>
    private void Substitute(T[] x)
    {
        fixed (T* a = factors, p = x)
        {
            for (int k = 0; k < n; k++) Vectors.Axpy(-p[k], a + (long)k * n + k + 1, p + k + 1, n - k - 1);
            for (int k = 0; k < n; k++)
            {
                T d = a[(long)k * n + k];
                if (!IsPair(k))
                {
                    p[k] /= d;
                    continue;
                }
                T e = beside[k + 1], d1 = d / e, d2 = a[(long)(k + 1) * (n + 1)] / e, divisor = d1 * d2 - T.One, y1 = p[k] / e, y2 = p[k + 1] / e;
                (p[k], p[k + 1]) = ((d2 * y1 - y2) / divisor, (d1 * y2 - y1) / divisor);
                k++;
            }
            for (int k = n - 1; k >= 0; k--) p[k] -= Vectors.Dot(a + (long)k * n + k + 1, p + k + 1, n - k - 1);
        }
    }

    private void Factor(T* a)
    {
        for (int k = 0; k < n;)
        {
            (int pivot, int size) = Choose(a, k);
            int last = k + size - 1;
            if (pivot != last) Exchange(a, last, pivot, k);
            if (size == 1) Eliminate(a, k);
            else EliminateTwo(a, k);
            k += size;
        }
    }

    /// <summary>The row to bring to the front, and the order of the block that is taken out.</summary>
    private (int Pivot, int Size) Choose(T* a, int k)
    {
        T* column = a + (long)k * n;
        T diagonal = T.Abs(column[k]), largest = T.Zero;
        int row = k;
        for (int i = k + 1; i < n; i++)
            if (T.Abs(column[i]) > largest) (largest, row) = (T.Abs(column[i]), i);
        if (largest == T.Zero || diagonal >= Threshold * largest) return (k, 1);
        T across = T.Zero;
        for (int j = k; j < row; j++) across = T.Max(across, T.Abs(a[(long)j * n + row]));
        for (int i = row + 1; i < n; i++) across = T.Max(across, T.Abs(a[(long)row * n + i]));
        if (diagonal * across >= Threshold * largest * largest) return (k, 1);
        return T.Abs(a[(long)row * (n + 1)]) >= Threshold * across ? (row, 1) : (row, 2);
    }

    /// <summary>Exchanges rows and columns p &lt; q of the part that is left, and the rows of L before it.</summary>
    private void Exchange(T* a, int p, int q, int done)
    {
        (order[p], order[q]) = (order[q], order[p]);
        for (int j = 0; j < p; j++) (a[(long)j * n + p], a[(long)j * n + q]) = (a[(long)j * n + q], a[(long)j * n + p]);
        (a[(long)p * (n + 1)], a[(long)q * (n + 1)]) = (a[(long)q * (n + 1)], a[(long)p * (n + 1)]);
        for (int i = p + 1; i < q; i++) (a[(long)p * n + i], a[(long)i * n + q]) = (a[(long)i * n + q], a[(long)p * n + i]);
        if (q < n - 1) Vectors.Swap(a + (long)p * n + q + 1, a + (long)q * n + q + 1, n - q - 1);
    }

    private void Eliminate(T* a, int k)
    {
        T* column = a + (long)k * n;
        T pivot = column[k];
        if (pivot == T.Zero) return;
        for (int j = k + 1; j < n; j++)
        {
            T factor = column[j] / pivot;
            Vectors.Axpy(-factor, column + j, a + (long)j * n + j, n - j);
            column[j] = factor;
        }
    }

    private void EliminateTwo(T* a, int k)
    {
        T* first = a + (long)k * n, second = first + n;
        T e = first[k + 1], d1 = first[k] / e, d2 = second[k + 1] / e, divisor = (d1 * d2 - T.One) * e;
        beside[k + 1] = e;
        first[k + 1] = T.Zero;
        for (int j = k + 2; j < n; j++)
        {
            T f1 = (d2 * first[j] - second[j]) / divisor, f2 = (d1 * second[j] - first[j]) / divisor;
            T* column = a + (long)j * n + j;
            Vectors.Axpy(-f1, first + j, column, n - j);
            Vectors.Axpy(-f2, second + j, column, n - j);
            (first[j], second[j]) = (f1, f2);
        }
    }
}
