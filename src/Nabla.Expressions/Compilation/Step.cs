namespace Nabla.Expressions.Compilation;

/// <summary>One operation of a plan: what it reads and writes, what it costs, and how it runs.</summary>
internal abstract class Step
{
    /// <summary>The storages that are read.</summary>
    public abstract IEnumerable<Storage> Inputs { get; }

    /// <summary>The storages that are written.</summary>
    public abstract IEnumerable<Storage> Outputs { get; }

    /// <summary>The arithmetic operations; a multiplication with an addition counts as two.</summary>
    public abstract double Operations { get; }

    /// <summary>The entries that are read and written.</summary>
    public abstract double Traffic { get; }

    /// <summary>The entries that its runner keeps for itself, beside the memory of the plan.</summary>
    public virtual long HeldEntries<T>()
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> => 0;

    /// <summary>The entries into which operands are packed while it runs; that memory is the threads', and all steps use the same.</summary>
    public virtual long PackedEntries<T>()
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> => 0;

    /// <summary>What it does, in words.</summary>
    public abstract string Description { get; }

    /// <summary>The step over the memory of a workspace.</summary>
    public abstract Runner<T> Bind<T>(Workspace<T> workspace)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>;

    /// <summary>Sizes as text: <c>3 x 4</c>.</summary>
    protected static string Text(IEnumerable<int> sizes) => string.Join(" x ", sizes) is { Length: > 0 } text ? text : "scalar";
}
