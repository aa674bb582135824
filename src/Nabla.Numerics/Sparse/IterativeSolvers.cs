using System.Numerics;
using System.Numerics.Tensors;

namespace Nabla.Numerics;

/// <summary>Solvers that need only products with a matrix: for large sparse systems. Every one has a cap on its steps.</summary>
public static unsafe class IterativeSolvers
{
    /// <summary>Solves A x = b for a symmetric positive definite A by conjugate gradients, preconditioned by the diagonal.</summary>
    /// <remarks>Hestenes and Stiefel (1952).</remarks>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="A">A symmetric positive definite n x n matrix.</param>
    /// <param name="b">A vector of n.</param>
    /// <param name="tolerance">The residual, relative to b, at which to stop.</param>
    /// <param name="cap">The largest number of steps; 10 n when 0.</param>
    /// <exception cref="ShapeException">A is not square, or b does not fit.</exception>
    /// <exception cref="NotFiniteNumberException">An entry of b is infinite or not a number.</exception>
    /// <exception cref="NotPositiveDefiniteException">A direction p with p'A p not positive was met.</exception>
    public static IterativeSolution<T> ConjugateGradients<T>(SparseMatrix<T> A, NDArray<T> b, double tolerance = 1e-10, int cap = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(A);
        ArgumentNullException.ThrowIfNull(b);
        if (A.Rows != A.Columns) throw new ShapeException($"The matrix must be square, but it is {A.Rows} x {A.Columns}.");
        Check(A, b);
        int n = A.Rows, limit = cap > 0 ? cap : 10 * Math.Max(n, 1);
        T[] inverseDiagonal = new T[n], right = b.ToArray(), x = new T[n], r = [.. right], z = new T[n], q = new T[n];
        for (int i = 0; i < n; i++)
        {
            T entry = A[i, i];
            if (!(entry > T.Zero)) throw new NotPositiveDefiniteException($"The {n} x {n} matrix must be positive definite, but entry [{i}, {i}] is {entry}.");
            inverseDiagonal[i] = T.One / entry;
        }
        TensorPrimitives.Multiply<T>(inverseDiagonal, r, z);
        T[] p = [.. z];
        T size = b.Norm2(), goal = size * Precision<T>.Number(tolerance), rz = TensorPrimitives.Dot<T>(r, z), left = size;
        int step = 0;
        for (; step < limit && left > goal; step++)
        {
            Multiply(A, p, T.Zero, q);
            T curvature = TensorPrimitives.Dot<T>(p, q);
            if (!(curvature > T.Zero)) throw new NotPositiveDefiniteException($"The {n} x {n} matrix must be positive definite, but p'A p is {curvature} for a direction p.");
            T alpha = rz / curvature;
            TensorPrimitives.MultiplyAdd(p, alpha, x, x);
            if (step % 50 == 49) Residual();
            else TensorPrimitives.MultiplyAdd(q, -alpha, r, r);
            TensorPrimitives.Multiply<T>(inverseDiagonal, r, z);
            T next = TensorPrimitives.Dot<T>(r, z);
            TensorPrimitives.MultiplyAdd(p, next / rz, z, p);
            rz = next;
            left = Reductions.Norm2<T>(r);
        }
        Residual();
        left = Reductions.Norm2<T>(r);
        T relative = size == T.Zero ? T.Zero : left / size;
        return new IterativeSolution<T>(NDArray<T>.FromArray(x), step, relative, relative <= Precision<T>.Number(2 * tolerance));

        void Residual()
        {
            Multiply(A, x, T.Zero, r);
            TensorPrimitives.Subtract<T>(right, r, r);
        }
    }

    /// <summary>Minimises |A x - b|² + damping² |x|² for a matrix of any shape and rank by LSQR; without damping the x of least norm.</summary>
    /// <remarks>Paige and Saunders (1982), LSQR: an algorithm for sparse linear equations and sparse least squares.</remarks>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="A">An m x n matrix.</param>
    /// <param name="b">A vector of m.</param>
    /// <param name="damping">The weight of |x|.</param>
    /// <param name="tolerance">The relative residual, or relative gradient, at which to stop.</param>
    /// <param name="cap">The largest number of steps; 10 (m + n) when 0.</param>
    /// <exception cref="ShapeException">b does not fit.</exception>
    /// <exception cref="NotFiniteNumberException">An entry of b is infinite or not a number.</exception>
    public static IterativeSolution<T> LSQR<T>(SparseMatrix<T> A, NDArray<T> b, double damping = 0, double tolerance = 1e-12, int cap = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(A);
        ArgumentNullException.ThrowIfNull(b);
        Check(A, b);
        int limit = cap > 0 ? cap : 10 * Math.Max(A.Rows + A.Columns, 1);
        T size = b.Norm2(), damp = Precision<T>.Number(damping), goal = Precision<T>.Number(tolerance);
        if (size == T.Zero) return new IterativeSolution<T>(NDArray<T>.Zeros(A.Columns), 0, T.Zero, true);
        T beta = size;
        NDArray<T> start = b / beta;
        T[] u = start.ToArray(), v = A.TransposeMultiply(start).ToArray(), x = new T[A.Columns];
        T alpha = Reductions.Norm2<T>(v), norm = T.Zero, phi = beta, rho = alpha, squares = T.Zero, measure = T.One;
        if (alpha == T.Zero) return new IterativeSolution<T>(NDArray<T>.Zeros(A.Columns), 0, T.Zero, true);
        TensorPrimitives.Divide(v, alpha, v);
        T[] w = [.. v];
        int step = 0;
        bool converged = false;
        while (step < limit && !converged)
        {
            step++;
            Multiply(A, v, -alpha, u);
            beta = Reductions.Norm2<T>(u);
            norm = T.Hypot(norm, T.Hypot(T.Hypot(alpha, beta), damp));
            if (beta > T.Zero)
            {
                TensorPrimitives.Divide(u, beta, u);
                TensorPrimitives.Multiply(v, -beta, v);
                fixed (T* pu = u, pv = v) A.AddTransposed(pu, 1, pv);
                alpha = Reductions.Norm2<T>(v);
                if (alpha > T.Zero) TensorPrimitives.Divide(v, alpha, v);
            }
            else alpha = T.Zero;
            T damped = T.Hypot(rho, damp), shrink = rho / damped, psi = damp / damped * phi;
            phi *= shrink;
            T length = T.Hypot(damped, beta), c = damped / length, s = beta / length, theta = s * alpha, step1 = c * phi / length;
            rho = -c * alpha;
            phi *= s;
            TensorPrimitives.MultiplyAdd(w, step1, x, x);
            TensorPrimitives.MultiplyAdd(w, -theta / length, v, w);
            squares = T.Hypot(squares, psi);
            T residual = T.Hypot(phi, squares), gradient = T.Abs(phi * alpha * c);
            measure = residual == T.Zero ? T.Zero : T.Min(residual / size, gradient / (norm * residual));
            converged = measure <= goal;
        }
        return new IterativeSolution<T>(NDArray<T>.FromArray(x), step, measure, converged);
    }

    /// <summary>y = A x + keep y.</summary>
    private static void Multiply<T>(SparseMatrix<T> A, T[] x, T keep, T[] y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        fixed (T* px = x, py = y) A.Multiply(px, 1, keep, py);
    }

    private static void Check<T>(SparseMatrix<T> A, NDArray<T> b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (b.Order != 1 || b.Shape[0] != A.Rows)
            throw new ShapeException($"The right side of a system with a {A.Rows} x {A.Columns} matrix must be a vector of {A.Rows}, but it is {Shape.Text(b.Shape)}.");
        b.MustBeFinite();
        foreach ((int i, int j, T value) in A.Entries())
            if (!T.IsFinite(value)) throw new NotFiniteNumberException($"The entries must be finite, but entry [{i}, {j}] of {A.Rows} x {A.Columns} is {value}.");
    }
}
