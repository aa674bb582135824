namespace Nabla.Expressions.Compilation;

/// <summary>A piece of memory of a plan: an input, a constant, a result or an intermediate value.</summary>
/// <param name="kind">Whose memory it is.</param>
/// <param name="count">The number of entries.</param>
internal sealed class Storage(StorageKind kind, long count)
{
    /// <summary>Whose memory it is.</summary>
    public StorageKind Kind => kind;

    /// <summary>The number of entries.</summary>
    public long Count => count;

    /// <summary>Its place in the table of addresses.</summary>
    public int Slot { get; set; } = -1;

    /// <summary>Its place in the arena, in entries; for results and intermediate values.</summary>
    public long Place { get; set; } = -1;

    /// <summary>The first step that writes it.</summary>
    public int First { get; set; } = int.MaxValue;

    /// <summary>The last step that uses it.</summary>
    public int Last { get; set; } = -1;

    /// <summary>The numbers of a constant.</summary>
    public double[]? Numbers { get; init; }

    /// <summary>The name of an input or a result.</summary>
    public string Name { get; init; } = "";
}
