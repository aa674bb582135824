using Nabla.Expressions.Notation;

namespace Nabla.Expressions.Core;

/// <summary>A tensor of the core: interned by <see cref="Tensors"/>, so that equal expressions are one object.</summary>
internal abstract class Node(Dimension[] axes)
{
    /// <summary>Number in the order of creation within its store; operands come before what is made of them.</summary>
    public int Id { get; internal set; } = -1;

    /// <summary>Where in the program stands what this tensor was first made for: an operator, or the one whose derivative it is part of.</summary>
    public Place? Place { get; internal set; }

    /// <summary>The sizes of the axes.</summary>
    public IReadOnlyList<Dimension> Axes => axes;

    /// <summary>The number of axes.</summary>
    public int Order => axes.Length;

    /// <summary>What is known of the sign of every entry; found once, by <see cref="Signs"/>.</summary>
    internal Sign? KnownSign { get; set; }

    /// <summary>The transpose of a tensor of two axes, found once, by <see cref="Orientation"/>.</summary>
    internal Node? Transposed { get; set; }

    /// <summary>The operands, each once per use.</summary>
    public virtual IEnumerable<Node> Operands => [];

    /// <summary>This tensor and all that it is made of, operands first.</summary>
    public IReadOnlyList<Node> WithOperands()
    {
        var seen = new HashSet<Node>(ReferenceEqualityComparer.Instance);
        var pending = new Stack<Node>([this]);
        while (pending.TryPop(out var n))
            if (seen.Add(n)) foreach (var o in n.Operands) pending.Push(o);
        var sorted = seen.ToList();
        sorted.Sort((a, b) => a.Id.CompareTo(b.Id));
        return sorted;
    }

    /// <summary>A hash of the structure; operands count by number.</summary>
    public abstract int StructureHash { get; }

    /// <summary>Whether another node has the same structure over the same operands.</summary>
    public abstract bool IsSameStructure(Node other);

    /// <summary>Whether two lists of dimensions are proven equal.</summary>
    protected static bool SameAxes(IReadOnlyList<Dimension> a, IReadOnlyList<Dimension> b)
    {
        if (a.Count != b.Count) return false;
        for (int i = 0; i < a.Count; i++) if (a[i] != b[i]) return false;
        return true;
    }
}
