namespace Nabla.Expressions.Notation.Syntax;

/// <summary>A declaration: <c>S in R^(n x n) symmetric</c>.</summary>
/// <param name="Name">The declared name.</param>
/// <param name="Shape">Its shape; dimension names are <see cref="Dimension.Named"/>.</param>
/// <param name="Properties">Its properties.</param>
/// <param name="Place">Where the name stands.</param>
public sealed record Declaration(string Name, Shape Shape, Properties Properties, Place Place);
