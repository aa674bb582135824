using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Operators;

/// <summary>A = PLU with a permutation P, a unit lower triangular L and an upper triangular U, by elimination with partial pivoting.</summary>
internal sealed class LUDecomposition : ValuesOperator
{
    /// <inheritdoc/>
    public override string Name => "lu";

    /// <inheritdoc/>
    public override string Summary => "The factors of A = P*L*U: a permutation, a unit lower and an upper triangular matrix.";

    /// <inheritdoc/>
    public override string Example => "P, L, U = lu([1 2; 3 4])";

    /// <inheritdoc/>
    public override IReadOnlyList<string> ValueNames => ["P", "L", "U"];

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> InferAll(ShapeRule rule)
    {
        var A = rule.Matrix(0, Name);
        var (m, n) = (A.Rows, A.Columns);
        var k = rule.Smaller(m, n);
        return [Shape.Matrix(m, m), Shape.Matrix(m, k), Shape.Matrix(k, n)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Value> EvaluateAll(Arguments a)
    {
        var lu = new LU<double>(a.Matrix(0));
        return [Value.Of(Kind.Matrix, lu.P), Value.Of(Kind.Matrix, lu.L), Value.Of(Kind.Matrix, lu.U)];
    }
}
