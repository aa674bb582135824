namespace Nabla.Expressions.Operators;

/// <summary>The smallest entry: what <c>min(X)</c> of one argument stands for.</summary>
internal sealed class SmallestEntry : ExtremeEntry
{
    /// <inheritdoc/>
    public override string Name => "min";

    /// <inheritdoc/>
    public override string Summary => "The smallest entry.";

    /// <inheritdoc/>
    public override string Example => "min([1 2; 3 4])";

    /// <inheritdoc/>
    protected override bool IsLargest => false;
}
