using System.Buffers;
using System.Numerics;

namespace Nabla.Numerics;

/// <summary>The LU factorisation with partial pivoting: A = P L U.</summary>
/// <remarks>
/// For an m x n matrix, P is an m x m permutation, L is m x min(m, n), lower triangular with a unit diagonal, U is min(m, n) x n, upper triangular.
/// Recursive in the columns: Toledo (1997), Locality of reference in LU decomposition with partial pivoting. A singular matrix has a factorisation too; only its uses are refused.
/// </remarks>
/// <typeparam name="T">The type of the entries.</typeparam>
public sealed unsafe partial class LU<T> : ILinearMap<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Panel = 16;
    private const int SmallOrder = 48;
    private readonly int m;
    private readonly int n;
    private readonly T[] factors;
    private readonly int[] order;
    private readonly int[] pivots;
    private readonly T[] columnScales;
    private readonly T[] rowSums;
    private readonly int[] rowExponents;
    private bool isScaled;
    private bool odd;
    private T? condition;
    private bool? isPlainlyRegular;

    /// <summary>Factors a matrix.</summary>
    /// <param name="A">A matrix of any shape.</param>
    /// <exception cref="ShapeException"><paramref name="A"/> is not a matrix.</exception>
    /// <exception cref="NotFiniteNumberException">An entry is infinite or not a number.</exception>
    public LU(NDArray<T> A)
        : this(A, scalesRows: false)
    {
    }

    /// <summary>
    /// Factors a matrix for its solutions and its determinant. With <paramref name="scalesRows"/>, rows that differ much in size are first multiplied by powers of two, so that each competes for the pivots
    /// in relation to its own size: the solution is then that of rows nearby (Higham 2002, Accuracy and Stability of Numerical Algorithms, section 9.8). The factors are those of the scaled rows.
    /// </summary>
    internal LU(NDArray<T> A, bool scalesRows)
    {
        ArgumentNullException.ThrowIfNull(A);
        (m, n) = (A.Rows, A.Columns);
        rowExponents = new int[scalesRows ? n : 0];
        factors = LargePages.Uninitialised<T>(Shape.Allocatable([m, n]));
        order = new int[m];
        pivots = new int[Math.Min(m, n)];
        columnScales = new T[m == n ? n : 0];
        rowSums = new T[m == n ? n : 0];
        Factor(A);
    }

    /// <summary>Factors another matrix of the same shape, in the storage of this factorisation and without an allocation: all that was asked of it before is void.</summary>
    /// <param name="A">A matrix of the shape of the one before.</param>
    /// <exception cref="ShapeException"><paramref name="A"/> has another shape.</exception>
    /// <exception cref="NotFiniteNumberException">An entry is infinite or not a number; the factorisation before is kept.</exception>
    public void Factor(NDArray<T> A)
    {
        ArgumentNullException.ThrowIfNull(A);
        if (A.Order != 2 || A.Shape[0] != m || A.Shape[1] != n) throw new ShapeException($"The factorisation of a {m} x {n} matrix takes another of that shape, but it is {Shape.Text(A.Shape)}.");
        A.MustBeFinite();
        Strided.Copy(A, factors);
        odd = false;
        (condition, isPlainlyRegular) = (null, null);
        for (int i = 0; i < m; i++) order[i] = i;
        fixed (T* a = factors)
        {
            if (m == n) SetSizes(a);
            if (rowExponents.Length > 0) ScaleRows(a);
            Factor(a, m, n, n, pivots, 0);
        }
        for (int k = 0; k < pivots.Length; k++)
        {
            if (pivots[k] == k) continue;
            (order[k], order[pivots[k]]) = (order[pivots[k]], order[k]);
            odd = !odd;
        }
    }

    /// <summary>The permutation matrix P, m x m.</summary>
    public NDArray<T> P
    {
        get
        {
            NDArray<T> P = NDArray<T>.Zeros(m, m);
            for (int i = 0; i < m; i++) P[order[i], i] = T.One;
            return P;
        }
    }

    int ILinearMap<T>.Order => n;

    /// <summary>The rows of A in the order of the rows of L U: row i of L U is row <c>RowOrder[i]</c> of A.</summary>
    public ReadOnlySpan<int> RowOrder => order;

    /// <summary>The lower triangular factor with a unit diagonal, m x min(m, n).</summary>
    public NDArray<T> L
    {
        get
        {
            int r = Math.Min(m, n);
            NDArray<T> L = NDArray<T>.Zeros(m, r);
            for (int i = 0; i < m; i++)
            {
                for (int j = 0; j < Math.Min(i, r); j++) L[i, j] = factors[i * n + j];
                if (i < r) L[i, i] = T.One;
            }
            return L;
        }
    }

    /// <summary>The upper triangular factor, min(m, n) x n.</summary>
    public NDArray<T> U
    {
        get
        {
            NDArray<T> U = NDArray<T>.Zeros(Math.Min(m, n), n);
            for (int i = 0; i < Math.Min(m, n); i++)
                for (int j = i; j < n; j++) U[i, j] = factors[i * n + j];
            return U;
        }
    }

    /// <summary>The determinant: the product of the pivots with the sign of the permutation; 1 for an empty matrix. Only a result outside the range of the type becomes infinite or 0.</summary>
    /// <exception cref="ShapeException">The matrix is not square.</exception>
    public T Determinant
    {
        get
        {
            MustBeSquare();
            T mantissa = odd ? -T.One : T.One;
            long exponent = -ScaledBy;
            for (int i = 0; i < n; i++)
            {
                T pivot = factors[i * (n + 1)];
                if (pivot == T.Zero) return T.Zero;
                int e = T.ILogB(pivot);
                mantissa *= T.ScaleB(pivot, -e);
                int carry = T.ILogB(mantissa);
                mantissa = T.ScaleB(mantissa, -carry);
                exponent += e + carry;
            }
            return T.ScaleB(mantissa, (int)Math.Clamp(exponent, -100_000, 100_000));
        }
    }

    /// <summary>The logarithm of the absolute value of the determinant; negative infinity for a singular matrix, 0 for an empty one.</summary>
    /// <exception cref="ShapeException">The matrix is not square.</exception>
    public T LogAbsDeterminant
    {
        get
        {
            MustBeSquare();
            T sum = T.Zero;
            for (int i = 0; i < n; i++) sum += T.Log(T.Abs(factors[i * (n + 1)]));
            return isScaled ? sum - T.CreateChecked(ScaledBy) * T.Log(T.One + T.One) : sum;
        }
    }

    /// <summary>The sign of the determinant: -1, 0 or 1.</summary>
    /// <exception cref="ShapeException">The matrix is not square.</exception>
    public int DeterminantSign
    {
        get
        {
            MustBeSquare();
            bool negative = odd;
            for (int i = 0; i < n; i++)
            {
                T pivot = factors[i * (n + 1)];
                if (pivot == T.Zero) return 0;
                if (pivot < T.Zero) negative = !negative;
            }
            return negative ? -1 : 1;
        }
    }

    /// <summary>An estimate of the condition number of Bauer and Skeel, the infinity norm of |A⁻¹||A|, after the columns are scaled to the same size. Neither scaled rows nor scaled columns change it; infinite for a zero pivot, and where rows differ so much in size that quotients of theirs underflow.</summary>
    /// <remarks>Higham (1988), FORTRAN codes for estimating the one-norm: at most five pairs of solutions, almost always within a factor of 3.</remarks>
    /// <exception cref="ShapeException">The matrix is not square.</exception>
    public T Condition => condition ??= EstimateCondition();

    /// <summary>Whether a pivot is zero, or the condition number exceeds the reciprocal of the precision, so that no digit of a solution would be right.</summary>
    /// <exception cref="ShapeException">The matrix is not square.</exception>
    public bool IsSingular => !(isPlainlyRegular ??= IsPlainlyRegular()) && !(Condition < T.One / Precision<T>.Epsilon);

    /// <summary>The solution X of A X = B.</summary>
    /// <param name="B">A vector of n or a matrix of n x k.</param>
    /// <param name="X">The array that takes the solution, of the shape of B; a new one when null. It may be B.</param>
    /// <exception cref="ShapeException">The matrix is not square, or B or X does not fit.</exception>
    /// <exception cref="SingularMatrixException">The matrix is singular to working precision.</exception>
    public NDArray<T> Solve(NDArray<T> B, NDArray<T>? X = null)
    {
        MustBeSquare();
        int columns = LinearAlgebra.RightSides(B, n, n);
        MustBeRegular();
        NDArray<T> result = X is null ? NDArray<T>.Uninitialised(B.Shape.ToArray()) : LinearAlgebra.MustTake(X, B);
        T[] work = ArrayPool<T>.Shared.Rent(n * columns);
        nint bRow = B.Strides[0], bColumn = B.Order == 2 ? B.Strides[1] : 0, xRow = result.Strides[0], xColumn = B.Order == 2 ? result.Strides[1] : 0;
        fixed (T* a = factors, w = work, b = B.Data, x = result.Data)
        {
            for (int i = 0; i < n; i++)
                for (int j = 0; j < columns; j++) w[(nint)i * columns + j] = b[B.Offset + order[i] * bRow + j * bColumn];
            int largest = isScaled ? ScaleRight(w, columns) : 0;
            Triangular.SolveLeft(true, true, n, a, n, 1, w, columns, columns);
            Triangular.SolveLeft(false, false, n, a, n, 1, w, columns, columns);
            for (nint k = 0; k < (nint)n * columns && largest != 0; k++) w[k] = T.ScaleB(w[k], largest);
            for (int i = 0; i < n; i++)
                for (int j = 0; j < columns; j++) x[result.Offset + i * xRow + j * xColumn] = w[(nint)i * columns + j];
        }
        ArrayPool<T>.Shared.Return(work);
        return result;
    }

    /// <summary>The solution X of A' X = B.</summary>
    /// <remarks>A' = U' L' P'.</remarks>
    /// <param name="B">A vector of n or a matrix of n x k.</param>
    /// <param name="X">The array that takes the solution, of the shape of B; a new one when null. It may be B.</param>
    /// <exception cref="ShapeException">The matrix is not square, or B or X does not fit.</exception>
    /// <exception cref="SingularMatrixException">The matrix is singular to working precision.</exception>
    public NDArray<T> SolveTransposed(NDArray<T> B, NDArray<T>? X = null)
    {
        MustBeSquare();
        int columns = LinearAlgebra.RightSides(B, n, n);
        MustBeRegular();
        NDArray<T> result = X is null ? NDArray<T>.Uninitialised(B.Shape.ToArray()) : LinearAlgebra.MustTake(X, B);
        T[] work = ArrayPool<T>.Shared.Rent(n * columns);
        nint bRow = B.Strides[0], bColumn = B.Order == 2 ? B.Strides[1] : 0, xRow = result.Strides[0], xColumn = B.Order == 2 ? result.Strides[1] : 0;
        fixed (T* a = factors, w = work, b = B.Data, x = result.Data)
        {
            for (int i = 0; i < n; i++)
                for (int j = 0; j < columns; j++) w[(nint)i * columns + j] = b[B.Offset + i * bRow + j * bColumn];
            Triangular.SolveLeft(true, false, n, a, 1, n, w, columns, columns);
            Triangular.SolveLeft(false, true, n, a, 1, n, w, columns, columns);
            for (int i = 0; i < n; i++)
                for (int j = 0; j < columns; j++) x[result.Offset + order[i] * xRow + j * xColumn] = isScaled ? T.ScaleB(w[(nint)i * columns + j], rowExponents[order[i]]) : w[(nint)i * columns + j];
        }
        ArrayPool<T>.Shared.Return(work);
        return result;
    }

    /// <summary>The inverse of A.</summary>
    /// <exception cref="ShapeException">The matrix is not square.</exception>
    /// <exception cref="SingularMatrixException">The matrix is singular to working precision.</exception>
    public NDArray<T> Inverse()
    {
        MustBeSquare();
        return Solve(NDArray<T>.Identity(n));
    }

    private void MustBeSquare()
    {
        if (m != n) throw new ShapeException($"The matrix must be square, but it is {m} x {n}.");
    }

    private void MustBeRegular()
    {
        if (!IsSingular) return;
        for (int i = 0; i < n; i++)
            if (factors[i * (n + 1)] == T.Zero) throw new SingularMatrixException($"The {n} x {n} matrix is singular: pivot {i + 1} is 0.");
        if (!RowsAreComparable)
        {
            (T low, T high) = Extremes(rowSums);
            int largest = Array.IndexOf(rowSums, high), smallest = Array.IndexOf(rowSums, low);
            throw new SingularMatrixException($"The rows of the {n} x {n} matrix must be closer in size: beside row {largest}, row {smallest} is as small as {low:G3} beside {high:G3} (columns scaled), and quotients of them underflow. Rows may be multiplied by numbers together with their right sides.");
        }
        throw new SingularMatrixException($"The {n} x {n} matrix is singular to working precision: its condition number is about {Condition:G3}.");
    }

    private static void Factor(T* a, int rows, int columns, int stride, int[] pivots, int top)
    {
        if (columns <= Panel || rows <= 1)
        {
            FactorPanel(a, rows, columns, stride, pivots, top);
            return;
        }
        int h = Half(Math.Min(rows, columns));
        T* right = a + h, below = a + (nint)h * stride;
        Factor(a, rows, h, stride, pivots, top);
        Interchange(right, columns - h, stride, pivots, top, h);
        Triangular.SolveLeft(true, true, h, a, stride, 1, right, stride, columns - h);
        Gemm.Add(rows - h, columns - h, h, -T.One, below, stride, 1, right, stride, 1, below + h, stride);
        Factor(below + h, rows - h, columns - h, stride, pivots, top + h);
        int steps = Math.Min(rows, columns) - h;
        for (int k = top + h; k < top + h + steps; k++) pivots[k] += h;
        Interchange(a, h, stride, pivots, top + h, steps, top);
    }

    // A multiple of whole vectors, where there are many.
    private static int Half(int count) => count > Panel ? (count / 2 + 7) / 8 * 8 : count / 2;

    /// <summary>Factors a few columns, in a copy where they lie one after the other; the pivots are counted from the first row of <paramref name="a"/>, which is row <paramref name="top"/> of the matrix.</summary>
    private static void FactorPanel(T* a, int rows, int columns, int stride, int[] pivots, int top)
    {
        T* panel = (T*)Workspace.A.Ensure((long)rows * columns * sizeof(T));
        Transposition.Copy(a, stride, rows, columns, panel, rows);
        for (int k = 0; k < columns; k++)
        {
            // Column k catches up with the exchanges and the eliminations of the columns before it.
            T* column = panel + (nint)k * rows;
            int done = Math.Min(k, rows);
            for (int j = 0; j < done; j++)
            {
                int exchanged = pivots[top + j];
                if (exchanged != j) (column[j], column[exchanged]) = (column[exchanged], column[j]);
            }
            for (int j = 1; j < done; j++)
            {
                T sum = column[j];
                for (int l = 0; l < j; l++) sum -= panel[(nint)l * rows + j] * column[l];
                column[j] = sum;
            }
            if (k >= rows) continue;
            Vectors.AddCombination(-T.One, column, 1, panel + k, rows, k, column + k, rows - k);
            int p = k + Vectors.IndexOfLargest(column + k, rows - k);
            pivots[top + k] = p;
            if (column[p] == T.Zero) continue;
            if (p != k)
                for (int j = 0; j <= k; j++) (panel[(nint)j * rows + k], panel[(nint)j * rows + p]) = (panel[(nint)j * rows + p], panel[(nint)j * rows + k]);
            Vectors.Divide(column[k], column + k + 1, rows - k - 1);
        }
        Transposition.Copy(panel, rows, columns, rows, a, stride);
    }

    private static void Interchange(T* a, int columns, int stride, int[] pivots, int first, int steps, int origin = -1)
    {
        if (origin < 0) origin = first;
        for (int k = first; k < first + steps; k++)
        {
            int i = k - origin, p = pivots[k];
            if (p != i) Vectors.Swap(a + (nint)i * stride, a + (nint)p * stride, columns);
        }
    }
}
