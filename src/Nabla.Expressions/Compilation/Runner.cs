using System.Numerics;

namespace Nabla.Expressions.Compilation;

/// <summary>A step over the memory of one workspace. Running it allocates nothing.</summary>
/// <typeparam name="T">The type of the entries.</typeparam>
/// <param name="workspace">The workspace.</param>
internal abstract unsafe class Runner<T>(Workspace<T> workspace)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Below this many entries the threads are not worth their start.</summary>
    protected const long ParallelEntries = 1 << 16;

    /// <summary>The workspace.</summary>
    protected Workspace<T> Workspace => workspace;

    /// <summary>Does the step.</summary>
    public abstract void Run();

    /// <summary>The address of a place in a storage.</summary>
    protected T* At(Storage storage, long offset) => workspace.Addresses[storage.Slot] + offset;

    /// <summary>The address of the first entry of a view.</summary>
    protected T* At(View view) => At(view.Storage, view.Offset);
}
