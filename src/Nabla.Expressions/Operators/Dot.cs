using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;
using Nabla.Expressions.Notation.Syntax;

namespace Nabla.Expressions.Operators;

/// <summary>The dot product of two vectors, x'y.</summary>
/// <remarks>d x'y = y' dx + x' dy.</remarks>
internal sealed class Dot : Operator
{
    /// <inheritdoc/>
    public override string Name => "dot";

    /// <inheritdoc/>
    public override (int Least, int Most) Arity => (2, 2);

    /// <inheritdoc/>
    public override string Summary => "The dot product of two vectors, x'*y.";

    /// <inheritdoc/>
    public override string Example => "dot(ones(3), ones(3))";

    /// <inheritdoc/>
    public override Shape Infer(ShapeRule rule)
    {
        string Message() => $"{Name} takes two vectors of equal length, but {rule.Describe(0)} and {rule.Describe(1)}.";
        for (int i = 0; i < 2; i++)
            if (rule[i].Kind is Kind.Scalar or Kind.Matrix)
                throw rule.Error(Message() + (rule[0].Kind == Kind.Matrix && rule[1].Kind == Kind.Matrix ? $" For matrices there is tr({rule.Offer(true, Infix.Multiply, false)})." : ""));
        rule.Equate(rule[0].Axes[0], rule[1].Axes[0], Message);
        return Shape.Scalar;
    }

    /// <inheritdoc/>
    public override Term Define(Definition d) => d.Einsum("i,i->", d[0], d[1]);

    /// <inheritdoc/>
    public override Value Evaluate(Arguments a)
    {
        var (x, y) = (a.Real(0), a.Real(1));
        double sum = 0;
        for (int i = 0; i < x.Count; i++) sum += x.Real[i] * y.Real[i];
        return Value.Scalar(sum);
    }
}
