namespace Nabla.Expressions.Compilation;

/// <summary>How a tape walks over a storage: the distances along its own axes.</summary>
/// <param name="Storage">The storage.</param>
/// <param name="Offset">The place of the first entry.</param>
/// <param name="Strides">The distance along each axis of the tape.</param>
internal sealed record Read(Storage Storage, long Offset, long[] Strides)
{
    /// <summary>Whether a place does not move.</summary>
    public bool IsScalar { get; } = Array.TrueForAll(Strides, s => s == 0);

    /// <summary>Whether the entries lie one after the other over all of the axes.</summary>
    public bool IsFlat(int[] sizes)
    {
        long step = 1;
        for (int axis = sizes.Length - 1; axis >= 0; step *= sizes[axis--])
            if (sizes[axis] != 1 && Strides[axis] != step) return false;
        return true;
    }
}
