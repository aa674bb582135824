using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Operators;

/// <summary>A V = V diag(w): real and ascending for a symmetric matrix, else complex where it must be.</summary>
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
    public override IReadOnlyList<Value> EvaluateAll(Arguments a) => LinearAlgebra.Eigen(a, a.Real(0));
}
