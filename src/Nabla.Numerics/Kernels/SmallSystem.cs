using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla.Numerics;

/// <summary>Solves small systems on the stack, by Gaussian elimination with partial pivoting of the matrix beside its right sides.</summary>
internal static unsafe class SmallSystem
{
    internal const int LargestOrder = 32;
    internal const int LargestWidth = LargestOrder;

    /// <summary>
    /// X = A⁻¹ B for A of n x n and B of n x width, all strided; false where A is not proven regular, or the solution not that of a matrix nearby, so that the caller must find out.
    /// X is the same storage as B or apart from it.
    /// </summary>
    /// <remarks>
    /// The proof bounds the condition number of Bauer and Skeel after the columns are scaled to largest entry 1: |A⁻¹||A|e is at most n M(U)⁻¹ M(L)⁻¹ e for the comparison matrices M(L) and M(U),
    /// whose solutions are carried along (Higham 1987, A survey of condition number estimation for triangular matrices). Entries that are not finite leave no bound.
    /// </remarks>
    [SkipLocalsInit]
    internal static bool TrySolve<T>(int n, int width, T* A, nint aRow, nint aColumn, T* B, nint bRow, nint bColumn, T* X, nint xRow, nint xColumn)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int w = Vector<T>.Count, end = n + width, stride = end + w, wide = width == 1 ? 1 : (width + w - 1) / w * w;
        T* rows = stackalloc T[n * stride], right = stackalloc T[2 * n * wide], solution = right + n * wide;
        new Span<T>(right, n * wide).Clear();
        T* sizes = stackalloc T[2 * n + w];
        T* bounds = sizes + n + w;
        new Span<T>(sizes, n + w).Clear();
        for (int i = 0; i < n; i++)
        {
            T* row = rows + i * stride, from = A + i * aRow;
            int j = 0;
            if (aColumn == 1)
                for (; j <= n - w; j += w)
                {
                    Vector<T> v = Vector.Load(from + j);
                    v.Store(row + j);
                    Vector.Max(Vector.Abs(v), Vector.Load(sizes + j)).Store(sizes + j);
                }
            for (; j < n; j++)
            {
                row[j] = from[j * aColumn];
                sizes[j] = T.Max(T.Abs(row[j]), sizes[j]);
            }
            for (int c = 0; c < width; c++) right[i * wide + c] = row[n + c] = B[i * bRow + c * bColumn];
            Vector<T>.Zero.Store(row + end);
            bounds[i] = T.One;
        }
        int* order = stackalloc int[n];
        if (!Eliminate(n, end, stride, rows, bounds, order)) return false;
        T bound = Substitute(n, width, stride, rows, bounds, sizes, order);
        if (!(bound * T.CreateTruncating(n) < Precision<T>.Number(0.1) / Precision<T>.Epsilon)) return false;
        for (int i = 0; i < n; i++)
        {
            T* row = rows + order[i] * stride + n;
            if (wide == 1) solution[i] = row[0];
            for (int c = 0; c <= wide - w; c += w) Vector.Load(row + c).Store(solution + i * wide + c);
        }
        if (!(wide == 1 ? IsBackwardStable(n, A, aRow, aColumn, right, solution) : IsBackwardStable(n, wide, A, aRow, aColumn, right, solution))) return false;
        for (int i = 0; i < n; i++)
            for (int c = 0; c < width; c++) X[i * xRow + c * xColumn] = solution[i * wide + c];
        return true;
    }

    /// <summary>Makes the rows, in the order of the pivots, upper triangular; bounds becomes M(L)⁻¹ e. False for a pivot that is zero or not a number.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static bool Eliminate<T>(int n, int end, int stride, T* rows, T* bounds, int* order)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int w = Vector<T>.Count, p = 0;
        T max = T.Zero;
        for (int i = 0; i < n; i++)
        {
            order[i] = i;
            T size = T.Abs(rows[i * stride]);
            if (size > max) (max, p) = (size, i);
        }
        for (int k = 0; k < n; k++)
        {
            if (!(max > T.Zero)) return false;
            (order[k], order[p]) = (order[p], order[k]);
            T* pivotRow = rows + order[k] * stride;
            T pivot = pivotRow[k], y = bounds[order[k]];
            max = T.Zero;
            for (int i = k + 1; i < n; i++)
            {
                T* row = rows + order[i] * stride;
                T factor = row[k] / pivot;
                bounds[order[i]] += T.Abs(factor) * y;
                Vector<T> f = new(-factor);
                for (int j = k + 1; j < end; j += w) Vectors.MultiplyAdd(f, Vector.Load(pivotRow + j), Vector.Load(row + j)).Store(row + j);
                T size = T.Abs(row[k + 1]);
                if (size > max) (max, p) = (size, i);
            }
        }
        return true;
    }

    /// <summary>Solves with the upper triangle in place, and gives the largest entry of M(U)⁻¹ bounds times the size of its column.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static T Substitute<T>(int n, int width, int stride, T* rows, T* bounds, T* sizes, int* order)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int w = Vector<T>.Count;
        T worst = T.Zero;
        for (int k = n - 1; k >= 0; k--)
        {
            T* row = rows + order[k] * stride, right = row + n;
            T pivot = row[k], z = bounds[order[k]] / T.Abs(pivot);
            worst = T.Max(worst, z * sizes[k]);
            // What lies behind a row is zero, and so it stays.
            Vector<T> divisor = new(pivot);
            for (int c = 0; c < width; c += w) (Vector.Load(right + c) / divisor).Store(right + c);
            for (int i = 0; i < k; i++)
            {
                T* above = rows + order[i] * stride;
                T factor = above[k];
                bounds[order[i]] += T.Abs(factor) * z;
                Vector<T> f = new(-factor);
                above += n;
                for (int c = 0; c < width; c += w) Vectors.MultiplyAdd(f, Vector.Load(right + c), Vector.Load(above + c)).Store(above + c);
            }
        }
        return worst;
    }

    /// <summary>Whether the residuals are rounding errors of |A||X| + |B|, entry by entry. They may be larger where rows of very different sizes compete for the pivots.</summary>
    /// <remarks>Oettli and Prager (1964): then the columns of X solve systems whose entries differ from those given by as little, each in relation to itself.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static bool IsBackwardStable<T>(int n, int wide, T* A, nint aRow, nint aColumn, T* right, T* solution)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int w = Vector<T>.Count;
        Vector<T> bound = new(T.CreateTruncating(8 * n) * Precision<T>.Epsilon);
        for (int i = 0; i < n; i++, A += aRow)
        {
            for (int c = 0; c < wide; c += w)
            {
                Vector<T> residual = Vector.Load(right + i * wide + c), size = Vector.Abs(residual);
                T* a = A, x = solution + c;
                for (int j = 0; j < n; j++, a += aColumn, x += wide)
                {
                    Vector<T> factor = new(*a), term = Vector.Load(x);
                    residual = Vectors.MultiplyAdd(-factor, term, residual);
                    size = Vectors.MultiplyAdd(Vector.Abs(factor), Vector.Abs(term), size);
                }
                if (!Vector.LessThanOrEqualAll(Vector.Abs(residual), bound * size)) return false;
            }
        }
        return true;
    }

    /// <summary>The same for one right side.</summary>
    private static bool IsBackwardStable<T>(int n, T* A, nint aRow, nint aColumn, T* right, T* solution)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T bound = T.CreateTruncating(8 * n) * Precision<T>.Epsilon;
        for (int i = 0; i < n; i++, A += aRow)
        {
            T b = right[i], residual = b;
            if (aColumn == 1) residual -= Vectors.Dot(A, solution, n);
            else
                for (int j = 0; j < n; j++) residual -= A[j * aColumn] * solution[j];
            // The right side alone is nearly always large enough.
            if (T.Abs(residual) <= bound * T.Abs(b)) continue;
            T size = T.Abs(b);
            for (int j = 0; j < n; j++) size += T.Abs(A[j * aColumn] * solution[j]);
            if (!(T.Abs(residual) <= bound * size)) return false;
        }
        return true;
    }
}
