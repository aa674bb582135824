using Nabla.Expressions.Core;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Operators;

/// <summary>A function that is there for its values only: it has neither definition nor derivative rule.</summary>
internal abstract class NumericOperator : Operator
{
    /// <inheritdoc/>
    public sealed override Term Define(Definition d) =>
        throw new NablaException(ErrorCode.Unsupported, $"{Name} has no derivative rule: it is there for values only.");
}
