using Nabla.Expressions.Core;

namespace Nabla.Expressions.Compilation;

/// <summary>One factor of a product on its way into steps: a tensor of the core, or a value that is there already.</summary>
/// <param name="Node">The tensor, or null.</param>
/// <param name="View">The value, or null.</param>
/// <param name="Labels">The labels of its axes.</param>
/// <param name="Exponent">The power that its entries are raised to.</param>
internal sealed record Leaf(Node? Node, View? View, int[] Labels, Coefficient Exponent);
