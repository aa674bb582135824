using System.Numerics;
using Nabla.Expressions.Notation;

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

    /// <summary>The refusal of values of which one is not finite.</summary>
    /// <param name="x">The values.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="name">The result; null for the function.</param>
    internal static NablaException NotFinite(T* x, long count, string? name)
    {
        long at = 0;
        while (at < count - 1 && T.IsFinite(x[at])) at++;
        return new(ErrorCode.Domain, name is null
            ? $"The function is not defined at the given values: its value is {x[at]}."
            : $"The derivative is not defined at the given values: entry {at + 1} of {count} of {name} is {x[at]}.");
    }

    /// <summary>The address of a place in a storage.</summary>
    protected T* At(Storage storage, long offset) => workspace.Addresses[storage.Slot] + offset;

    /// <summary>The address of the first entry of a view.</summary>
    protected T* At(View view) => At(view.Storage, view.Offset);
}
