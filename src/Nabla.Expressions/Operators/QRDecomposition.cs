using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Operators;

/// <summary>A = QR with orthonormal columns in Q and an upper triangular R, thin.</summary>
internal sealed class QRDecomposition : ValuesOperator
{
    /// <inheritdoc/>
    public override string Name => "qr";

    /// <inheritdoc/>
    public override string Summary => "The factors of A = Q*R: orthonormal columns and an upper triangular matrix, thin.";

    /// <inheritdoc/>
    public override string Example => "Q, R = qr([1 2; 3 4; 5 6])";

    /// <inheritdoc/>
    public override IReadOnlyList<string> ValueNames => ["Q", "R"];

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> InferAll(ShapeRule rule)
    {
        var A = rule.Matrix(0, Name);
        var (m, n) = (A.Rows, A.Columns);
        var k = rule.Smaller(m, n);
        return [Shape.Matrix(m, k), Shape.Matrix(k, n)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Value> EvaluateAll(Arguments a)
    {
        var qr = new QR<double>(a.Matrix(0));
        return [Value.Of(Kind.Matrix, qr.Q), Value.Of(Kind.Matrix, qr.R)];
    }
}
