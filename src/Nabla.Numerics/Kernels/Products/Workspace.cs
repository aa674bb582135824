using System.Runtime.InteropServices;

namespace Nabla.Numerics;

/// <summary>Aligned memory that a thread keeps for its packed blocks.</summary>
internal sealed unsafe class Workspace
{
    [ThreadStatic]
    private static Workspace? forA;

    [ThreadStatic]
    private static Workspace? forB;

    private void* memory;
    private nuint size;

    ~Workspace()
    {
        NativeMemory.AlignedFree(memory);
    }

    internal static Workspace A => forA ??= new Workspace();

    internal static Workspace B => forB ??= new Workspace();

    internal void* Ensure(long bytes)
    {
        if ((nuint)bytes <= size) return memory;
        NativeMemory.AlignedFree(memory);
        memory = null;
        size = 0;
        memory = NativeMemory.AlignedAlloc((nuint)bytes, 64);
        LargePages.Ask(memory, (nuint)bytes);
        size = (nuint)bytes;
        return memory;
    }
}
