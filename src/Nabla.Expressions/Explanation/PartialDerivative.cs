using Nabla.Expressions.Notation;

namespace Nabla.Expressions;

/// <summary>A partial derivative of one quantity by another, as a factor of the chain rule.</summary>
/// <param name="Of">The quantity.</param>
/// <param name="By">What it is differentiated by.</param>
/// <param name="Shape">The shape: rows belong to the quantity, columns to what it is differentiated by.</param>
public sealed record PartialDerivative(string Of, string By, IReadOnlyList<Dimension> Shape);
