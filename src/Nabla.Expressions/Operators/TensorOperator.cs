using Nabla.Expressions.Core;
using Nabla.Expressions.Evaluation;
using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Operators;

/// <summary>A function of a whole tensor that has a derivative rule of its own.</summary>
internal abstract class TensorOperator : Operator
{
    /// <summary>The axes of the value, given the operated axes of the argument.</summary>
    public abstract IReadOnlyList<Dimension> ResultAxes(IReadOnlyList<Dimension> operated);

    /// <summary>
    /// The derivative dy/dx as a tensor, in terms of the argument and the value: batch axes, the axes of y, the operated axes of x.
    /// Written with <see cref="Tensors.Einsum"/>, where <c>...</c> stands for the batch axes: <c>-t.Einsum("...ik,...lj->...ijkl", y, y)</c>.
    /// </summary>
    public abstract Node Jacobian(Tensors t, Node x, Node y, int operated);

    /// <summary>Whether f(A') = f(A)', as for the inverse.</summary>
    public virtual bool KeepsSymmetry => false;

    /// <summary>Whether f(A') = f(A), as for the determinant.</summary>
    public virtual bool IgnoresTransposition => false;

    /// <summary>What is known of the value's sign, given that of the argument.</summary>
    public virtual Sign SignOf(Sign x) => Sign.Unknown;

    /// <summary>Rewrites the function of a given tensor to something simpler; null where no rule fits.</summary>
    public virtual Node? Simplify(Tensors t, Node x, int operated) => null;

    /// <inheritdoc/>
    public override Term Define(Definition d) => d.Apply(this, d[0], d.ShapeOf(0).Axes.Count);

    /// <summary>The entries of the value, row by row, for one argument: a column where the function acts on one axis, else a matrix.</summary>
    public virtual double[] EvaluateEntries(Arguments a) => Evaluate(a).Real.ToArray();

    /// <summary>Why there is no derivative where the function has a value; null where there is one. It is asked where the rule of the derivative divides by the value.</summary>
    public virtual string? NoDerivativeAt(ReadOnlySpan<double> value) => null;

    /// <summary>Labels of the operated axes, for specifications.</summary>
    protected static string Axes(int operated) => "ij"[..operated];

    /// <summary>Labels of the operated axes of the argument, where those of the value have the others.</summary>
    protected static string OtherAxes(int operated) => "kl"[..operated];
}
