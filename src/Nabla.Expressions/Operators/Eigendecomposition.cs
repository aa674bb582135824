using System.Numerics;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Operators;

/// <summary>A V = V diag(w): real and ascending for a symmetric matrix, else complex where it must be, by real, then imaginary part.</summary>
internal sealed class Eigendecomposition : ValuesOperator
{
    /// <inheritdoc/>
    public override string Name => "eig";

    /// <inheritdoc/>
    public override string Summary => "Eigenvalues and eigenvectors, A*V = V*diag(w); ascending and orthonormal when A is symmetric.";

    /// <inheritdoc/>
    public override string Example => "w, V = eig([2 1; 1 2])";

    /// <inheritdoc/>
    public override IReadOnlyList<string> ValueNames => ["w", "V"];

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> InferAll(ShapeRule rule)
    {
        var n = rule.Square(0, Name);
        return rule[0].IsScalar ? throw rule.Error($"{Name} takes a square matrix, but {rule.Describe(0)}.") : [Shape.Column(n), Shape.Matrix(n, n)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Value> EvaluateAll(Arguments a)
    {
        var A = a.Matrix(0);
        if (IsSymmetric(A))
        {
            var symmetric = new SymmetricEigen<double>(A);
            return [Value.Column(symmetric.Values.AsSpan()), Value.Of(Kind.Matrix, symmetric.Vectors)];
        }
        var general = new Eigen<double>(A);
        var (w, V) = (general.Values, general.Vectors);
        int[] order = [.. Enumerable.Range(0, w.Length).Order(Comparer<int>.Create((i, j) => Compare(w[i], w[j])))];
        return [Value.OfComplex(Kind.Column, w.Length, 1, (i, _) => w[order[i]]), Value.OfComplex(Kind.Matrix, w.Length, w.Length, (i, j) => V[i, order[j]])];
    }

    /// <summary>The order of complex eigenvalues: by their real, then by their imaginary part.</summary>
    public static int Compare(Complex v, Complex w) => v.Real != w.Real ? v.Real.CompareTo(w.Real) : v.Imaginary.CompareTo(w.Imaginary);

    /// <summary>Whether a matrix is symmetric up to the rounding of a product such as S'*A*S.</summary>
    public static bool IsSymmetric(NDArray<double> A)
    {
        double tolerance = 8 * double.BitIncrement(1) - 8;
        double largest = A.NormInf();
        for (int i = 0; i < A.Rows; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double gap = Math.Abs(A[i, j] - A[j, i]);
                if (gap != 0 && !(gap <= tolerance * largest && gap <= 1e-8 * Math.Abs(A[i, j]))) return false;
            }
        }
        return true;
    }
}
