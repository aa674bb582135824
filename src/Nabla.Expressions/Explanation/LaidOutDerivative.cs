using Nabla.Expressions.Notation;

namespace Nabla.Expressions;

/// <summary>The same derivative in one of the layouts that books use.</summary>
/// <param name="Name">The layout: numerator, mixed, denominator.</param>
/// <param name="Text">The derivative, in terms of the quantities of the derivation.</param>
/// <param name="Shape">Its shape in this layout.</param>
/// <param name="Reason">What rows and columns belong to.</param>
public sealed record LaidOutDerivative(string Name, string Text, IReadOnlyList<Dimension> Shape, string Reason);
