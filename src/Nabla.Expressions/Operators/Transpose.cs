using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Operators;

/// <summary>The transpose; a column becomes a row.</summary>
/// <remarks>d X' = dX'.</remarks>
internal sealed class Transpose : Operator
{
    /// <inheritdoc/>
    public override string Name => "transpose";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["ᵀ"];

    /// <inheritdoc/>
    public override string? Symbol => "'";

    /// <inheritdoc/>
    public override string Summary => "The transpose; a column becomes a row.";

    /// <inheritdoc/>
    public override string Example => "[1 2; 3 4]'";

    /// <inheritdoc/>
    public override Shape Infer(ShapeRule rule) => rule[0].Transposed;

    /// <inheritdoc/>
    public override Term Define(Definition d) => d.ShapeOf(0).Kind == Kind.Matrix ? d.Einsum("ij->ji", d[0]) : d[0];

    /// <inheritdoc/>
    public override Value Evaluate(Arguments a) => a[0].Transpose();
}
