namespace Nabla.Numerics;

/// <summary>The bounds that a file must keep; its claims are compared with them before memory is taken.</summary>
public sealed record FileLimits
{
    /// <summary>The bounds where a caller gives none.</summary>
    public static FileLimits Default { get; } = new();

    /// <summary>The most entries: of an array, of all members of an archive together, or those that a sparse matrix stores. At first 2^28, which take 2 GiB.</summary>
    public long Entries { get; init; } = 1L << 28;

    /// <summary>The most axes of an array. At first 64, as many as NumPy has.</summary>
    public int Axes { get; init; } = 64;

    /// <summary>The least size of an axis. At first 0: arrays may be empty.</summary>
    public int LeastSize { get; init; }

    /// <summary>The most entries that fit into one .NET array too.</summary>
    internal long MostEntries => Math.Min(Entries, Array.MaxLength - 1);
}
