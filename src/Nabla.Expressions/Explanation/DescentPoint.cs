namespace Nabla.Expressions;

/// <summary>A point of gradient descent.</summary>
/// <param name="Entries">Its one or two entries.</param>
/// <param name="Value">The value of the function there.</param>
public sealed record DescentPoint(IReadOnlyList<double> Entries, double Value);
