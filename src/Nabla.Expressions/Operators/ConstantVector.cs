using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Operators;

/// <summary>A column whose entries are all the same, of a size that the surroundings determine.</summary>
/// <remarks>d vector(c) = dc in every entry.</remarks>
internal sealed class ConstantVector : Operator
{
    /// <inheritdoc/>
    public override string Name => "vector";

    /// <inheritdoc/>
    public override string Summary => "A column whose entries are all c, of the size that the surroundings need.";

    /// <inheritdoc/>
    public override string Example => "vector(1) + [1 2; 3 4][:,1]";

    /// <inheritdoc/>
    public override Shape Infer(ShapeRule rule) => rule[0].IsScalar
        ? Shape.Column(rule.Fresh())
        : throw rule.Error($"{Name} takes a scalar, but {rule.Describe(0)}.");

    /// <inheritdoc/>
    public override Term Define(Definition d) => d.Multiply(d[0], d.Ones(d.Shape));

    /// <inheritdoc/>
    public override Value Evaluate(Arguments a)
    {
        var (rows, columns) = a.Sizes();
        double c = a.Real(0).Real[0];
        return Value.Of(a.Shape.Kind, rows, columns, (_, _) => c);
    }
}
