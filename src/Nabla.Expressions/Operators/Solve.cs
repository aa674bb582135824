using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Operators;

/// <summary>The solution X of AX = B for an invertible matrix A.</summary>
/// <remarks>d(A⁻¹B) = A⁻¹ (dB - dA A⁻¹B).</remarks>
internal sealed class Solve : Operator
{
    /// <inheritdoc/>
    public override string Name => "solve";

    /// <inheritdoc/>
    public override string? Symbol => "\\";

    /// <inheritdoc/>
    public override (int Least, int Most) Arity => (2, 2);

    /// <inheritdoc/>
    public override string Summary => "The solution x of A*x = b, for a square matrix A.";

    /// <inheritdoc/>
    public override string Example => "[2 1; 1 3] \\ [1 0; 0 1]";

    /// <inheritdoc/>
    public override Shape Infer(ShapeRule rule)
    {
        var (A, b) = (rule[0], rule[1]);
        if (A.IsScalar) return b;
        string NotSquare() => $"The left side of \\ must be a square matrix, but {rule.Describe(0)}; lstsq(A, b) gives the least-squares solution of other systems.";
        if (A.Kind != Kind.Matrix) throw rule.Error(NotSquare());
        rule.Equate(A.Rows, A.Columns, NotSquare);
        string Message() => $"The right side of \\ must be a column or matrix with as many rows as the left side has, but {rule.Describe(0)} and {rule.Describe(1)}.";
        if (b.Kind is Kind.Scalar or Kind.Row) throw rule.Error(Message());
        rule.Equate(A.Rows, b.Rows, Message);
        return b;
    }

    /// <inheritdoc/>
    public override Term Define(Definition d)
    {
        if (d.ShapeOf(0).IsScalar) return d.Product(d[0], -1, d[1], 1);
        var inverse = d.Apply(OperatorTable.Get<Inverse>(), d[0], 2);
        return d.ShapeOf(1).Kind == Kind.Matrix ? d.Einsum("ij,jk->ik", inverse, d[1]) : d.Einsum("ij,j->i", inverse, d[1]);
    }

    /// <inheritdoc/>
    public override Value Evaluate(Arguments a) => a[0].IsScalar
        ? a.ElementByElement((x, y) => y / x, (x, y) => y / x)
        : Value.Of(a[1].Kind, LinearAlgebra.Solve(a.Matrix(0), a.Matrix(1)));
}
