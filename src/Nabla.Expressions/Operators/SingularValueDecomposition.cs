using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Operators;

/// <summary>A = U diag(s) V' with orthonormal columns in U and V and the singular values in s, thin.</summary>
internal sealed class SingularValueDecomposition : ValuesOperator
{
    /// <inheritdoc/>
    public override string Name => "svd";

    /// <inheritdoc/>
    public override string Summary => "The factors of A = U*diag(s)*V': orthonormal columns and the singular values, descending, thin.";

    /// <inheritdoc/>
    public override string Example => "U, s, V = svd([1 2; 3 4; 5 6])";

    /// <inheritdoc/>
    public override IReadOnlyList<string> ValueNames => ["U", "s", "V"];

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> InferAll(ShapeRule rule)
    {
        var A = rule.Matrix(0, Name);
        var (m, n) = (A.Rows, A.Columns);
        var k = rule.Smaller(m, n);
        return [Shape.Matrix(m, k), Shape.Column(k), Shape.Matrix(n, k)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Value> EvaluateAll(Arguments a)
    {
        var svd = new SVD<double>(a.Matrix(0));
        return [Value.Of(Kind.Matrix, svd.U), Value.Column(svd.S.AsSpan()), Value.Of(Kind.Matrix, svd.V)];
    }
}
