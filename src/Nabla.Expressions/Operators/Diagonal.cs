using System.Numerics;
using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Operators;

/// <summary>The diagonal matrix of a vector, or the diagonal of a square matrix as a column.</summary>
/// <remarks>d diag(x) = diag(dx).</remarks>
internal sealed class Diagonal : Operator
{
    /// <inheritdoc/>
    public override string Name => "diag";

    /// <inheritdoc/>
    public override string Summary => "The diagonal matrix of a vector; the diagonal of a square matrix as a column.";

    /// <inheritdoc/>
    public override string Example => "diag([1 2; 3 4])";

    /// <inheritdoc/>
    public override Shape Infer(ShapeRule rule)
    {
        var X = rule[0];
        return X.Kind switch
        {
            Kind.Scalar => throw rule.Error($"{Name} takes a vector or a square matrix, but {rule.Describe(0)}."),
            Kind.Matrix => Shape.Column(rule.Square(0, Name)),
            _ => Shape.Matrix(X.Axes[0], X.Axes[0]),
        };
    }

    /// <inheritdoc/>
    public override Term Define(Definition d) => d.Einsum(d.ShapeOf(0).Kind == Kind.Matrix ? "ii->i" : "i->ii", d[0]);

    /// <inheritdoc/>
    public override Value Evaluate(Arguments a)
    {
        var X = a[0];
        if (X.Kind == Kind.Matrix) return Value.OfComplex(Kind.Column, X.Rows, 1, (i, _) => X[i, i]);
        a.CheckSize(X.Count, X.Count);
        return Value.OfComplex(Kind.Matrix, X.Count, X.Count, (i, j) => i == j ? X[i] : Complex.Zero);
    }
}
