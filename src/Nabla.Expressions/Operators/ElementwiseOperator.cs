using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Operators;

/// <summary>A scalar function that is applied element by element.</summary>
internal abstract class ElementwiseOperator : Operator
{
    /// <summary>The value for numbers, NaN outside the domain.</summary>
    public abstract double Evaluate(ReadOnlySpan<double> x);

    /// <summary>The partial derivatives by each argument, in the notation; the arguments are <c>x</c> (and <c>y</c>), the value is <c>f</c>.</summary>
    public abstract IReadOnlyList<string> Derivatives { get; }

    /// <summary>1 for an even function of one argument, -1 for an odd one, 0 otherwise.</summary>
    public virtual int Parity => 0;

    /// <summary>Whether the function has a kink, and for which arguments it stands at it.</summary>
    public virtual bool IsKink(ReadOnlySpan<double> x) => false;

    /// <summary>What is known of the value's sign, given that of the arguments.</summary>
    public virtual Sign SignOf(ReadOnlySpan<Sign> x) => Sign.Unknown;

    /// <summary>Rewrites the function of given tensors to something simpler; null where no rule fits.</summary>
    public virtual Node? Simplify(Tensors t, ReadOnlySpan<Node> x) => null;

    /// <inheritdoc/>
    public override Shape Infer(ShapeRule rule) => rule.Arguments.Count == 1 ? rule[0] : rule.Broadcast(Symbol ?? Name);

    /// <inheritdoc/>
    public override Term Define(Definition d) => d.Count == 1 ? d.Map(this, d[0]) : d.Map(this, d[0], d[1]);

    /// <inheritdoc/>
    public override Value Evaluate(Arguments a) => a.ElementByElement(this);
}
