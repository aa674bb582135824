using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Operators;

/// <summary>A function with several values, which stands alone in a binding of as many names: <c>Q, R = qr(A)</c>.</summary>
internal abstract class ValuesOperator : NumericOperator
{
    /// <summary>The values' usual names, in their order.</summary>
    public abstract IReadOnlyList<string> ValueNames { get; }

    /// <summary>The shapes of the values; unifies dimensions as it goes.</summary>
    /// <exception cref="NablaException">The shapes do not fit.</exception>
    public abstract IReadOnlyList<Shape> InferAll(ShapeRule rule);

    /// <summary>The values.</summary>
    public abstract IReadOnlyList<Value> EvaluateAll(Arguments a);

    /// <inheritdoc/>
    public sealed override Shape Infer(ShapeRule rule) =>
        throw rule.Error($"{Name} has {ValueNames.Count} values and must be bound to as many names: {string.Join(", ", ValueNames)} = {Name}(...).", ErrorCode.Kind);

    /// <inheritdoc/>
    public sealed override Value Evaluate(Arguments a) => throw a.Error(ErrorCode.Kind, $"{Name} has {ValueNames.Count} values.");
}
