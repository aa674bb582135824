using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Numerics;

namespace Nabla.Expressions.Operators;

/// <summary>X⁻¹ of an invertible matrix; 1/c of a scalar.</summary>
/// <remarks>d X⁻¹ = -X⁻¹ dX X⁻¹. Magnus and Neudecker (2019), section 8.3.</remarks>
internal sealed class Inverse : TensorOperator
{
    /// <inheritdoc/>
    public override string Name => "inv";

    /// <inheritdoc/>
    public override string Summary => "The inverse of a square matrix.";

    /// <inheritdoc/>
    public override string Example => "inv([1 2; 3 4])";

    /// <inheritdoc/>
    public override Shape Infer(ShapeRule rule)
    {
        var n = rule.Square(0, Name);
        return rule[0].IsScalar ? Shape.Scalar : Shape.Matrix(n, n);
    }

    /// <inheritdoc/>
    public override Term Define(Definition d) => d.ShapeOf(0).IsScalar ? d.Power(d[0], -1) : base.Define(d);

    /// <inheritdoc/>
    public override bool KeepsSymmetry => true;

    /// <inheritdoc/>
    public override IReadOnlyList<Dimension> ResultAxes(IReadOnlyList<Dimension> operated) => operated;

    /// <inheritdoc/>
    public override string? Differential => "-inv(X)*dX*inv(X)";

    /// <inheritdoc/>
    public override Node Jacobian(Tensors t, Node x, Node y, int operated) => t.Scale(-1, t.Einsum("...ik,...lj->...ijkl", y, y));

    /// <inheritdoc/>
    public override IReadOnlyList<Rule> Rules =>
    [
        new("inverse-of-inverse", "inv(inv(A))", "A", "A in R^(n x n)"),
        new("inverse-of-multiple", "inv(2*c*A)", "inv(A)/(2*c)", "A in R^(n x n)", "c in R"),
        new("inverse-of-product", "inv(A*B)", "inv(B)*inv(A)", "A in R^(n x n)", "B in R^(n x n)"),
        new("inverse-of-diagonal", "inv(diag(x))", "diag(1./x)", "x in R^n"),
        new("inverse-of-orthogonal", "inv(Q)", "Q'", "Q in R^(n x n) orthogonal"),
    ];

    /// <inheritdoc/>
    public override Node? Simplify(Tensors t, Node x, int operated)
    {
        if (x is ApplyNode { Function: Inverse } inverse) return inverse.Argument;
        if (x is AddNode { IsZero: true }) throw new NablaException(ErrorCode.Singular, "The matrix to be inverted is zero, whatever the values.");
        if (x is AddNode { Terms: [(var c, var A)] }) return t.Scale(1 / c, t.Apply(this, A, operated));
        if (x is SymbolNode { Order: 2 } Q && Q.Properties.HasFlag(Properties.Orthogonal)) return t.Einsum("ij->ji", x);
        if (Patterns.Diagonal(t, x) is { } diagonal) return t.Einsum("i->ii", t.Power(diagonal, -1));
        return x is ContractNode { Order: 2 } product ? OfProduct(t, product) : null;
    }

    // Only square factors have inverses; the product is invertible where each of them is.
    private Node? OfProduct(Tensors t, ContractNode product)
    {
        if (product.HasDelta || !product.Factors.Any(f => f.Operand.Order == 2)) return null;
        var at = new HashSet<int> { product.Result[0] };
        int here = product.Result[0];
        var open = product.Factors.Where(f => f.Operand.Order == 2).ToList();
        if (open.Count == product.Factors.Count && open.Count == 1) return null;
        while (open.Count > 0)
        {
            int next = open.FindIndex(f => f.Labels.Contains(here));
            if (next < 0) return null;
            var (a, b) = (open[next].Labels[0], open[next].Labels[1]);
            if (!open[next].IsPlain || product.Sizes[a] != product.Sizes[b] || !at.Add(here = a == here ? b : a)) return null;
            open.RemoveAt(next);
        }
        if (here != product.Result[1] || product.Factors.Any(f => f.Operand.Order > 2 || !f.Labels.All(at.Contains)) || at.Count != product.Sizes.Count) return null;
        var c = new Contraction(t);
        int[] labels = [.. product.Sizes.Select(c.Label)];
        foreach (var f in product.Factors)
        {
            if (f.Operand.Order == 2) c.Multiply(t.Apply(this, f.Operand, 2), labels[f.Labels[1]], labels[f.Labels[0]]);
            else c.Multiply(f.Operand, Array.ConvertAll(f.Labels, l => labels[l]), -f.Exponent);
        }
        return c.Build(labels[product.Result[1]], labels[product.Result[0]]);
    }

    /// <inheritdoc/>
    public override Value Evaluate(Arguments a) => Value.Of(a[0].Kind, LinearAlgebra.Inverse(a.Matrix(0)));
}
