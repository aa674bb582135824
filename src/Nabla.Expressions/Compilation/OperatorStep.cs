using Nabla.Expressions.Operators;

namespace Nabla.Expressions.Compilation;

/// <summary>A function of the trailing axes by its reference kernel: eigenvalues, determinants, products.</summary>
/// <param name="function">The function.</param>
/// <param name="argument">The argument, contiguous.</param>
/// <param name="batch">How many leading axes are treated one by one.</param>
/// <param name="target">The value, contiguous.</param>
/// <param name="isDivisor">Whether a derivative divides by it.</param>
internal sealed class OperatorStep(TensorOperator function, View argument, int batch, View target, bool isDivisor) : Step
{
    /// <summary>The function.</summary>
    public TensorOperator Function => function;

    /// <summary>The argument.</summary>
    public View Argument => argument;

    /// <summary>The value.</summary>
    public View Target => target;

    /// <summary>The sizes of the axes that the function acts on.</summary>
    public int[] Operated => argument.Sizes[batch..];

    /// <summary>Whether it is a part of derivatives only.</summary>
    public bool IsDivisor => isDivisor;

    /// <inheritdoc/>
    public override IEnumerable<Storage> Inputs => [argument.Storage];

    /// <inheritdoc/>
    public override IEnumerable<Storage> Outputs => [target.Storage];

    /// <inheritdoc/>
    public override double Operations => 10.0 * argument.Count * (Operated.Length == 2 ? Operated[0] : 1);

    /// <inheritdoc/>
    public override double Traffic => argument.Count + target.Count;

    /// <inheritdoc/>
    public override string Description => $"{function.Name} of {Text(Operated)}{(batch > 0 ? $", {Text(argument.Sizes[..batch])} times" : "")}";

    /// <inheritdoc/>
    public override Runner<T> Bind<T>(Workspace<T> workspace) => new OperatorRunner<T>(workspace, this);
}
