namespace Nabla.Expressions.Operators;

/// <summary>The largest entry: what <c>max(X)</c> of one argument stands for.</summary>
internal sealed class LargestEntry : ExtremeEntry
{
    /// <inheritdoc/>
    public override string Name => "max";

    /// <inheritdoc/>
    public override string Summary => "The largest entry.";

    /// <inheritdoc/>
    public override string Example => "max([1 2; 3 4])";

    /// <inheritdoc/>
    protected override bool IsLargest => true;
}
