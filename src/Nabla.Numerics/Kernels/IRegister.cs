namespace Nabla.Numerics;

/// <summary>Entries side by side in one register: the arithmetic in which a kernel is written once for all widths.</summary>
/// <remarks>For kernels that load and store entries of either type; the elementary functions, in double only, have <see cref="ILanes{TSelf}"/>.</remarks>
/// <typeparam name="TSelf">The type itself.</typeparam>
/// <typeparam name="T">The type of the entries.</typeparam>
internal unsafe interface IRegister<TSelf, T>
    where TSelf : struct, IRegister<TSelf, T>
    where T : unmanaged
{
    /// <summary>The number of entries.</summary>
    static abstract int Count { get; }

    static abstract TSelf operator +(TSelf a, TSelf b);

    static abstract TSelf operator *(TSelf a, TSelf b);

    /// <summary>The same number everywhere.</summary>
    static abstract TSelf Of(T value);

    static abstract TSelf Load(T* source);

    /// <summary>All bits in the last entries, none in those before.</summary>
    static abstract TSelf Last(int count);

    /// <summary>The bits that both have.</summary>
    static abstract TSelf operator &(TSelf a, TSelf b);

    /// <summary>a b + c.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    static abstract T Sum(TSelf a);

    void Store(T* target);
}
