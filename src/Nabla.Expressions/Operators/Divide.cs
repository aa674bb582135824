using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;

namespace Nabla.Expressions.Operators;

/// <summary>The quotient by a scalar.</summary>
/// <remarks>d(x/c) = dx/c - x dc/c².</remarks>
internal sealed class Divide : Operator
{
    /// <inheritdoc/>
    public override string Name => "divide";

    /// <inheritdoc/>
    public override string? Symbol => "/";

    /// <inheritdoc/>
    public override (int Least, int Most) Arity => (2, 2);

    /// <inheritdoc/>
    public override string Summary => "The quotient; the divisor is a scalar.";

    /// <inheritdoc/>
    public override string Example => "[1 2; 3 4]/2";

    /// <inheritdoc/>
    public override Shape Infer(ShapeRule rule) => rule[1].IsScalar
        ? rule[0]
        : throw rule.Error($"The divisor of / must be a scalar, but {rule.Describe(1)}. ./ divides element by element, as in {rule.Offer(false, Infix.ElementwiseDivide, false)}; \\ solves a system, as in A \\ b.");

    /// <inheritdoc/>
    public override Term Define(Definition d) => d.Product(d[0], 1, d[1], -1);

    /// <inheritdoc/>
    public override Value Evaluate(Arguments a) => a.ElementByElement((x, y) => x / y, (x, y) => x / y);
}
