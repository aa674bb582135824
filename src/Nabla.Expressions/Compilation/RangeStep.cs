namespace Nabla.Expressions.Compilation;

/// <summary>Looks whether sums of products, of which roots, logarithms or inverses are taken, left the range of the type: these may lie within it, so that the run is left to the reference evaluation.</summary>
/// <param name="view">The sums, contiguous.</param>
/// <param name="power">The power that is taken, of which the size counts.</param>
/// <param name="counts">Where the sums are those of squares, steps that count what is squared and not zero: where all counts are zero, so is the sum. Null where it is not known.</param>
internal sealed class RangeStep(View view, double power, IReadOnlyList<ReductionStep>? counts) : Step
{
    /// <summary>The sums.</summary>
    public View View => view;

    /// <summary>The size of the power that is taken.</summary>
    public double Power => Math.Abs(power);

    /// <summary>Steps that tell a sum that is zero from one that underflowed; null where that is not known.</summary>
    public IReadOnlyList<ReductionStep>? Counts => counts;

    /// <inheritdoc/>
    public override IEnumerable<Storage> Inputs => [view.Storage, .. (counts ?? []).SelectMany(c => c.Inputs)];

    /// <inheritdoc/>
    public override IEnumerable<Storage> Outputs => (counts ?? []).SelectMany(c => c.Outputs);

    /// <inheritdoc/>
    public override double Operations => view.Count;

    /// <inheritdoc/>
    public override double Traffic => view.Count;

    /// <inheritdoc/>
    public override string Description => $"check that sums of products, {Text(view.Sizes)}, are in range";

    /// <inheritdoc/>
    public override Runner<T> Bind<T>(Workspace<T> workspace) => new RangeRunner<T>(workspace, this);
}
