namespace Nabla.Expressions.Compilation;

/// <summary>Where a contraction goes: a view with a label for each axis, no label twice.</summary>
/// <param name="View">The view.</param>
/// <param name="Labels">The labels of its axes.</param>
/// <param name="Factor">The factor of what is stored.</param>
/// <param name="Adds">Whether it is added to what the view holds.</param>
internal sealed record Destination(View View, int[] Labels, double Factor, bool Adds);
