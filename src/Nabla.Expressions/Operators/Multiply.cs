using System.Numerics;
using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;
using Nabla.Numerics;

namespace Nabla.Expressions.Operators;

/// <summary>The matrix product; a scalar multiplies anything.</summary>
/// <remarks>d(AB) = dA B + A dB.</remarks>
internal sealed class Multiply : Operator
{
    /// <inheritdoc/>
    public override string Name => "multiply";

    /// <inheritdoc/>
    public override string? Symbol => "*";

    /// <inheritdoc/>
    public override (int Least, int Most) Arity => (2, 2);

    /// <inheritdoc/>
    public override string Summary => "The matrix product; a scalar multiplies anything.";

    /// <inheritdoc/>
    public override string Example => "[1 2; 3 4]*[5 6; 7 8]";

    /// <inheritdoc/>
    public override Shape Infer(ShapeRule rule)
    {
        var (A, B) = (rule[0], rule[1]);
        if (A.IsScalar) return B;
        if (B.IsScalar) return A;
        if (A.Kind == B.Kind && A.Kind != Kind.Matrix) throw rule.Error(TwoVectors(rule));
        string Message() => Mismatch(rule);
        // A matrix of one column or one row joins a vector that has no such axis.
        bool outer = (A.Kind, B.Kind) is (Kind.Column, Kind.Row);
        if (!outer && (A.Kind == Kind.Column && B.Rows.Size != 1 || B.Kind == Kind.Row && A.Columns.Size != 1)) throw rule.Error(Message());
        if (A.Kind != Kind.Column && B.Kind != Kind.Row) rule.Equate(A.Columns, B.Rows, Message);
        return (A.Kind, B.Kind) switch
        {
            (Kind.Row, Kind.Column) => Shape.Scalar,
            (Kind.Row, _) => Shape.Row(B.Columns),
            (_, Kind.Column) => Shape.Column(A.Rows),
            _ => Shape.Matrix(A.Rows, B.Columns),
        };
    }

    /// <inheritdoc/>
    public override Term Define(Definition d)
    {
        var (A, B) = (d.ShapeOf(0), d.ShapeOf(1));
        if (A.IsScalar || B.IsScalar) return d.Multiply(d[0], d[1]);
        return d.Einsum((A.Kind, B.Kind) switch
        {
            (Kind.Column, Kind.Row) => "i,k->ik",
            (Kind.Row, Kind.Column) => "j,j->",
            (Kind.Row, _) => "j,jk->k",
            (_, Kind.Column) => "ij,j->i",
            (Kind.Column, _) => "i,jk->ik",
            (_, Kind.Row) => "ij,k->ik",
            _ => "ij,jk->ik",
        }, d[0], d[1]);
    }

    /// <inheritdoc/>
    public override Value Evaluate(Arguments a) => a[0].IsScalar || a[1].IsScalar
        ? a.ElementByElement((x, y) => x * y, (x, y) => x * y)
        : Product(a, a[0], a[1]);

    private static Value Product(Arguments a, Value A, Value B)
    {
        a.CheckSize(A.Rows, B.Columns);
        var kind = (A.Kind, B.Kind) switch { (Kind.Row, Kind.Column) => Kind.Scalar, (Kind.Row, _) => Kind.Row, (_, Kind.Column) => Kind.Column, _ => Kind.Matrix };
        if (!a.AreComplex) return Value.Of(kind, NDArray.MatMul(a.Matrix(0), a.Matrix(1)));
        return Value.OfComplex(kind, A.Rows, B.Columns, (i, j) =>
        {
            a.Work.Check();
            var sum = Complex.Zero;
            for (int k = 0; k < A.Columns; k++) sum += A[i, k] * B[k, j];
            return sum;
        });
    }

    private static string TwoVectors(ShapeRule rule)
    {
        bool columns = rule[0].Kind == Kind.Column;
        return $"Two {(columns ? "columns" : "rows")} have no matrix product, but {rule.Describe(0)} and {rule.Describe(1)}: {rule.Offer(columns, Infix.Multiply, !columns)} is the dot product, "
            + $"{rule.Offer(!columns, Infix.Multiply, columns)} the outer product, {rule.Offer(false, Infix.Hadamard, false)} the product element by element.";
    }

    private static string Mismatch(ShapeRule rule)
    {
        var (A, B) = (rule[0], rule[1]);
        var offers = new List<string>();
        if (Fits(A.Transposed, B)) offers.Add(rule.Offer(true, Infix.Multiply, false));
        if (Fits(A, B.Transposed)) offers.Add(rule.Offer(false, Infix.Multiply, true));
        string fits = offers.Count == 0 ? "" : $"; {string.Join(" and ", offers)} would fit";
        return $"The inner dimensions of a product must be equal, but {rule.Describe(0)} and {rule.Describe(1)}: {A.Columns} is not {B.Rows}{fits}.";
    }

    private static bool Fits(Shape A, Shape B) => A.Columns == B.Rows && (A.Kind == Kind.Matrix || B.Kind == Kind.Matrix);
}
