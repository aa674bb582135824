namespace Nabla.Expressions.Compilation;

/// <summary>Looks whether sums of squares, of which roots are taken, left the range of the type: the root may lie within it, so that the run is left to the reference evaluation.</summary>
/// <param name="view">The sums, contiguous.</param>
/// <param name="power">The power that is taken, of which the size counts.</param>
internal sealed class RangeStep(View view, double power) : Step
{
    /// <summary>The sums.</summary>
    public View View => view;

    /// <summary>The size of the power that is taken.</summary>
    public double Power => Math.Abs(power);

    /// <inheritdoc/>
    public override IEnumerable<Storage> Inputs => [view.Storage];

    /// <inheritdoc/>
    public override IEnumerable<Storage> Outputs => [];

    /// <inheritdoc/>
    public override double Operations => view.Count;

    /// <inheritdoc/>
    public override double Traffic => view.Count;

    /// <inheritdoc/>
    public override string Description => $"check that squares under a root, {Text(view.Sizes)}, are in range";

    /// <inheritdoc/>
    public override Runner<T> Bind<T>(Workspace<T> workspace) => new RangeRunner<T>(workspace, this);
}
