using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Operators;

/// <summary>A power of a scalar, or an integer power of a square matrix.</summary>
/// <remarks>d Xᵖ = Σ Xᵏ dX Xᵖ⁻¹⁻ᵏ over k from 0 to p - 1, by the product rule.</remarks>
internal sealed class Power : Operator
{
    /// <inheritdoc/>
    public override string Name => "power";

    /// <inheritdoc/>
    public override string? Symbol => "^";

    /// <inheritdoc/>
    public override (int Least, int Most) Arity => (2, 2);

    /// <inheritdoc/>
    public override string Summary => "The power of a scalar, or of a square matrix with an integer exponent.";

    /// <inheritdoc/>
    public override string Example => "[1 2; 3 4]^2";

    private const int MostFactors = 256;

    /// <inheritdoc/>
    public override Shape Infer(ShapeRule rule)
    {
        var (X, p) = (rule[0], rule[1]);
        if (!p.IsScalar) throw rule.Error($"The exponent of ^ must be a scalar, but {rule.Describe(1)}; .^ takes powers element by element.");
        if (X.IsScalar) return X;
        if (X.Kind != Kind.Matrix) throw rule.Error($"^ takes a scalar or a square matrix, but {rule.Describe(0)}; .^ takes the power of every entry.");
        rule.Equate(X.Rows, X.Columns, () => $"^ takes a scalar or a square matrix, but {rule.Describe(0)}; .^ takes the power of every entry.");
        return rule.Literal(1) is { IsInteger: true }
            ? X
            : throw rule.Error($"The exponent of a matrix power must be an integer, but it is {rule.Literal(1)?.ToString() ?? rule.Text(1)}; .^ takes powers element by element.", ErrorCode.Kind);
    }

    /// <inheritdoc/>
    public override Term Define(Definition d)
    {
        if (d.ShapeOf(0).IsScalar) return OperatorTable.Get<ElementwisePower>().Define(d);
        var p = d.Literal(1)!.Value;
        if (p.IsZero) return d.Identity(d.Shape.Rows);
        int count = Factors(p);
        var X = p.Sign < 0 ? d.Apply(OperatorTable.Get<Inverse>(), d[0], 2) : d[0];
        var power = X;
        for (int k = 1; k < count; k++) power = d.Einsum("ij,jk->ik", power, X);
        return power;
    }

    /// <inheritdoc/>
    public override Value Evaluate(Arguments a)
    {
        if (a[0].IsScalar) return a.ElementByElement(OperatorTable.Get<ElementwisePower>());
        double p = a.Real(1).Real[0];
        if (p != Math.Floor(p) || Math.Abs(p) > int.MaxValue) throw a.Error(ErrorCode.Kind, $"The exponent of a matrix power must be an integer, but it is {p}.");
        return Value.Of(Kind.Matrix, MatrixFunctions.Power(a.Matrix(0), (int)p));
    }

    private static int Factors(Coefficient exponent) => Math.Abs(exponent.ToDouble()) is var count && count <= MostFactors
        ? (int)count
        : throw new NablaException(ErrorCode.Limit, $"A matrix power is differentiated up to the exponent {MostFactors}, but it is {exponent}.");
}
