namespace Nabla.Expressions.Compilation;

/// <summary>softmax or log-sum-exp of every row.</summary>
/// <param name="argument">The rows, contiguous.</param>
/// <param name="target">The values, contiguous.</param>
/// <param name="rows">The number of rows.</param>
/// <param name="length">The length of a row.</param>
/// <param name="isSoftmax">softmax, or else log-sum-exp.</param>
internal sealed class RowFunctionStep(View argument, View target, int rows, int length, bool isSoftmax) : Step
{
    /// <summary>The rows.</summary>
    public View Argument => argument;

    /// <summary>The values.</summary>
    public View Target => target;

    /// <summary>The number of rows.</summary>
    public int Rows => rows;

    /// <summary>The length of a row.</summary>
    public int Length => length;

    /// <summary>softmax, or else log-sum-exp.</summary>
    public bool IsSoftmax => isSoftmax;

    /// <inheritdoc/>
    public override IEnumerable<Storage> Inputs => [argument.Storage];

    /// <inheritdoc/>
    public override IEnumerable<Storage> Outputs => [target.Storage];

    /// <inheritdoc/>
    public override double Operations => 22.0 * rows * length;

    /// <inheritdoc/>
    public override double Traffic => argument.Count + target.Count;

    /// <inheritdoc/>
    public override string Description => $"{(isSoftmax ? "softmax" : "log-sum-exp")} of {rows} rows of {length}";

    /// <inheritdoc/>
    public override Runner<T> Bind<T>(Workspace<T> workspace) => new RowFunctionRunner<T>(workspace, this);
}
