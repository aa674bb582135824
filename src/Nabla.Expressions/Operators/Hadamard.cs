using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Operators;

/// <summary>The product element by element; a scalar is broadcast.</summary>
/// <remarks>d(x ⊙ y) = dx ⊙ y + x ⊙ dy.</remarks>
internal sealed class Hadamard : Operator
{
    /// <inheritdoc/>
    public override string Name => "hadamard";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["⊙"];

    /// <inheritdoc/>
    public override string? Symbol => ".*";

    /// <inheritdoc/>
    public override (int Least, int Most) Arity => (2, 2);

    /// <inheritdoc/>
    public override string Summary => "The product element by element; a scalar is broadcast.";

    /// <inheritdoc/>
    public override string Example => "[1 2; 3 4].*[5 6; 7 8]";

    /// <inheritdoc/>
    public override Shape Infer(ShapeRule rule) => rule.Broadcast(".*");

    /// <inheritdoc/>
    public override Term Define(Definition d) => d.Multiply(d[0], d[1]);

    /// <inheritdoc/>
    public override Value Evaluate(Arguments a) => a.ElementByElement((x, y) => x * y, (x, y) => x * y);
}
