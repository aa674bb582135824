using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Operators;

/// <summary>The x of least norm among those that minimise norm2(A*x - b).</summary>
internal sealed class LeastSquares : NumericOperator
{
    /// <inheritdoc/>
    public override string Name => "lstsq";

    /// <inheritdoc/>
    public override (int Least, int Most) Arity => (2, 2);

    /// <inheritdoc/>
    public override string Summary => "The least-squares solution of A*x = b, of least norm where there are several.";

    /// <inheritdoc/>
    public override string Example => "lstsq([1 2; 3 4; 5 6], [1 1; 2 0; 3 1])";

    /// <inheritdoc/>
    public override Shape Infer(ShapeRule rule)
    {
        var (A, b) = (rule.Matrix(0, Name), rule[1]);
        string Message() => $"{Name}(A, b) takes a matrix and a column or matrix with as many rows, but {rule.Describe(0)} and {rule.Describe(1)}.";
        if (b.Kind is Kind.Scalar or Kind.Row) throw rule.Error(Message());
        rule.Equate(A.Rows, b.Rows, Message);
        return b with { Rows = A.Columns };
    }

    /// <inheritdoc/>
    public override Value Evaluate(Arguments a) => Value.Of(a[1].Kind, LinearAlgebra.LeastSquares(a.Matrix(0), a.Matrix(1)));
}
