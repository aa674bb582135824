using System.Numerics;

namespace Nabla.Numerics;

/// <summary>Functions of square matrices: exponential, square root, powers.</summary>
public static class MatrixFunctions
{
    private static readonly (int Degree, double Bound)[] Approximants =
        [(3, 1.495585217958292e-2), (5, 2.539398330063230e-1), (7, 9.504178996162932e-1), (9, 2.097847961257068)];

    private const double LargestBound = 5.371920351148152;

    /// <summary>The matrix exponential, the sum of A^k / k!.</summary>
    /// <remarks>Scaling and squaring with Padé approximants of degree 3 to 13: Higham (2005), The scaling and squaring method for the matrix exponential revisited. The coefficients are for double precision and serve float too.</remarks>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="A">A square matrix.</param>
    /// <exception cref="ShapeException">A is not square.</exception>
    /// <exception cref="NotFiniteNumberException">An entry is infinite or not a number.</exception>
    /// <exception cref="OverflowException">An entry of the result is beyond the range of the type.</exception>
    public static NDArray<T> Exp<T>(NDArray<T> A)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(A);
        int n = A.MustBeSquare().MustBeFinite().Rows;
        if (n == 0) return A.Copy();
        double norm = double.CreateSaturating(LinearAlgebra.Norm(A, MatrixNorm.One));
        foreach ((int degree, double bound) in Approximants)
            if (norm <= bound) return Pade(A, degree);
        int squarings = norm <= LargestBound ? 0 : (int)Math.Ceiling(Math.Log2(norm / LargestBound));
        NDArray<T> result = squarings > 2000 ? throw Overflow(n) : Pade(A.Map(x => T.ScaleB(x, -squarings)), 13);
        for (int k = 0; k < squarings; k++)
        {
            result = NDArray.MatMul(result, result);
            foreach (T entry in result.AsSpan())
                if (!T.IsFinite(entry)) throw Overflow(n);
        }
        return result;
    }

    /// <summary>The principal square root X of A: X X = A, and the eigenvalues of X have positive real parts.</summary>
    /// <remarks>By the real Schur form: Björck and Hammarling (1983), Higham (1987).</remarks>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="A">A square matrix without eigenvalues on the negative real axis.</param>
    /// <exception cref="ShapeException">A is not square.</exception>
    /// <exception cref="ArithmeticException">A has a negative eigenvalue, so that no real square root is principal, or is singular with a Jordan block for 0.</exception>
    /// <exception cref="NotFiniteNumberException">An entry is infinite or not a number.</exception>
    public static NDArray<T> Sqrt<T>(NDArray<T> A)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(A);
        int n = A.MustBeSquare().MustBeFinite().Rows;
        if (n == 0) return A.Copy();
        if (LinearAlgebra.IsSymmetric(A)) return SymmetricSqrt(A);
        var schur = new Schur<T>(A);
        NDArray<T> X = QuasiTriangularSqrt.Of(schur.S, schur.RealParts, schur.ImaginaryParts), Z = schur.Z;
        return NDArray.MatMul(NDArray.MatMul(Z, X), Z.Transpose());
    }

    /// <summary>An integer power of a square matrix, by repeated squaring; negative exponents invert it first.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="A">A square matrix.</param>
    /// <param name="exponent">The exponent; 0 gives the identity.</param>
    /// <exception cref="ShapeException">A is not square.</exception>
    /// <exception cref="SingularMatrixException">The exponent is negative and A is singular to working precision.</exception>
    /// <exception cref="NotFiniteNumberException">The exponent is negative and an entry is infinite or not a number.</exception>
    public static NDArray<T> Power<T>(NDArray<T> A, int exponent)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(A);
        NDArray<T> square = exponent < 0 ? LinearAlgebra.Inverse(A) : A.MustBeSquare();
        NDArray<T>? result = null;
        for (long rest = Math.Abs((long)exponent); rest > 0; rest >>= 1)
        {
            if ((rest & 1) == 1) result = result is null ? square : NDArray.MatMul(result, square);
            if (rest > 1) square = NDArray.MatMul(square, square);
        }
        return result is null ? NDArray<T>.Identity(A.Rows) : result.Copy();
    }

    private static NDArray<T> SymmetricSqrt<T>(NDArray<T> A)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var eigen = new SymmetricEigen<T>(A);
        NDArray<T> V = eigen.Vectors, W = V.Copy(), values = eigen.Values;
        int n = A.Rows;
        T tolerance = T.CreateChecked(n) * Precision<T>.Epsilon * values.NormInf();
        if (values[0] < -tolerance)
            throw new ArithmeticException($"The {n} x {n} matrix has no real principal square root, because it has the negative eigenvalue {values[0]:G6}.");
        for (int j = 0; j < n; j++)
        {
            T root = T.Sqrt(T.Max(values[j], T.Zero));
            for (int i = 0; i < n; i++) W[i, j] *= root;
        }
        return NDArray.MatMul(W, V.Transpose());
    }

    private static NDArray<T> Pade<T>(NDArray<T> A, int degree)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = A.Rows;
        double[] b = Coefficients(degree);
        NDArray<T> square = NDArray.MatMul(A, A), identity = NDArray<T>.Identity(n), odd, even;
        if (degree == 13)
        {
            NDArray<T> fourth = NDArray.MatMul(square, square), sixth = NDArray.MatMul(fourth, square);
            NDArray<T> Sum(double b6, double b4, double b2) => sixth * Number(b6) + fourth * Number(b4) + square * Number(b2);
            odd = NDArray.MatMul(A, NDArray.MatMul(sixth, Sum(b[13], b[11], b[9])) + Sum(b[7], b[5], b[3]) + identity * Number(b[1]));
            even = NDArray.MatMul(sixth, Sum(b[12], b[10], b[8])) + Sum(b[6], b[4], b[2]) + identity * Number(b[0]);
        }
        else
        {
            NDArray<T> power = identity;
            odd = identity * Number(b[1]);
            even = identity * Number(b[0]);
            for (int k = 2; k < degree; k += 2)
            {
                power = NDArray.MatMul(power, square);
                even += power * Number(b[k]);
                odd += power * Number(b[k + 1]);
            }
            odd = NDArray.MatMul(A, odd);
        }
        return LinearAlgebra.Solve(even - odd, even + odd);

        static T Number(double value) => Precision<T>.Number(value);
    }

    /// <summary>The coefficients of the numerator of the Padé approximant, scaled so that the last is 1: b[j] = (2q - j)! q! / ((2q)! j! (q - j)!) b, computed upwards from the last.</summary>
    private static double[] Coefficients(int degree)
    {
        double[] b = new double[degree + 1];
        b[degree] = 1;
        for (int j = degree - 1; j >= 0; j--) b[j] = b[j + 1] * (2 * degree - j) * (j + 1) / (degree - j);
        return b;
    }

    private static OverflowException Overflow(int n) => new($"The exponential of the {n} x {n} matrix has entries beyond the range of its type.");
}
