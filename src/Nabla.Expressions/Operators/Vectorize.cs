using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Operators;

/// <summary>The columns of a matrix, stacked in one column.</summary>
/// <remarks>d vec X = vec dX.</remarks>
internal sealed class Vectorize : Operator
{
    /// <inheritdoc/>
    public override string Name => "vec";

    /// <inheritdoc/>
    public override string Summary => "The columns of a matrix, one below the other.";

    /// <inheritdoc/>
    public override string Example => "vec([1 2; 3 4])";

    /// <inheritdoc/>
    public override Shape Infer(ShapeRule rule) => rule[0].IsScalar
        ? throw rule.Error($"{Name} takes a vector or a matrix, but {rule.Describe(0)}.")
        : Shape.Column(rule[0].Rows * rule[0].Columns);

    /// <inheritdoc/>
    public override Term Define(Definition d)
    {
        var X = d.ShapeOf(0);
        return X.Kind == Kind.Matrix ? d.Einsum("pji,ij->p", d.Pair(X.Columns, X.Rows), d[0]) : d[0];
    }

    /// <inheritdoc/>
    public override Value Evaluate(Arguments a) => a.Real(0).Transpose() is var T ? T.As(Kind.Column, T.Count, 1) : null!;
}
