namespace Nabla.Expressions.Compilation;

/// <summary>A tensor within a storage: transposes, slices, diagonals and broadcasts are views.</summary>
/// <param name="Storage">The storage.</param>
/// <param name="Offset">The place of the first entry.</param>
/// <param name="Sizes">The size of every axis.</param>
/// <param name="Strides">The distance, in entries, between neighbours along every axis; 0 along an axis on which nothing depends.</param>
internal sealed record View(Storage Storage, long Offset, int[] Sizes, long[] Strides)
{
    /// <summary>The number of entries.</summary>
    public long Count { get; } = Product(Sizes);

    /// <summary>Whether the entries lie one after the other in row-major order.</summary>
    public bool IsContiguous
    {
        get
        {
            long step = 1;
            for (int axis = Sizes.Length - 1; axis >= 0; step *= Sizes[axis--])
                if (Sizes[axis] != 1 && Strides[axis] != step) return false;
            return true;
        }
    }

    /// <summary>A row-major view of a whole storage.</summary>
    public static View Whole(Storage storage, int[] sizes) => new(storage, 0, sizes, RowMajor(sizes));

    /// <summary>What tells it from other views: blocks of one storage may begin at the same place and differ in their sizes only.</summary>
    public string Key => $"s{Storage.Slot}+{Offset}:{string.Join(',', Strides)}:{string.Join(',', Sizes)}";

    /// <summary>The product of sizes.</summary>
    public static long Product(ReadOnlySpan<int> sizes)
    {
        long product = 1;
        foreach (int size in sizes) product *= size;
        return product;
    }

    /// <summary>The distances of a row-major tensor.</summary>
    public static long[] RowMajor(int[] sizes)
    {
        long[] strides = new long[sizes.Length];
        long step = 1;
        for (int axis = sizes.Length - 1; axis >= 0; step *= sizes[axis--]) strides[axis] = step;
        return strides;
    }

    /// <summary>The distance along a label that may stand at several axes: a diagonal.</summary>
    public long StrideOf(int[] labels, int label)
    {
        long stride = 0;
        for (int axis = 0; axis < labels.Length; axis++)
            if (labels[axis] == label) stride += Strides[axis];
        return stride;
    }

    /// <summary>Whether two views are the same place read in the same way.</summary>
    public bool IsSameAs(View other) => ReferenceEquals(Storage, other.Storage) && Offset == other.Offset && Sizes.AsSpan().SequenceEqual(other.Sizes) && Strides.AsSpan().SequenceEqual(other.Strides);
}
