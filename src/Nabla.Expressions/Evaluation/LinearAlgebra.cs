using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Evaluation;

/// <summary>The reference kernels of matrices: one call into Nabla.Numerics each.</summary>
internal static class LinearAlgebra
{
    public static Value Condition(Arguments a, Value A) => throw new NotImplementedException();

    public static Value Power(Arguments a, Value A, long p) => throw new NotImplementedException();

    public static Value SingularValues(Arguments a, Value A) => throw new NotImplementedException();

    public static Value Inverse(Arguments a, Value A) => throw new NotImplementedException();

    public static Value Eigenvalues(Arguments a, Value A) => throw new NotImplementedException();

    public static Value Multiply(Arguments a, Value A, Value B) => throw new NotImplementedException();

    public static Value NullSpace(Arguments a, Value A) => throw new NotImplementedException();

    public static IReadOnlyList<Value> SVD(Arguments a, Value A) => throw new NotImplementedException();

    public static Value LeastSquares(Arguments a, Value A, Value B) => throw new NotImplementedException();

    public static Value Echelon(Arguments a, Value A, bool reduced) => throw new NotImplementedException();

    public static Value Solve(Arguments a, Value A, Value B) => throw new NotImplementedException();

    public static IReadOnlyList<Value> QR(Arguments a, Value A) => throw new NotImplementedException();

    public static Value Determinant(Arguments a, Value A) => throw new NotImplementedException();

    public static Value ColumnSpace(Arguments a, Value A) => throw new NotImplementedException();

    public static Value Rank(Arguments a, Value A) => throw new NotImplementedException();

    public static Value Exponential(Arguments a, Value A) => throw new NotImplementedException();

    public static Value LogDeterminant(Arguments a, Value A) => throw new NotImplementedException();

    public static IReadOnlyList<Value> LU(Arguments a, Value A) => throw new NotImplementedException();

    public static Value Cholesky(Arguments a, Value A) => throw new NotImplementedException();

    public static IReadOnlyList<Value> Eigen(Arguments a, Value A) => throw new NotImplementedException();

    public static Value Pseudoinverse(Arguments a, Value A) => throw new NotImplementedException();
}
