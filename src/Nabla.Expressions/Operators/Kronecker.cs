using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Operators;

/// <summary>The Kronecker product: every entry of A times the whole of B.</summary>
/// <remarks>d (A ⊗ B) = dA ⊗ B + A ⊗ dB. Magnus and Neudecker (2019), section 2.2.</remarks>
internal sealed class Kronecker : Operator
{
    /// <inheritdoc/>
    public override string Name => "kron";

    /// <inheritdoc/>
    public override string? Symbol => "⊗";

    /// <inheritdoc/>
    public override bool IsFunction => true;

    /// <inheritdoc/>
    public override (int Least, int Most) Arity => (2, 2);

    /// <inheritdoc/>
    public override string Summary => "The Kronecker product: the block matrix of A[i,j]*B.";

    /// <inheritdoc/>
    public override string Example => "kron([1 2; 3 4], [1 0; 0 1])";

    /// <inheritdoc/>
    public override Shape Infer(ShapeRule rule)
    {
        var (A, B) = (rule[0], rule[1]);
        bool rows = HasRows(A) || HasRows(B), columns = HasColumns(A) || HasColumns(B);
        var (m, n) = (A.Rows * B.Rows, A.Columns * B.Columns);
        return rows && columns ? Shape.Matrix(m, n) : rows ? Shape.Column(m) : columns ? Shape.Row(n) : Shape.Scalar;
    }

    /// <inheritdoc/>
    public override Term Define(Definition d)
    {
        var (A, B) = (d.ShapeOf(0), d.ShapeOf(1));
        var factors = new List<Term> { d[0], d[1] };
        string specification = $"{Labels(A, "ij")},{Labels(B, "kl")}", result = "";
        foreach (var (inA, inB, slow, fast, labels) in new[] { (HasRows(A), HasRows(B), A.Rows, B.Rows, "pik"), (HasColumns(A), HasColumns(B), A.Columns, B.Columns, "qjl") })
        {
            if (inA && inB)
            {
                factors.Add(d.Pair(slow, fast));
                specification += "," + labels;
            }
            if (inA || inB) result += inA && inB ? labels[0] : labels[inA ? 1 : 2];
        }
        return d.Einsum($"{specification}->{result}", factors.ToArray());
    }

    /// <inheritdoc/>
    public override Value Evaluate(Arguments a)
    {
        var (A, B) = (a.Real(0), a.Real(1));
        a.CheckSize((long)A.Rows * B.Rows, (long)A.Columns * B.Columns);
        var kind = (A.Kind, B.Kind) switch
        {
            (Kind.Scalar, var other) => other,
            (var other, Kind.Scalar) => other,
            (Kind.Column, Kind.Column) => Kind.Column,
            (Kind.Row, Kind.Row) => Kind.Row,
            _ => Kind.Matrix,
        };
        return Value.Of(kind, A.Rows * B.Rows, A.Columns * B.Columns,
            (i, j) => A.Real[i / B.Rows * A.Columns + j / B.Columns] * B.Real[i % B.Rows * B.Columns + j % B.Columns]);
    }

    private static string Labels(Shape shape, string labels) => (HasRows(shape) ? labels[..1] : "") + (HasColumns(shape) ? labels[1..] : "");

    private static bool HasRows(Shape shape) => shape.Kind is Kind.Column or Kind.Matrix;

    private static bool HasColumns(Shape shape) => shape.Kind is Kind.Row or Kind.Matrix;
}
