namespace Nabla.Expressions.Compilation;

/// <summary>Refuses values that are not finite: where the function or its derivative has no value, no number is given for it.</summary>
/// <param name="view">The values, contiguous.</param>
/// <param name="name">What they are: a result; null for the function.</param>
internal sealed class FinitenessStep(View view, string? name) : Step
{
    /// <summary>The values.</summary>
    public View View => view;

    /// <summary>What they are: a result; null for the function.</summary>
    public string? Name => name;

    /// <inheritdoc/>
    public override IEnumerable<Storage> Inputs => [view.Storage];

    /// <inheritdoc/>
    public override IEnumerable<Storage> Outputs => [];

    /// <inheritdoc/>
    public override double Operations => view.Count;

    /// <inheritdoc/>
    public override double Traffic => view.Count;

    /// <inheritdoc/>
    public override string Description => $"check that {(name is null ? "the function" : $"{name}, {Text(view.Sizes)},")} is finite";

    /// <inheritdoc/>
    public override Runner<T> Bind<T>(Workspace<T> workspace) => new FinitenessRunner<T>(workspace, this);
}
