using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Core;

/// <summary>A variable, a named constant or the size of a dimension.</summary>
/// <param name="name">The name; a size is written <c>#n</c>.</param>
/// <param name="axes">Its axes.</param>
/// <param name="properties">What is known of it.</param>
internal sealed class SymbolNode(string name, Dimension[] axes, Properties properties) : Node(axes)
{
    /// <summary>The name.</summary>
    public string Name { get; } = name;

    /// <summary>What is known of it.</summary>
    public Properties Properties { get; } = properties;

    /// <summary>The dimension whose size the symbol stands for, if it does.</summary>
    public Dimension? SizeOf { get; init; }

    /// <inheritdoc/>
    public override int StructureHash => HashCode.Combine(1, Name);

    /// <inheritdoc/>
    public override bool IsSameStructure(Node other) => other is SymbolNode s && s.Name == Name && s.Properties == Properties && SameAxes(Axes, s.Axes);
}
