using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Operators;

/// <summary>The square root of every entry: the power 1/2.</summary>
/// <remarks>d √x = dx / (2 √x). The entries must not be negative.</remarks>
internal sealed class Sqrt : Operator
{
    /// <inheritdoc/>
    public override string Name => "sqrt";

    /// <inheritdoc/>
    public override string Summary => "The square root of every entry.";

    /// <inheritdoc/>
    public override string Example => "sqrt([1 2; 3 4])";

    /// <inheritdoc/>
    public override Shape Infer(ShapeRule rule) => rule[0];

    /// <inheritdoc/>
    public override Term Define(Definition d) => d.Power(d[0], Coefficient.Rational(1, 2));

    /// <inheritdoc/>
    public override Value Evaluate(Arguments a)
    {
        var x = a.Real(0);
        return Value.Of(x.Kind, x.Rows, x.Columns, (i, j) => Math.Sqrt(x.Real[i * x.Columns + j]));
    }
}
