using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Operators;

/// <summary>The quotient element by element; a scalar is broadcast.</summary>
/// <remarks>d(x ./ y) = dx ./ y - x ./ y² dy.</remarks>
internal sealed class ElementwiseDivide : Operator
{
    /// <inheritdoc/>
    public override string Name => "elementwise-divide";

    /// <inheritdoc/>
    public override string? Symbol => "./";

    /// <inheritdoc/>
    public override (int Least, int Most) Arity => (2, 2);

    /// <inheritdoc/>
    public override string Summary => "The quotient element by element; a scalar is broadcast.";

    /// <inheritdoc/>
    public override string Example => "[1 2; 3 4]./[5 6; 7 8]";

    /// <inheritdoc/>
    public override Shape Infer(ShapeRule rule) => rule.Broadcast("./");

    /// <inheritdoc/>
    public override Term Define(Definition d) => d.Product(d[0], 1, d[1], -1);

    /// <inheritdoc/>
    public override Value Evaluate(Arguments a) => a.ElementByElement((x, y) => x / y, (x, y) => x / y);
}
